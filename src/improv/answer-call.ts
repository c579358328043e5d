import { CheckpointError, continueSequence, foldPitch, type Model, melodyNotes, melodyPrimer } from '../models/index.ts'
import {
  type Chord,
  type ChordChange,
  clampVelocity,
  type Metre,
  type Note,
  nearestStep,
  type Steps,
  stepsPerMeasure,
} from '../music/index.ts'
import { nearCall } from './near-call.ts'

/** A call, and how it is to be answered. */
export type CallRequest = {
  /** At least one note; its beats are counted from the start of a measure. */
  readonly call: readonly Note[]
  readonly metre: Metre
  /** The changes of harmony in the call and after it, in rising order; the last chord lasts. */
  readonly chords?: readonly ChordChange[]
  /** The most notes that the answer may have. */
  readonly notes: number
  /** The sampling temperature; unless given, the one that the model is made for. */
  readonly temperature?: number
  /** The same seed gives the same answer. */
  readonly seed: number
}

/** A model's answer to a call. */
export type MelodyAnswer = {
  /**
   * The model's melody with its own rhythm; classic call and response uses its pitches only. Its beats are counted like
   * the call's, and it begins after the call. All its velocities are the mean of the call's.
   */
  readonly melody: readonly Note[]
}

/** In steps. What was longer ago says little to a model, and in some encodings a step costs more the more came before. */
const longestPrimer = 256

/** In steps: a model that holds a note for ever, or has fallen silent, is not waited for any longer. */
const longestAnswer = 640

/**
 * A melody model's answer to a call (Castro 2019): the model is primed with the call, from its first note on, and
 * continues until it has played as many notes as it may. Of a long call it gets the last 16 measures or so. A model that
 * takes chords gets them, too. A model that knows one key only gets the call in that key and in the middle of its range,
 * and its answer is moved back.
 *
 * A generator, as `continueSequence`: it yields how many steps are done, and how many there are at most. The answer may
 * have fewer notes, or none.
 *
 * @throws CheckpointError with a sentence for the user when the model plays no melodies.
 * @throws RangeError when the call is empty.
 */
export function* answerCall(
  model: Model,
  { call, metre, chords = [], notes, temperature = model.temperature, seed }: CallRequest,
): Generator<readonly [done: number, of: number], MelodyAnswer> {
  const { name, encoding } = model
  if (encoding.kind !== 'melody' || !encoding.range) {
    throw new CheckpointError(`${name} plays no melodies: choose a melody model.`)
  }
  if (call.length === 0) throw new RangeError('A call has at least one note.')
  const {
    events: primer,
    firstStep,
    semitones,
  } = melodyPrimer(call, { range: encoding.range, key: encoding.key ?? null }, longestPrimer)
  const harmony = chordSteps(chords, firstStep, primer.length + longestAnswer)
  const { events } = yield* continueSequence(model, {
    primer,
    steps: longestAnswer,
    notes,
    metre,
    firstPlace: firstStep % stepsPerMeasure(metre),
    chords: harmony,
    sampling: { temperature },
    // Magenta's models answer as they are.
    ...(encoding.metre && { biasAt: nearCall(encoding, primer, harmony.slice(primer.length), notes) }),
    seed,
  })
  const melody = melodyNotes(events, firstStep + primer.length, meanVelocity(call))
  return { melody: melody.map((note) => ({ ...note, pitch: foldPitch(note.pitch - semitones, allPitches) })) }
}

const allPitches = [0, 127] as const

/** The chord at each step from one on. */
function chordSteps(changes: readonly ChordChange[], firstStep: Steps, steps: Steps): (Chord | null)[] {
  if (changes.length === 0) return []
  return Array.from(
    { length: steps },
    (_, step) => changes.findLast(({ beat }) => nearestStep(beat) <= firstStep + step)?.chord ?? null,
  )
}

function meanVelocity(notes: readonly Note[]): number {
  return clampVelocity(notes.reduce((sum, { velocity }) => sum + velocity, 0) / notes.length)
}
