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
import { type Leaning, lean } from './logit-bias.ts'

/**
 * What has sounded of a line, as a value: whoever keeps an older one can go back to it. What the model makes of its last
 * pitch is only computed when somebody asks.
 */
export class LineMemory {
  readonly sounded: SoloMemory
  #mark: Mark | null
  #unheard: { readonly before: LineMemory; readonly press: KeyPress } | null

  constructor(sounded: SoloMemory, mark: Mark | null, unheard: { before: LineMemory; press: KeyPress } | null = null) {
    this.sounded = sounded
    this.#mark = mark
    this.#unheard = unheard
  }

  /** What an engine remembers of it. @param hear feeds the engine with the last press, after what was before. */
  mark(hear: (before: LineMemory, press: KeyPress) => Mark): Mark {
    if (this.#unheard) this.#mark = hear(this.#unheard.before, this.#unheard.press)
    this.#unheard = null
    return this.#mark as Mark
  }
}

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
  const goTo = (memory: LineMemory) => {
    const mark = memory.mark((before, press) => {
      feed(before, press)
      return newMark()
    })
    if (at !== mark) engine.rewind(mark)
    at = mark
  }
  const newMark = () => {
    at = engine.mark()
    return at
  }
  /** Brings the engine to a key press: then its logits say which pitch may follow. */
  const feed = (memory: LineMemory, press: KeyPress) => {
    goTo(memory)
    at = null
    encodeSolo(row, memory.sounded, press)
    engine.feed(row)
  }
  const soundedWith = ({ sounded }: LineMemory, press: KeyPress, pitch: MidiPitch) => {
    const next = sounded.copy()
    next.sounded(press, pitch)
    return next
  }
  engine.start()
  return {
    temperature,
    silence: new LineMemory(new SoloMemory(), engine.mark()),
    hear(memory, press, pitch) {
      // Not further back than one: whoever hears much and asks nothing would have to catch up with all of it.
      goTo(memory)
      const sounded = soundedWith(memory, press, pitch)
      if (memory.sounded.pitches.length === 0) return new LineMemory(sounded, newMark())
      return new LineMemory(sounded, null, { before: memory, press })
    },
    answer(memory, press, choice) {
      const last = memory.sounded.pitches[0]
      if (last === undefined) return null
      feed(memory, press)
      lean(bias, last, press.chord, choice)
      const token = sample(engine.logits, { temperature: choice.temperature, bias }, choice.random)
      const pitch = foldPitch(soloPitch(memory.sounded, token), choice.range)
      return { pitch, memory: new LineMemory(soundedWith(memory, press, pitch), newMark()) }
    },
    prepare(memory) {
      goTo(memory)
      engine.prepare()
    },
  }
}
