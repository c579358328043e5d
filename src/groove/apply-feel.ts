import { CheckpointError, encodeFeel, InputRow, type Model, touchOf } from '../models/index.ts'
import { clampVelocity, drums, mod } from '../music/index.ts'
import { type Groove, grooveEvents } from './groove.ts'

/** No hit is moved further than to half way to the next step. */
const latest = 1 / 2

/**
 * A groove as a drummer would touch it: how hard each hit is struck, and how early or late. The groove is a loop, so
 * the model hears it twice, and the second round counts.
 *
 * @param bpm the tempo that it will be played at: touch depends on it.
 * @param amount from 0, the groove as it is, to 1, the touch as the model expects it.
 * @throws CheckpointError with a sentence for the user when the model has no feel.
 */
export function applyFeel({ name, encoding, engine }: Model, groove: Groove, bpm: number, amount: number): Groove {
  if (encoding.kind !== 'feel') throw new CheckpointError(`${name} has no feel to give: choose a model of feel.`)
  const { metre, hits } = groove
  const round = grooveEvents(groove)
  const events = [...round, ...round, ...round] // the third is what the end of the second looks ahead to
  const row = new InputRow(encoding.inputs)
  const secondRound: Float32Array[] = []
  engine.start()
  for (let step = 0; step < 2 * round.length; step++) {
    encodeFeel(row, events, step, metre, bpm)
    engine.feed(row)
    if (step >= round.length) secondRound.push(engine.logits.slice())
  }
  const stepMs = 15_000 / bpm
  return {
    ...groove,
    hits: hits.map((hit) => {
      const { velocity, offset } = touchOf(
        secondRound[mod(hit.step, secondRound.length)] as Float32Array,
        drums.indexOf(hit.drum),
      )
      return {
        ...hit,
        velocity: clampVelocity(hit.velocity + amount * (127 * velocity - hit.velocity)),
        offsetMs: hit.offsetMs + amount * stepMs * Math.min(latest, Math.max(-latest, offset)),
      }
    }),
  }
}
