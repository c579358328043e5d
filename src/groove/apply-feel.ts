import {
  CheckpointError,
  type DrummerBrief,
  encodeFeel,
  InputRow,
  type Model,
  type Touch,
  touchOf,
} from '../models/index.ts'
import { clampVelocity, drums, mod } from '../music/index.ts'
import { type Groove, grooveEvents } from './groove.ts'
import { tripletMetre } from './triplet-metre.ts'

/** The share of a step by which a hit is moved at most. */
const latest = 1 / 2

/** In triplets the performer's swing says where a stroke is: the feel moves it by at most this much, which nobody hears. */
const latestSwungMs = 9

/**
 * A groove as a drummer would touch it: how hard each hit is struck, and how early or late the hits of a step are. The
 * groove is a loop, so the model hears it twice, and the second round counts. As a whole it is neither early nor late: when the
 * drums play is the performer's to say.
 *
 * @param brief the tempo that it will be played at, and the style and intensity that were asked for: touch depends on them.
 * @param amount from 0, the groove as it is, to 1, the touch as the model expects it.
 * @throws CheckpointError with a sentence for the user when the model has no feel.
 */
export function applyFeel(
  { name, encoding, engine }: Model,
  groove: Groove,
  { bpm, style, intensity }: DrummerBrief,
  amount: number,
): Groove {
  if (encoding.kind !== 'feel') throw new CheckpointError(`${name} has no feel to give: choose a model of feel.`)
  const { hits, stepsPerBeat = 4 } = groove
  const metre = stepsPerBeat === 6 ? tripletMetre(groove.metre) : groove.metre
  const brief: DrummerBrief = {
    bpm: (bpm * stepsPerBeat) / 4,
    ...(style && { style }),
    ...(intensity !== undefined && { intensity }),
  }
  const round = grooveEvents(groove)
  const events = [...round, ...round, ...round] // the third is what the end of the second looks ahead to
  const row = new InputRow(encoding.inputs)
  const secondRound: Float32Array[] = []
  engine.start()
  for (let step = 0; step < 2 * round.length; step++) {
    encodeFeel(row, events, step, metre, brief)
    engine.feed(row)
    if (step >= round.length) secondRound.push(engine.logits.slice())
  }
  const touches = hits.map(({ step, drum }) =>
    touchOf(secondRound[mod(step, secondRound.length)] as Float32Array, drums.indexOf(drum)),
  )
  const drag = touches.reduce((sum, { offset }) => sum + offset, 0) / Math.max(1, touches.length)
  const stepMs = 60_000 / (bpm * stepsPerBeat)
  const most = stepsPerBeat === 6 ? Math.min(latest, latestSwungMs / stepMs) : latest
  return {
    ...groove,
    hits: hits.map((hit, index) => {
      const { velocity, offset } = touches[index] as Touch
      return {
        ...hit,
        velocity: clampVelocity(hit.velocity + amount * (127 * velocity - hit.velocity)),
        offsetMs: hit.offsetMs + amount * stepMs * Math.min(most, Math.max(-most, offset - drag)),
      }
    }),
  }
}
