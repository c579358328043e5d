import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Chord, parseChord } from '../../music/index.ts'
import { InputRow } from '../input-row.ts'
import { encodeSolo, intervalClass, soloEncoding, soloPitch } from './solo.ts'
import { type KeyPress, noSoloMemory, withPitch } from './solo-memory.ts'

const pitches = fc.array(fc.integer({ min: 24, max: 96 }), { minLength: 1, maxLength: 60 })

function pressAt(index: number, chord: Chord | null, nextChord: Chord | null): KeyPress {
  const seconds = index * 0.2
  const released = index % 3 === 0 ? null : seconds - 0.05
  const place = ((seconds * 140) / 60) % 4
  return { seconds, bpm: 140, place, measure: 4, released, chord, nextChord, beatsToNextChord: 1.5 }
}

/** The row after some pitches, as a vector. */
function rowAfter(line: number[], chord: Chord | null, next: Chord | null): Float32Array {
  const memory = line.reduce(
    (memory, pitch, index) => withPitch(memory, pressAt(index, chord, next), pitch),
    noSoloMemory,
  )
  const row = new InputRow(soloEncoding.inputs)
  encodeSolo(row, memory, pressAt(line.length, chord, next))
  const dense = new Float32Array(row.length)
  for (let entry = 0; entry < row.count; entry++) dense[row.indices[entry] as number] = row.values[entry] as number
  return dense
}

const transposed = ({ root, bass, tones, scale, symbol }: Chord, by: number): Chord => {
  const up = (pitch: number) => (pitch + by) % 12
  return { symbol, root: up(root), bass: up(bass), tones: tones.map(up), scale: scale.map(up) }
}

describe('solo', () => {
  it('is blind to key: a line and its transposition differ in nothing but how high they are', () => {
    const [chord, next] = [parseChord('Dm7/C') as Chord, parseChord('G7') as Chord]
    const height = 257
    fc.assert(
      fc.property(pitches, fc.integer({ min: 1, max: 24 }), (line, by) => {
        const low = rowAfter(line, chord, next)
        const high = rowAfter(
          line.map((pitch) => pitch + by),
          transposed(chord, by),
          transposed(next, by),
        )
        expect((high[height] as number) - (low[height] as number)).toBeCloseTo(by / 12)
        for (const [index, value] of low.entries()) if (index !== height) expect(high[index]).toBeCloseTo(value, 5)
      }),
    )
  })

  it('hears chords in the chords’ places only', () => {
    const [bare, harmonised] = [rowAfter([60, 64], null, null), rowAfter([60, 64], parseChord('C7'), null)]
    expect([...bare.subarray(259, 338)].every((value) => value === 0)).toBe(true)
    harmonised.fill(0, 259, 338)
    expect(harmonised).toEqual(bare)
  })

  it('leaves the first pitch to the performer', () => {
    const row = new InputRow(soloEncoding.inputs)
    expect(() => encodeSolo(row, noSoloMemory, pressAt(0, null, null))).toThrow(RangeError)
  })

  it('has a class for each interval to two octaves, and the pitch is found again', () => {
    const memory = withPitch(noSoloMemory, pressAt(0, null, null), 60)
    for (let pitch = 36; pitch <= 84; pitch++) expect(soloPitch(memory, intervalClass(pitch - 60))).toBe(pitch)
    expect([intervalClass(-40), intervalClass(40)]).toEqual([0, 48])
  })

  it('never leaves MIDI’s pitches', () => {
    fc.assert(
      fc.property(fc.nat(127), fc.nat(48), (last, token) => {
        const memory = withPitch(noSoloMemory, pressAt(0, null, null), last)
        const pitch = soloPitch(memory, token)
        expect(pitch).toSatisfy((value: number) => value >= 0 && value <= 127)
        expect(Math.abs(pitch - last - token + 24) % 12).toBe(0)
      }),
    )
  })
})
