import { CheckpointError, continueSequence, type Model, melodyNotes, melodyPrimer } from '../models/index.ts'
import { clampVelocity, type Metre, type Note, stepsPerMeasure } from '../music/index.ts'

/** A call, and how it is to be answered. */
export type CallRequest = {
  /** At least one note; the beats are counted from the start of a measure. */
  readonly call: readonly Note[]
  readonly metre: Metre
  /** How many notes the answer has at most. */
  readonly notes: number
  /** How wild; unless given, what the model is made for. */
  readonly temperature?: number
  readonly seed: number
}

/** What a model sang in answer to a call. */
export type MelodyAnswer = {
  /**
   * The model's own melody with its own rhythm, which classic call and response throws away. The beats are counted as
   * the call's, from where that ended; each velocity is the mean of the call's.
   */
  readonly melody: readonly Note[]
}

/** What was longer ago tells a model little, and with some encodings each step costs as much as there was before it. */
const longestPrimer = 256

/** A model that lingers on a note, or has fallen silent, is not waited for any longer. */
const longestAnswer = 640

/**
 * A melody model's answer to a call (Castro 2019): it hears the call, from its first note on, and sings on until it has
 * as many notes as it may. Of a long call it hears the last 16 measures or so.
 *
 * Runs as far as it is pulled, a step each time, and yields how far it is. The answer may have fewer notes, or none.
 *
 * @throws CheckpointError with a sentence for the user when the model sings no melodies.
 * @throws RangeError when the call is empty.
 */
export function* answerCall(
  model: Model,
  { call, metre, notes, temperature = model.temperature, seed }: CallRequest,
): Generator<readonly [done: number, of: number], MelodyAnswer> {
  const { name, encoding } = model
  if (encoding.kind !== 'melody' || !encoding.range) {
    throw new CheckpointError(`${name} plays no melodies: choose a melody model.`)
  }
  if (call.length === 0) throw new RangeError('A call has at least one note.')
  const { events: primer, firstStep } = melodyPrimer(call, encoding.range, longestPrimer)
  const { events } = yield* continueSequence(model, {
    primer,
    steps: longestAnswer,
    notes,
    metre,
    firstPlace: firstStep % stepsPerMeasure(metre),
    sampling: { temperature },
    seed,
  })
  return { melody: melodyNotes(events, firstStep + primer.length, meanVelocity(call)) }
}

function meanVelocity(notes: readonly Note[]): number {
  return clampVelocity(notes.reduce((sum, { velocity }) => sum + velocity, 0) / notes.length)
}
