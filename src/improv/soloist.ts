import {
  CheckpointError,
  createSampler,
  encodeSolo,
  foldPitch,
  InputRow,
  type KeyPress,
  type Mark,
  type Model,
  type Random,
  SoloMemory,
  soloPitch,
} from '../models/index.ts'
import type { MidiPitch } from '../music/index.ts'
import { type Leaning, lean } from './leaning.ts'

/** What has sounded of a line, as a value: whoever keeps an older one can go back to it. */
export type LineMemory = { readonly sounded: SoloMemory; readonly mark: Mark }

/** How a pitch is to be chosen. */
export type Choice = Leaning & { readonly temperature: number; readonly random: Random }

/**
 * Chooses pitches at the moment a key goes down: pure functions, whose one LSTM step costs a fraction of a
 * millisecond.
 */
export type Soloist = {
  /** What the model is made to be played at. */
  readonly temperature: number
  /** Before anything has sounded. */
  readonly silence: LineMemory
  /** Remembers a pitch that somebody else chose. */
  hear(memory: LineMemory, press: KeyPress, pitch: MidiPitch): LineMemory
  /** Chooses a pitch and remembers it; null before the first pitch, which is the performer's own. */
  answer(memory: LineMemory, press: KeyPress, choice: Choice): { pitch: MidiPitch; memory: LineMemory } | null
  /** Thinks ahead while no key goes down: what comes is the same, and comes sooner. */
  prepare(memory: LineMemory): void
}

/**
 * A soloist who plays by a model, whose engine is nobody else's from here on.
 *
 * @throws CheckpointError with a sentence for the user when the model is none that answers key presses.
 */
export function createSoloist({ name, encoding, engine, temperature }: Model): Soloist {
  if (encoding.kind !== 'solo') throw new CheckpointError(`${name} answers no key presses: choose a solo model.`)
  const row = new InputRow(engine.inputs)
  const sample = createSampler(engine.classes)
  const bias = new Float64Array(engine.classes)

  /** What the engine remembers now; null where that is nobody's memory. */
  let at: Mark | null = null
  const goTo = (mark: Mark) => {
    if (at !== mark) engine.rewind(mark)
    at = mark
  }
  /** Brings the engine to a key press: then its logits say which pitch may follow. */
  const feed = ({ sounded, mark }: LineMemory, press: KeyPress) => {
    goTo(mark)
    at = null
    encodeSolo(row, sounded, press)
    engine.feed(row)
  }
  const remember = ({ sounded }: LineMemory, press: KeyPress, pitch: MidiPitch): LineMemory => {
    const next = sounded.copy()
    next.sounded(press, pitch)
    at = engine.mark()
    return { sounded: next, mark: at }
  }
  engine.start()
  return {
    temperature,
    silence: { sounded: new SoloMemory(), mark: engine.mark() },
    hear(memory, press, pitch) {
      if (memory.sounded.pitches.length > 0) feed(memory, press)
      else goTo(memory.mark)
      return remember(memory, press, pitch)
    },
    answer(memory, press, choice) {
      const last = memory.sounded.pitches[0]
      if (last === undefined) return null
      feed(memory, press)
      lean(bias, last, press.chord, choice)
      const token = sample(engine.logits, { temperature: choice.temperature, bias }, choice.random)
      const pitch = foldPitch(soloPitch(memory.sounded, token), choice.range)
      return { pitch, memory: remember(memory, press, pitch) }
    },
    prepare({ mark }) {
      goTo(mark)
      engine.prepare()
    },
  }
}
