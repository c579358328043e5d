import { describe, expect, it } from 'vitest'
import { type Chord, parseChord, pitchDrum } from '../../music/index.ts'
import { InputRow } from '../input-row.ts'
import recorded from '../oracles/encodings.json' with { type: 'json' }
import { conditioned, majorMinorChords, pitchChords, triads } from './chords.ts'
import { drumEvent, eventDrums } from './drums.ts'
import type { SequenceEncoding } from './encoding.ts'
import { multiHotDrums, oneHotDrums } from './magenta-drums.ts'
import { keyMelody, lookbackMelody, magentaRange, oneHotMelody } from './melody.ts'

type Oracle = {
  inputSize: number
  classes: number
  sequences: { events: unknown[]; chords?: string[]; inputs: number[][][]; labels: number[] }[]
  decoded: { history: unknown[]; events: unknown[] }[]
}
const oracles = recorded as unknown as Record<string, Oracle>
const basic = oneHotMelody(magentaRange)

/** note-seq's thirteenth has an eleventh, which jazz leaves out. */
const spelledOtherwise: Record<string, readonly number[]> = { D13: [2, 6, 9, 0, 4, 7, 11] }

/** A pedal is not a chord here, but note-seq takes it for a root alone. */
const pedal: Chord = { symbol: 'Cped', root: 0, bass: 0, tones: [0], scale: [0] }

function chordOf(figure: string | undefined): Chord | null {
  if (figure === undefined || figure === 'N.C.') return null
  const chord = figure === 'Cped' ? pedal : parseChord(figure)
  if (!chord) throw new Error(`${figure} is not read`)
  return { ...chord, tones: spelledOtherwise[figure] ?? chord.tones }
}

function eventOf(recordedEvent: unknown): number {
  if (typeof recordedEvent === 'number') return recordedEvent
  return drumEvent((recordedEvent as number[]).flatMap((pitch) => pitchDrum(pitch) ?? []))
}

const entries = (row: InputRow) =>
  Array.from({ length: row.count }, (_, entry) => [row.indices[entry], row.values[entry]] as [number, number]).sort(
    ([a], [b]) => a - b,
  )

describe.each<[string, SequenceEncoding]>([
  ['basic', basic],
  ['mono', oneHotMelody([0, 127], 'mono')],
  ['lookback', lookbackMelody(magentaRange)],
  ['attention', keyMelody(magentaRange)],
  ['chord-pitches', conditioned(pitchChords, basic)],
  ['major-minor', conditioned(majorMinorChords, basic)],
  ['triads', conditioned(triads, basic)],
  ['drums', oneHotDrums(6)],
])('the encoding %s', (name, encoding) => {
  const { inputSize, classes, sequences, decoded } = oracles[name] as Oracle

  it('has the sizes that note-seq gives it', () => {
    expect([encoding.name, encoding.inputs, encoding.classes]).toEqual([name, inputSize, classes])
  })

  it('encodes and labels every step as note-seq does', () => {
    const row = new InputRow(encoding.inputs)
    for (const { events: raw, chords, inputs, labels } of sequences) {
      const events = raw.map(eventOf)
      const setting = { chords: [...(chords ?? []).map(chordOf), null] }
      for (const [step, input] of inputs.entries()) {
        encoding.encode(row, events, step, setting)
        expect(entries(row), `step ${step} of ${JSON.stringify(raw)}`).toEqual(input)
        expect(encoding.label(events, step)).toBe(labels[step])
      }
    }
  })

  it('decodes every class as note-seq does', () => {
    for (const { history, events } of decoded) {
      const before = history.map(eventOf)
      expect(events.map((_, token) => encoding.decode(token, before))).toEqual(events.map(eventOf))
    }
  })

  it('decodes the label of every step to its event', () => {
    for (const { events: raw } of sequences) {
      const events = raw.map(eventOf)
      for (const step of events.keys()) {
        expect(encoding.decode(encoding.label(events, step), events.slice(0, step))).toBe(events[step])
      }
    }
  })
})

it('drums fold into an event and back', () => {
  for (let event = 0; event < 512; event++) expect(drumEvent(eventDrums(event))).toBe(event)
})

it('drum classes flag silence, and answer with one drum', () => {
  const encoding = multiHotDrums()
  const row = new InputRow(encoding.inputs)
  encoding.encode(row, [0], 0)
  expect(entries(row)).toEqual([[9, 1]])
  encoding.encode(row, [0b101], 0)
  expect(entries(row)).toEqual([
    [0, 1],
    [2, 1],
  ])
  expect([0, 8, 9].map((token) => encoding.decode(token, []))).toEqual([1, 256, 0])
  expect([0, 1, 256].map((event) => encoding.label([event], 0))).toEqual([9, 0, 8])
})

it('a pitch outside of the range is refused', () => {
  expect(() => basic.label([84], 0)).toThrow(RangeError)
})
