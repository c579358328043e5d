import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCheckpoint } from '../io/checkpoints/node.ts'
import { type Chord, type DrumStyle, parseMetre, stepsPerMeasure } from '../music/index.ts'
import {
  drumEvent,
  encodeFeel,
  encodePhrase,
  encodeSolo,
  type KeyPress,
  noPhraseMemory,
  noSoloMemory,
  type Onset,
  withOnset,
  withPitch,
  withTouch,
} from './encodings/index.ts'
import { InputRow } from './input-row.ts'
import { createModel, type Model, sequenceEncoding } from './model.ts'

/** What PyTorch fed our own models and what they answered; see `training/ENCODINGS.md`. */
const vectors = join(import.meta.dirname, '..', '..', 'training', 'vectors')

type Step = {
  row: [number, number][]
  logits: number[]
  token: number
  event: number
  press: RecordedPress
  sounded: number
} & PlayedOnset
/** A note of a phrase, as Python writes it. */
type PlayedOnset = {
  onset: Omit<Onset, 'beatsToNextChord'> & { beats_to_next_chord: number }
  beats: number
  loudness: number
  pitch: number
}
type Example = {
  metre: string
  style: DrumStyle | null
  intensity: number | null
  phrase: number[] | null
  fill: number[] | null
  onsets: number[] | null
  firstStep: number
  chords: RecordedChord[]
  bpm: number
  first: Pick<Step, 'press' | 'sounded'>
  steps: Step[]
}
type RecordedChord = { root: number; pitch_classes: number[]; bass: number } | null
type RecordedPress = Pick<KeyPress, 'seconds' | 'bpm' | 'place' | 'measure' | 'released'> & {
  chord: RecordedChord
  next_chord: RecordedChord
  beats_to_next_chord: number
}

/** Fills the rows of an example, one after another. */
type Rows = (example: Example, row: InputRow, model: Model) => Iterable<unknown>

const rowsOf: Record<string, Rows> = {
  *drums({ metre, bpm, style, intensity, phrase, fill, onsets, steps }, row, model) {
    const events = steps.map(({ token }) => token)
    const perMeasure = stepsPerMeasure(parseMetre(metre))
    const isFirst = (_: unknown, step: number) => step % perMeasure === 0
    const setting = {
      metre: parseMetre(metre),
      ...(onsets && { answer: { to: onsets.map((onset) => (onset ? drumEvent(['snare']) : 0)), from: 0 } }),
      brief: {
        ...briefOf({ bpm, style, intensity }),
        ...(phrase && { phrase: phrase.filter(isFirst) }),
        ...(fill && { fills: fill.filter(isFirst).map(Boolean) }),
      },
    }
    for (const index of events.keys()) yield sequenceEncoding(model).encode(row, events, index - 1, setting)
  },
  *melody({ metre, firstStep, chords, steps }, row, model) {
    const encoding = sequenceEncoding(model)
    const events = steps.map(({ event }) => event)
    const setting = { metre: parseMetre(metre), firstPlace: firstStep, chords: chords.map(chordOf) }
    for (const index of events.keys()) yield encoding.encode(row, events, index - 1, setting)
  },
  *feel({ metre, steps, ...said }, row) {
    const events = steps.map(({ token }) => token)
    for (const index of events.keys()) yield encodeFeel(row, events, index, parseMetre(metre), briefOf(said))
  },
  *solo({ first, steps }, row) {
    let memory = withPitch(noSoloMemory, pressOf(first.press), first.sounded)
    for (const { press, sounded } of steps) {
      yield encodeSolo(row, memory, pressOf(press))
      memory = withPitch(memory, pressOf(press), sounded)
    }
  },
  *phrase({ steps }, row) {
    let memory = noPhraseMemory
    for (const [index, { onset, pitch }] of steps.entries()) {
      const { beats_to_next_chord: beatsToNextChord, ...known } = onset
      const now = { ...known, beatsToNextChord }
      yield encodePhrase(row, memory, now)
      const before = steps[index - 1]
      if (before) memory = withTouch(memory, before.beats, before.loudness)
      memory = withOnset(memory, now, pitch)
    }
  },
}

function briefOf({ bpm, style, intensity }: Pick<Example, 'bpm' | 'style' | 'intensity'>) {
  return { bpm, ...(style && { style }), ...(intensity !== null && intensity !== undefined && { intensity }) }
}

describe.each(Object.entries(rowsOf))('the shipped model %s', (name, rows) => {
  const { examples }: { examples: Example[] } = JSON.parse(readFileSync(join(vectors, `${name}.json`), 'utf8'))

  it('is fed the rows that it was trained on, and answers as it did there', async () => {
    const model = createModel(await openCheckpoint(name), name)
    expect(model.notices).toEqual([])
    const row = new InputRow(model.encoding.inputs)
    for (const example of examples) {
      model.engine.start()
      let step = 0
      for (const _ of rows(example, row, model)) {
        const { row: entries, logits } = example.steps[step] as Step
        const place = `step ${step++} of ${example.metre ?? 'a solo'}`
        expectClose(dense(row), denseOf(row.length, entries), 2e-6, `row at ${place}`)
        model.engine.feed(row)
        expectClose(model.engine.logits, logits, 1e-3, `logits at ${place}`)
      }
      expect(step).toBe(example.steps.length)
    }
  })
})

function pressOf({ chord, next_chord, beats_to_next_chord, ...known }: RecordedPress): KeyPress {
  return { ...known, chord: chordOf(chord), nextChord: chordOf(next_chord), beatsToNextChord: beats_to_next_chord }
}

function chordOf(recorded: RecordedChord): Chord | null {
  if (!recorded) return null
  const { root, pitch_classes: tones, bass } = recorded
  return { symbol: '', root, bass, tones, scale: tones }
}

function dense({ length, count, indices, values }: InputRow): Float32Array {
  return denseOf(
    length,
    Array.from({ length: count }, (_, entry) => [indices[entry] as number, values[entry] as number]),
  )
}

/** Adds up what is said of a place twice, as the engine would. */
function denseOf(length: number, entries: [number, number][]): Float32Array {
  const row = new Float32Array(length)
  for (const [index, value] of entries) row[index] = (row[index] as number) + value
  return row
}

function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, within: number, what: string): void {
  expect(found.length).toBe(wanted.length)
  const far = Array.from(wanted, (value, index) => [index, found[index] as number, value] as const).filter(
    ([, value, target]) => !(Math.abs(value - target) <= within),
  )
  expect(far, what).toEqual([])
}
