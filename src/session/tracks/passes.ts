import { type Beats, measureBeats } from '../../music/index.ts'
import type { CoreState, Form, Stretch } from '../core/index.ts'
import { measureStart } from '../transport/index.ts'
import type { Loop } from './material.ts'

/** Where the pass of a loop begins that a beat is in. */
export function passStart(form: Form, { phase, measures }: Pick<Loop, 'phase' | 'measures'>, beat: Beats): Beats {
  const start = measureStart(form, phase)
  const length = measures * measureBeats(form.metre)
  return start + Math.floor((beat - start) / length) * length
}

/** Where the passes of a loop begin that have places in a stretch. */
export function* passes(
  form: Form,
  { phase, measures }: Pick<Loop, 'phase' | 'measures'>,
  near: Stretch<CoreState>,
): Generator<Beats> {
  const start = measureStart(form, phase)
  const length = measures * measureBeats(form.metre)
  for (let pass = Math.floor((near.from - start) / length); start + pass * length < near.to; pass++) {
    yield start + pass * length
  }
}

/** Whether a place of a loop is in a stretch, and after the loop begins. */
export function isIn({ from, to }: Stretch<CoreState>, begins: Beats, place: Beats): boolean {
  return place >= begins && place >= from && place < to
}
