import {
  addKeyPress,
  beatsSince,
  CheckpointError,
  chancesOf,
  createSampler,
  encodeSounded,
  foldPitch,
  InputRow,
  type KeyPress,
  type Mark,
  type Model,
  noSoloMemory,
  type Random,
  type SoloMemory,
  soloPitch,
  withPitch,
} from '../models/index.ts'
import type { MidiPitch } from '../music/index.ts'
import { type BiasOptions, biases, type LogitBias } from './biases/index.ts'
import {
  createRecall,
  keptChord,
  noPast,
  type Past,
  type PastNote,
  type Recollection,
  withNote,
} from './memory/index.ts'
import { notePitchKinds } from './pitch-kinds.ts'
import { courseAfter, createPocket, type PocketCourse, type PocketOptions, turnedAt } from './pocket.ts'

/**
 * What a soloist remembers of a line: plain data, which nothing changes, so that one can go back to an older one. Equal
 * memories have equal answers.
 */
export type LineMemory = {
  /** What has sounded, as far as the encoding needs it. */
  readonly sounded: SoloMemory
  /** The network's state, after all key presses but a pending one. */
  readonly state: Mark
  /** The last key press, where the network has not been fed it, and what had sounded before it. */
  readonly pending: { readonly sounded: SoloMemory; readonly press: KeyPress } | null
  /** What has sounded, as far as memories count it. */
  readonly past: Past
  /** How the pocket dial fares; null where it is at 0, or nobody is known. */
  readonly course: PocketCourse | null
}

/** How a pitch is to be chosen: what the biases go by, how wild, and by which chance. */
export type Choice = BiasOptions &
  PocketOptions & {
    /** 0 takes the likeliest pitch, 1 is as the model learnt it; higher is wilder. */
    readonly temperature: number
    readonly random: Random
  }

/**
 * Chooses pitches at the moment a key goes down: pure functions, each of which costs one LSTM step at most, a fraction
 * of a millisecond.
 */
export type Soloist = {
  /** The sampling temperature that the model is made for. */
  readonly temperature: number
  /** The memory before anything has sounded. */
  readonly silence: LineMemory
  /** The memory once a key press has sounded a pitch that somebody else chose. */
  hear(memory: LineMemory, press: KeyPress, pitch: MidiPitch): LineMemory
  /** Chooses a pitch, and remembers it; null before the first pitch, which is the performer's own. */
  answer(memory: LineMemory, press: KeyPress, choice: Choice): { pitch: MidiPitch; memory: LineMemory } | null
  /** Computes ahead, while no key goes down, what the next answer needs: it is the same answer, and comes sooner. */
  prepare(memory: LineMemory): void
  /** From here on nobody is known, until what somebody has played is learnt. */
  forgetPerformer(): void
  /** The performer has played this, too, the oldest first: later notes of what is known, or somebody's first ones. */
  learn(played: readonly PastNote[]): void
}

/**
 * A soloist that plays by a model. The model's engine is the soloist's own from here on: nobody else may feed it.
 *
 * @param list what leads its choice besides the model.
 * @throws CheckpointError with a sentence for the user when the model does not answer key presses.
 */
export function createSoloist(
  { name, encoding, engine, temperature }: Model,
  list: readonly LogitBias<BiasOptions>[] = biases,
): Soloist {
  if (encoding.kind !== 'solo') throw new CheckpointError(`${name} answers no key presses: choose a solo model.`)
  const row = new InputRow(engine.inputs)
  const sample = createSampler(engine.classes)
  const bias = new Float64Array(engine.classes)
  const own = new Float64Array(engine.classes)
  const memories = createRecall(engine.classes)
  const [pocket, kinds] = [createPocket(engine.classes), new Uint8Array(engine.classes)]

  /** The states after a pending press, once it has been fed, for as long as its memory is kept. */
  const caughtUp = new WeakMap<LineMemory, Mark>()
  /** The state that the engine is in; null where that is not known. */
  let at: Mark | null = null

  /** What the row and the engine have taken already of the key press to come. */
  let taken: SoloMemory | null = null

  const goTo = (state: Mark) => {
    if (at !== state) {
      engine.rewind(state)
      taken = null
    }
    at = state
    return state
  }
  const take = (sounded: SoloMemory) => {
    if (taken === sounded) return
    // Lines that have begun with other pitches are in the same state.
    if (taken && at) engine.rewind(at)
    encodeSounded(row, sounded)
    engine.prepare(row)
    taken = sounded
  }
  const feed = (sounded: SoloMemory, press: KeyPress) => {
    take(sounded)
    at = null
    addKeyPress(row, sounded, press)
    engine.feed(row)
    taken = null
  }
  const reached = () => {
    at = engine.mark()
    return at
  }
  /** Brings the engine to where a line is, and returns that state. */
  const follow = (memory: LineMemory): Mark => {
    const { state, pending } = memory
    if (!pending) return goTo(state)
    const known = caughtUp.get(memory)
    if (known) return goTo(known)
    goTo(state)
    feed(pending.sounded, pending.press)
    const next = reached()
    caughtUp.set(memory, next)
    return next
  }
  /** What the memories say of a key press, once the engine has been fed it; they are asked once. */
  const recallOf = (memory: LineMemory, press: KeyPress, isGuest = false) => {
    let recollection: Recollection | null = null
    return () => {
      if (recollection) return recollection
      chancesOf(engine.logits, own)
      recollection = memories.ask(memory.past, press.chord && keptChord(press.chord), own, isGuest)
      return recollection
    }
  }
  engine.start()
  const silence: LineMemory = { sounded: noSoloMemory, state: reached(), pending: null, past: noPast, course: null }
  return {
    temperature,
    silence,
    hear(memory, press, pitch) {
      // The press before is fed now: with more than one pending, the next answer would have to wait for all of them.
      const state = follow(memory)
      const { sounded, course } = memory
      const pending = sounded.pitches.length === 0 ? null : { sounded, press }
      const past = pastAfter(memory, press, pitch)
      return { sounded: withPitch(sounded, press, pitch), state, pending, past, course }
    },
    answer(memory, press, choice) {
      const { sounded } = memory
      const [last] = sounded.pitches
      if (last === undefined) return null
      follow(memory)
      feed(sounded, press)
      bias.fill(0)
      const context = { last, sounded, press, recall: recallOf(memory, press, choice.guest) }
      for (const add of list) add(bias, context, choice)
      const turned = turnedAt(choice, sounded.phraseNotes)
      const performer = turned === 0 ? null : context.recall().performer
      const dial = { pocket: turned, temperature: choice.temperature }
      if (performer) notePitchKinds(kinds, last, press.chord)
      const lean = performer && pocket.lean(bias, engine.logits, performer, kinds, dial, memory.course)
      const token = sample(engine.logits, { temperature: choice.temperature, bias }, choice.random)
      const pitch = foldPitch(soloPitch(sounded, token), choice.range)
      const course = lean && courseAfter(memory.course, lean, token)
      const past = pastAfter(memory, press, pitch)
      const next = { sounded: withPitch(sounded, press, pitch), state: reached(), pending: null, past, course }
      return { pitch, memory: next }
    },
    prepare(memory) {
      follow(memory)
      if (memory.sounded.pitches.length > 0) take(memory.sounded)
      memories.prepare(memory.past)
    },
    forgetPerformer: memories.forgetPerformer,
    learn: memories.learn,
  }
}

/** What has sounded, once a key press has sounded a pitch. */
function pastAfter({ sounded, past }: LineMemory, press: KeyPress, pitch: MidiPitch): Past {
  const { pressedSeconds: before } = sounded
  const since = before === null ? null : beatsSince(before, press)
  return withNote(past, { pitch, since, chord: press.chord && keptChord(press.chord) })
}
