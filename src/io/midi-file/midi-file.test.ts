import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { runs } from '../../../test/runs.ts'
import { metre, type Note } from '../../music/index.ts'
import { secondsAt, tempoAt, tempoMap, timeline } from '../../timing/index.ts'
import { MidiFileError } from './cursor.ts'
import { maxMidiBytes, readMidi } from './read.ts'
import { writeMidi } from './write.ts'

const fourBytes = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const chunk = (id: string, body: number[]) => [...id].map((c) => c.charCodeAt(0)).concat(fourBytes(body.length), body)
const header = (format: number, tracks: number, division = 96) =>
  chunk('MThd', [0, format, 0, tracks, division >> 8, division & 255])
const endOfTrack = [0, 0xff, 0x2f, 0]
const track = (...events: number[]) => chunk('MTrk', [...events, ...endOfTrack])
const file = (...chunks: number[][]) => Uint8Array.from(chunks.flat())
const on = (pitch: number, delta = 0, channel = 0) => [delta, 0x90 | channel, pitch, 100]
const off = (pitch: number, delta = 96, channel = 0) => [delta, 0x80 | channel, pitch, 0]
const metreEvent = (numerator: number, power: number) => [0, 0xff, 0x58, 4, numerator, power, 24, 8]
const tempoEvent = (microseconds: number) => [0, 0xff, 0x51, 3, ...fourBytes(microseconds).slice(1)]

describe('reading', () => {
  it('reads format 0 with several channels, as parts', () => {
    const song = readMidi(file(header(0, 1), track(...on(36), ...on(60, 0, 3), ...off(36), ...off(60, 96, 3))))
    expect(song.parts.map(({ channel, notes }) => [channel, notes])).toEqual([
      [1, [note(0, 36, 1, 100)]],
      [4, [note(0, 60, 2, 100)]],
    ])
  })

  it('reads running status, and a note-on of velocity 0 as a note-off', () => {
    const song = readMidi(file(header(0, 1), track(...on(36), 48, 36, 0, 48, 38, 90, 96, 38, 0)))
    expect(song.parts[0]?.notes).toEqual([note(0, 36, 0.5, 100), note(1, 38, 1, 90)])
  })

  it('reads the tempo and metre maps of format 1 from any track', () => {
    const tempo = [...tempoEvent(1_000_000), 96, 0xff, 0x51, 3, 0x07, 0xa1, 0x20]
    const song = readMidi(file(header(1, 2), track(...metreEvent(7, 3)), track(...tempo, ...on(36), ...off(36))))
    expect(song.timeSignatures).toEqual([{ beat: 0, numerator: 7, denominator: 8 }])
    expect([0, 1].map((beat) => tempoAt(song.timeline, beat))).toEqual([60, 120])
    expect(secondsAt(song.timeline, 3)).toBe(2)
  })

  it('takes 120 beats a minute where the file names no tempo', () => {
    expect(tempoAt(readMidi(file(header(0, 1), track(...on(36), ...off(36)))).timeline, 0)).toBe(120)
  })

  it("keeps to the first track's tempi in format 2, whose tracks are pieces of their own", () => {
    const piece = (microseconds: number) => track(...tempoEvent(microseconds), ...on(36), ...off(36))
    expect(tempoAt(readMidi(file(header(2, 2), piece(1_000_000), piece(250_000))).timeline, 0)).toBe(60)
  })

  it('passes over unknown chunks, sysex and a RIFF around the file', () => {
    const inner = [...header(1, 1), ...chunk('XYZW', [1, 2, 3]), ...track(0, 0xf0, 2, 1, 0xf7, ...on(36), ...off(36))]
    const riff = [...'RIFF----RMIDdata----'].map((c) => c.charCodeAt(0))
    expect(readMidi(Uint8Array.from([...riff, ...inner])).parts[0]?.notes).toEqual([note(0, 36, 1, 100)])
  })

  it('ends a note that never ends with its track', () => {
    const song = readMidi(file(header(0, 1), track(...on(36), ...on(40), ...off(40))))
    expect(song.parts[0]?.notes).toContainEqual(note(0, 36, 1, 100))
  })

  it('pairs overlapping notes of one pitch first in, first out', () => {
    const song = readMidi(file(header(0, 1), track(...on(36), ...on(36, 48), ...off(36, 48), ...off(36, 96))))
    expect(song.parts[0]?.notes).toEqual([note(0, 36, 1, 100), note(0.5, 36, 1.5, 100)])
  })
})

describe('bad files', () => {
  const good = file(header(1, 1), track(...tempoEvent(500_000), ...on(36), ...off(36)))
  const zeroTrack = file(header(0, 1), [...'MTrk'].map((c) => c.charCodeAt(0)).concat(fourBytes(50)), Array(50).fill(0))

  it.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['text', new TextEncoder().encode('Dear Sir or Madam'), 'not a MIDI file'],
    ['zeros', new Uint8Array(1000), 'not a MIDI file'],
    ['too much', new Uint8Array(maxMidiBytes + 1), 'larger than'],
    ['SMPTE division', file(header(1, 1, 0xe728), track(...on(36), ...off(36))), 'SMPTE'],
    ['division 0', file(header(1, 1, 0), track(...on(36), ...off(36))), '0 ticks'],
    ['tempo 0', file(header(1, 1), track(...tempoEvent(0), ...on(36), ...off(36))), 'tempo of 0'],
    ['no track', file(header(1, 2)), 'breaks off'],
    ['a short header', file(chunk('MThd', [0, 1])), 'damaged header'],
    ['a track of zeros', zeroTrack, 'damaged'],
    ['a data byte over 127', file(header(1, 1), track(0, 0x90, 200, 100)), 'track 1'],
  ])('%s is refused with a sentence', (_, bytes, sentence) => {
    expect(() => readMidi(bytes)).toThrow(MidiFileError)
    expect(() => readMidi(bytes)).toThrow(sentence)
  })

  it('a file cut off anywhere is refused', () => {
    for (let length = 0; length < good.length; length++) {
      expect(() => readMidi(good.subarray(0, length)), `${length} bytes`).toThrow(MidiFileError)
    }
  })

  it('mutated files are read or refused, and never crash', () => {
    const bytes = fc.oneof(
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
      {
        weight: 9,
        arbitrary: fc
          .tuple(
            fc.uint8Array({ maxLength: 120 }),
            fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 8 }),
            fc.nat(300),
          )
          .map(([body, mutations, cut]) => {
            const mutated = file(
              header(1, 2),
              track(...tempoEvent(400_000), ...metreEvent(3, 2)),
              track(...on(36), ...body),
            )
            for (const [at, value] of mutations) if (at < mutated.length) mutated[at] = value
            return cut < 40 ? mutated.subarray(0, cut) : mutated
          }),
      },
    )
    let refused = 0
    fc.assert(
      fc.property(bytes, (input) => {
        try {
          for (const part of readMidi(input).parts) {
            for (const { pitch, velocity, beat, beats } of part.notes) {
              expect(pitch >= 0 && pitch < 128 && velocity > 0 && velocity < 128).toBe(true)
              expect(beat >= 0 && beats >= 0 && Number.isFinite(beat + beats)).toBe(true)
            }
          }
        } catch (error) {
          if (!(error instanceof MidiFileError)) throw error
          refused++
        }
      }),
      { numRuns: runs(10_000) },
    )
    expect(refused).toBeGreaterThan(0)
  })
})

describe('writing', () => {
  const write = (notes: Note[]) =>
    writeMidi({
      metre: metre(7, 8),
      timeline: timeline(90),
      length: 14,
      tracks: [
        { name: 'Bass', channel: 2, program: 33, notes },
        { name: 'Drums', channel: 10, notes: [note(0, 38)] },
      ],
    })

  it('is read back as it was', () => {
    const beats = fc.integer({ min: 0, max: 600 }).map((steps) => steps / 48)
    const notes = fc.uniqueArray(
      fc.record({
        pitch: fc.integer({ min: 0, max: 127 }),
        velocity: fc.integer({ min: 1, max: 127 }),
        beat: beats,
        beats: fc.integer({ min: 1, max: 48 }).map((steps) => steps / 48),
      }),
      { selector: ({ pitch }) => pitch, minLength: 1, maxLength: 50 },
    )
    fc.assert(
      fc.property(notes, (played) => {
        const song = readMidi(write(played))
        const [bass, drums] = song.parts
        expect(bass).toMatchObject({ track: 2, channel: 2, name: 'Bass', program: 33 })
        expect(drums).toMatchObject({ track: 3, channel: 10, name: 'Drums', notes: [note(0, 38)] })
        expect(song.timeSignatures).toEqual([{ beat: 0, numerator: 7, denominator: 8 }])
        expect(tempoAt(song.timeline, 0)).toBeCloseTo(90, 3)
        const byPitch = (a: Note, b: Note) => a.pitch - b.pitch
        expect([...(bass?.notes ?? [])].sort(byPitch)).toEqual([...played].sort(byPitch))
      }),
    )
  })

  it('keeps the tempo map up to its end', () => {
    const line = tempoMap(100, [
      { beat: 4, bpm: 200 },
      { beat: 100, bpm: 50 },
    ])
    const bytes = writeMidi({ metre: metre(4, 4), timeline: line, length: 8, tracks: [] })
    expect(readMidi(bytes).timeline.map(({ beat, bpm }) => [beat, Math.round(bpm)])).toEqual([
      [0, 100],
      [4, 200],
    ])
  })

  it('ends a note before it starts the next one on the same key', () => {
    const song = readMidi(write([note(0, 36, 1), note(1, 36, 1)]))
    expect(song.parts[0]?.notes).toEqual([note(0, 36, 1), note(1, 36, 1)])
  })
})
