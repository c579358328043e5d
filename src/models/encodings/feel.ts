import { drums, type Metre, type Steps, stepsPerMeasure } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'
import { addBrief, briefInputs, type DrummerBrief } from './drummer.ts'
import { addHits } from './drums.ts'
import type { ModelEvent, NotewiseEncoding } from './encoding.ts'
import { addMeasurePlace, placeInputs } from './measure-place.ts'

/** How many steps before and after its own a row shows. */
const reach = 8

const measuresAt = drums.length * (2 * reach + 1)
const placeAt = measuresAt + 2 * drums.length
const briefAt = placeAt + placeInputs

/** Outputs: a velocity and its spread for each drum, then the step's offset and its spread. */
const offsetAt = 2 * drums.length

/** The encoding of our own `feel` (`training/ENCODINGS.md`): the hits around a step in, how each is struck out. */
export const feelEncoding: NotewiseEncoding = {
  name: 'feel',
  kind: 'feel',
  job: 'says how hard and how early or late the hits of a groove are struck',
  inputs: briefAt + briefInputs,
  classes: offsetAt + 2,
}

/**
 * Fills a row with the hits around a step.
 *
 * @param events a whole groove; steps before and after it have no hits.
 * @param step counted from the groove's start.
 * @param brief what the drummer is asked for: tempo, style and intensity tell.
 */
export function encodeFeel(
  row: InputRow,
  events: readonly ModelEvent[],
  step: Steps,
  metre: Metre,
  brief: DrummerBrief,
): void {
  const perMeasure = stepsPerMeasure(metre)
  row.clear()
  for (let index = 0; index <= 2 * reach; index++) {
    addHits(row, drums.length * index, events[step - reach + index] ?? 0)
  }
  addHits(row, measuresAt, events[step - perMeasure] ?? 0)
  addHits(row, measuresAt + drums.length, events[step + perMeasure] ?? 0)
  addMeasurePlace(row, placeAt, metre, step)
  addBrief(row, briefAt, metre, brief)
}

/** How a hit is struck. */
export type Touch = {
  /** From 0 to 1, where 1 is MIDI's 127. */
  readonly velocity: number
  /** How late, in steps; negative is early. All strokes of a step have the same. */
  readonly offset: Steps
}

/**
 * How `feel` would strike a drum at the step that it was last fed: the centres of the two distributions that it answers
 * with.
 *
 * @param drum its index in `drums`.
 */
export function touchOf(logits: Float32Array, drum: number): Touch {
  return { velocity: logits[drum] as number, offset: logits[offsetAt] as number }
}
