import { fourFour } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'
import type { ModelEvent, PitchRange, SequenceEncoding } from './encoding.ts'
import { addMeasurePlace, placeInputs } from './measure-place.ts'
import { oneHotMelody } from './melody.ts'

/** What a note's weight in the memory falls by with each later one, and the weight that is as good as none. */
const memoryDecay = 0.9
const faintest = 1e-7

/**
 * The encoding of our own `melody` (`training/ENCODINGS.md`): the events of MelodyRNN and, beside the last one, the
 * place in the measure and the pitches so far.
 */
export function metreMelody(range: PitchRange): SequenceEncoding {
  const plain = oneHotMelody(range, 'metre-melody')
  const memoryAt = plain.classes + placeInputs
  return {
    ...plain,
    metre: true,
    inputs: memoryAt + range[1] - range[0] + 1,
    encode(row, events, step, { metre = fourFour, firstPlace = 0 } = {}) {
      row.clear()
      if (step >= 0) row.add(plain.label(events, step))
      addMeasurePlace(row, plain.classes, metre, firstPlace + step + 1)
      addPitchMemory(row, memoryAt - range[0], events, step)
    },
  }
}

/** Adds a weight for each pitch that has begun: 1 for the last one, a tenth less for each that began after it. */
function addPitchMemory(row: InputRow, offset: number, events: readonly ModelEvent[], step: number): void {
  const seen = new Set<ModelEvent>()
  for (let at = step, weight = 1; at >= 0 && weight > faintest; at--) {
    const event = events[at] as ModelEvent
    if (event < 0) continue
    if (!seen.has(event)) row.add(offset + event, weight)
    seen.add(event)
    weight *= memoryDecay
  }
}
