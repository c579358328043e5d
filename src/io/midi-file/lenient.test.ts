import { describe, expect, it } from 'vitest'
import { chunk, midiBytes, named, notes, signature, tempo, trackChunk, walking } from '../../../test/midi-bytes.ts'
import { tempoAt } from '../../timing/index.ts'
import { MidiFileError } from './cursor.ts'
import { readMidi } from './read.ts'

const conductor = { events: [tempo(0, 120), signature(0, 4, 4)] }
const bass = { events: walking(1, 4) }
const whole = readMidi(midiBytes([conductor, bass])).parts

const ascii = (text: string) => [...new TextEncoder().encode(text)]
const little = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24]

describe('where the music is whole, it is read', () => {
  it('with fewer tracks than announced, or more, and says so', () => {
    for (const announced of [1, 3]) {
      const song = readMidi(midiBytes([conductor, bass], announced))
      expect(song.parts).toEqual(whole)
      expect(song.notices).toEqual([expect.stringMatching(/^announces \d tracks? and has 2/)])
    }
  })

  it('with another chunk counted as a track, which is nothing to say', () => {
    const song = readMidi(midiBytes([conductor, bass], 3, chunk('XFIH', [0, 0, 0, 0])))
    expect([song.parts, song.notices]).toEqual([whole, []])
  })

  it.each([
    ['too long for the file', 999],
    ['too short', 20],
    ['0', 0],
  ])('with a last track whose length is %s', (_, length) => {
    const song = readMidi(midiBytes([conductor, { ...bass, length }]))
    expect(song.parts).toEqual(whole)
    expect(song.notices).toEqual([expect.stringContaining('wrong length for track 2')])
  })

  it.each([
    ['swallows the next track', 40],
    ['ends in an event', 9],
  ])('with a first track whose length %s', (_, length) => {
    const song = readMidi(midiBytes([{ ...conductor, length }, bass]))
    expect(song.parts).toEqual(whole)
    expect(song.notices).toHaveLength(1)
  })

  it('without an end of track', () => {
    const bytes = trackChunk(bass).slice(8, -4)
    const head = midiBytes([], 1)
    expect(readMidi(Uint8Array.from([...head, ...chunk('MTrk', bytes)])).parts[0]?.notes).toEqual(whole[0]?.notes)
  })

  it('with an end of track before its events, which end with another', () => {
    const events = [[0, 0xff, 0x2f, 0] as const, ...walking(1, 4)]
    expect(readMidi(midiBytes([conductor, { events }]))).toMatchObject({ parts: whole, notices: [] })
  })

  it('with values above 127, which are 127', () => {
    const loudest = (velocity: number) =>
      readMidi(midiBytes([conductor, { events: [[0, 0xb0, 7, velocity] as const, ...notes(1, [0, 1, 36, velocity])] }]))
    expect(loudest(200).parts).toEqual(loudest(127).parts)
  })

  it('with rubbish between its tracks', () => {
    expect(readMidi(midiBytes([conductor, bass], 2, [0, 255, 3])).parts).toEqual(whole)
  })

  it('with real-time bytes between events and inside them', () => {
    const [first, second, ...rest] = walking(1, 4)
    const events = [
      ...(first ? [first] : []),
      [200, 0xfe] as const,
      [300, 0xf8] as const,
      ...(second ? [second] : []),
      ...rest,
    ]
    expect(readMidi(midiBytes([conductor, { events }])).parts).toEqual(whole)
    const inside = walking(1, 4).map(([tick, status = 0, ...data]) => [tick, status, 0xf8, ...data] as const)
    expect(readMidi(midiBytes([conductor, { events: inside }])).parts).toEqual(whole)
  })

  it('in a RIFF, with its lists in any order', () => {
    const file = [...midiBytes([conductor, bass])]
    const riffChunk = (id: string, body: number[]) => [...ascii(id), ...little(body.length), ...body]
    const list = riffChunk('LIST', [...ascii('INFO'), ...riffChunk('INAM', ascii('Song'))])
    for (const body of [
      [...list, ...riffChunk('data', file)],
      [...riffChunk('data', file), ...list],
    ]) {
      const song = readMidi(Uint8Array.from(riffChunk('RIFF', [...ascii('RMID'), ...body])))
      expect([song.parts, song.notices]).toEqual([whole, []])
    }
  })

  it('in MacBinary', () => {
    const header = Array<number>(128).fill(0)
    header.splice(1, 9, 8, ...ascii('song.mid'))
    header.splice(65, 8, ...ascii('MidiTVOD'))
    const file = [...midiBytes([conductor, bass])]
    expect(readMidi(Uint8Array.from([...header, ...file, ...Array(128 - (file.length % 128)).fill(0)])).parts).toEqual(
      whole,
    )
  })
})

it('what is not whole is refused', () => {
  const bytes = midiBytes([conductor, bass])
  const start = bytes.length - trackChunk(bass).length
  // Between two tracks it can't be told from a wrong number of tracks.
  for (let length = start + 1; length < bytes.length; length++) {
    expect(() => readMidi(bytes.subarray(0, length)), `${length} bytes`).toThrow(MidiFileError)
  }
})

it('a track that has lost a byte is refused', () => {
  const lost = Array.from(midiBytes([{ events: walking(1, 4) }]))
  const velocity = lost.indexOf(90)
  lost.splice(velocity, 1)
  expect(() => readMidi(Uint8Array.from(lost))).toThrow(MidiFileError)
})

it('a file without any track has no parts', () => {
  expect(readMidi(midiBytes([])).parts).toEqual([])
})

it('a metre and a tempo that come within a beat of the start count from the start', () => {
  const song = readMidi(midiBytes([{ events: [signature(1, 7, 8), tempo(479, 90)] }, bass]))
  expect(song.timeSignatures).toEqual([{ beat: 0, numerator: 7, denominator: 8 }])
  expect(Math.round(tempoAt(song.timeline, 0))).toBe(90)
  const later = readMidi(midiBytes([{ events: [signature(480, 7, 8), tempo(480, 90)] }, bass]))
  expect([later.timeSignatures[0]?.beat, tempoAt(later.timeline, 0)]).toEqual([1, 120])
})

it('a part ends where its track ends', () => {
  expect(readMidi(midiBytes([conductor, { events: notes(1, [0, 1, 36]), end: 480 * 16 }])).parts[0]?.end).toBe(16)
})

it('an instrument name is a name where there is no other', () => {
  const text = (type: number, words: string) => [0, 0xff, type, words.length, ...ascii(words)] as const
  const name = (...events: (readonly [number, ...number[]])[]) =>
    readMidi(midiBytes([{ events: [...events, ...walking(1, 1)] }])).parts[0]?.name
  expect(name(text(4, 'Upright'))).toBe('Upright')
  expect(name(text(4, 'Upright'), named('Low'))).toBe('Low')
})
