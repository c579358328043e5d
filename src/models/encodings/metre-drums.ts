import { drums, fourFour, stepsPerMeasure } from '../../music/index.ts'
import { addHits, oneHotDrums } from './drums.ts'
import type { ModelEvent, SequenceEncoding } from './encoding.ts'
import { addMeasurePlace, placeInputs } from './measure-place.ts'

const plain = oneHotDrums(0)

/** How far back the hits are shown, in steps and in measures. */
const stepsBack = [1, 2, 4, 8]
const measuresBack = [1, 2]

/** How many steps of the groove to answer are shown from the step to come on. */
const answerSteps = 4

const placeAt = plain.inputs
const beforeAt = placeAt + placeInputs
const answerAt = beforeAt + drums.length * (stepsBack.length + measuresBack.length)

/**
 * The encoding of our own `drums` (`training/ENCODINGS.md`): the tokens of DrumsRNN and, beside the last one, the place
 * in the measure, the hits some steps and measures before, and those of the groove that is being answered.
 */
export const metreDrums: SequenceEncoding = {
  ...plain,
  name: 'metre-drums',
  metre: true,
  inputs: answerAt + drums.length * answerSteps,
  encode(row, events, step, { metre = fourFour, firstPlace = 0, answer } = {}) {
    const next = step + 1
    const addEach = (offset: number, shown: readonly (ModelEvent | undefined)[]) => {
      for (const [index, event = 0] of shown.entries()) addHits(row, offset + drums.length * index, event)
    }
    row.clear()
    if (step >= 0) row.add(events[step] as ModelEvent)
    addMeasurePlace(row, placeAt, metre, firstPlace + next)
    const back = [...stepsBack, ...measuresBack.map((measures) => measures * stepsPerMeasure(metre))]
    addEach(
      beforeAt,
      back.map((steps) => events[next - steps]),
    )
    if (!answer || next < answer.from) return
    const at = next - answer.from
    addEach(
      answerAt,
      Array.from({ length: answerSteps }, (_, ahead) => answer.to[(at + ahead) % answer.to.length]),
    )
  },
}
