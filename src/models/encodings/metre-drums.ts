import { drums, fourFour, type Steps, stepsPerMeasure } from '../../music/index.ts'
import { addBrief, briefInputs } from './drummer.ts'
import { addHits } from './drums.ts'
import type { ModelEvent, SequenceEncoding } from './encoding.ts'
import { oneHotDrums } from './magenta-drums.ts'
import { addMeasurePlace, placeInputs } from './measure-place.ts'

const plain = oneHotDrums(0)

/** How far back the hits are shown, in steps. */
const stepsBack = [2, 3, 4, 6, 8, 12]

/** The same place in earlier measures, and the places around it: measures back, and steps on from there. */
const measuresBack = [
  [1, -1],
  [1, 0],
  [1, 1],
  [1, 2],
  [2, 0],
  [2, 1],
  [4, 0],
] as const

/** How far the bass is shown, from the step to come. */
const bassBack = 4
const bassAhead = 8

/** The longest phrase whose end is told. */
const phraseMeasures = 8

const beforeAt = plain.inputs
const measuresAt = beforeAt + drums.length * stepsBack.length
const placeAt = measuresAt + drums.length * measuresBack.length
const bassAt = placeAt + placeInputs
const onsetsAt = bassAt + 1
const briefAt = onsetsAt + bassBack + 1 + bassAhead
const phraseAt = briefAt + briefInputs
const fillAt = phraseAt + phraseMeasures

/** In a fixed groove, a snare is where the bass begins a note. */
const isOnset = (event: ModelEvent | undefined) => ((event ?? 0) >> drums.indexOf('snare')) & 1

/**
 * The encoding of our own `drums` (`training/ENCODINGS.md`): the tokens of DrumsRNN and, besides the last one, the hits some
 * steps and measures before, the place in the measure, the bass of the fixed groove that is answered, and what the drummer
 * is asked for.
 */
export const metreDrums: SequenceEncoding = {
  ...plain,
  name: 'metre-drums',
  metre: true,
  inputs: fillAt + 2,
  encode(row, events, step, { metre = fourFour, firstPlace = 0, answer, brief } = {}) {
    const next = step + 1
    const perMeasure = stepsPerMeasure(metre)
    const addPast = (offset: number, lags: readonly Steps[]) => {
      for (const [index, lag] of lags.entries()) {
        if (lag > 0) addHits(row, offset + drums.length * index, events[next - lag] ?? 0)
      }
    }
    row.clear()
    if (step >= 0) row.add(events[step] as ModelEvent)
    addPast(beforeAt, stepsBack)
    addPast(
      measuresAt,
      measuresBack.map(([measures, ahead]) => measures * perMeasure - ahead),
    )
    addMeasurePlace(row, placeAt, metre, firstPlace + next)
    if (answer && next >= answer.from) {
      const at = next - answer.from
      const { length } = answer.to
      row.add(bassAt)
      for (let index = 0; index <= bassBack + bassAhead; index++) {
        const from = at + index - bassBack
        if (from >= 0 && isOnset(answer.to[from % length])) row.add(onsetsAt + index)
      }
    }
    if (!brief) return
    addBrief(row, briefAt, metre, brief)
    const measure = Math.floor((firstPlace + next) / perMeasure)
    const left = brief.phrase?.[measure]
    if (left !== undefined) row.add(phraseAt + Math.min(left, phraseMeasures - 1))
    const isFill = brief.fills?.[measure]
    if (isFill !== undefined) row.add(fillAt + Number(isFill))
  },
}
