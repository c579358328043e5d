import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { parseChord, transposeChord } from './chord.ts'
import { type ChordSymbol, usualDegrees } from './chord-degrees.ts'
import { readChordSymbol } from './chord-grammar.ts'
import { chordName, respell } from './chord-name.ts'
import { pitchClass } from './note.ts'
import { namePitchClass, rootName } from './note-name.ts'

const named = (text: string) => {
  const read = readChordSymbol(text)
  return read && chordName(read.symbol)
}

describe('a chord has one name', () => {
  it.each([
    ['C', 'CM', 'Cmaj', 'C (maj)'],
    ['Cmaj7', 'C^', 'CΔ', 'CM7', 'C7M', 'Cj7'],
    ['Cm7', 'C-7', 'Cmi7', 'CMIN7', 'c-7'],
    ['Cm7b5', 'Cø', 'Ch7', 'C-7-5'],
    ['Cdim7', 'C°7', 'Co7', 'Cm6b5'],
    ['Caug', 'C+', 'C(#5)'],
    ['C6/9', 'C69', 'C6(9)'],
    ['Cm(maj7)', 'CmM7', 'C-Δ', 'Cm#7'],
    ['C9sus4', 'C11', 'C7sus(9)'],
    ['Cadd9', 'C(add9)', 'C2'],
    ['C7#5#9', 'Calt', 'C+7#9'],
    ['C(b5)', 'C-5', 'C5b'],
    ['A(b9)', 'A b9'],
    ['C7sus4b9', 'C7susb9', 'Csus(b9)'],
    ['Cm(b6)', 'Cmb6', 'C-b13'],
    ['Bb13#11/Ab', 'B♭13(♯11)/A♭'],
    ['C7no3', 'C7omit3', 'C7(no 3rd)'],
  ])('%s', (name, ...spellings) => {
    for (const spelling of [name, ...spellings]) expect(named(spelling), spelling).toBe(name)
  })
})

const degrees = fc
  .tuple(
    fc.constantFrom(['3'], ['b3'], ['4'], ['2'], ['2', '4'], ['#4'], [], ['3', '4']),
    fc.constantFrom(['5'], ['b5'], ['#5'], [], ['b5', '#5']),
    fc.constantFrom([], ['6'], ['b6'], ['b7'], ['7'], ['bb7']),
    fc.subarray(['9', 'b9', '#9', '11', '#11', '13', 'b13'], { maxLength: 4 }),
  )
  // A diminished seventh is one of a diminished chord only, and sus4 with a flat ninth has its seventh.
  .filter(([third, fifth, seventh]) => seventh[0] !== 'bb7' || (`${third}` === 'b3' && `${fifth}` === 'b5'))
  .map((parts) => usualDegrees(parts.flat()))
  .filter((all) => !(all.includes('4') && all.includes('b9') && !all.some((degree) => degree.endsWith('7'))))

const symbols: fc.Arbitrary<ChordSymbol> = fc
  .record({
    root: fc.constantFrom('C', 'Db', 'F#', 'Bb', 'E', 'Ab', 'G#'),
    bass: fc.constantFrom(null, 'E', 'Gb', 'A#'),
    degrees,
  })
  .filter(({ root, bass }) => bass === null || namePitchClass(bass) !== namePitchClass(root))

describe('a name', () => {
  it('is read back to the chord that it was made of, and made of it again', () => {
    fc.assert(
      fc.property(symbols, (symbol) => {
        const name = chordName(symbol)
        const read = readChordSymbol(name)
        expect(read?.symbol, name).toEqual(symbol)
        expect(read && chordName(read.symbol), name).toBe(name)
        expect(read?.doubt, name).toBeNull()
      }),
      { numRuns: runs(5000) },
    )
  })

  it.each([
    ['C#7', -5, 'Db7'],
    ['Db7', 2, 'C#7'],
    ['Dbm7', 0, 'C#m7'],
    ['A#dim7', 0, 'Bbdim7'],
    ['Gb7/Bb', 2, 'F#7/A#'],
    ['Ab7/Gb', 0, 'Ab7/Gb'],
    ['G#/B#', -3, 'Ab/C'],
    ['D/Db', 2, 'D/C#'],
  ])('%s in a key of %i sharps is %s', (symbol, key, name) => {
    const read = readChordSymbol(symbol)
    expect(read && chordName(respell(read.symbol, key))).toBe(name)
  })
})

describe('a transposed chord', () => {
  it('is as many semitones away, and is itself in twelve', () => {
    fc.assert(
      fc.property(symbols, fc.integer({ min: -24, max: 24 }), fc.integer({ min: -6, max: 6 }), (symbol, by, key) => {
        const chord = parseChord(chordName(symbol))
        if (!chord) throw new Error('every name is read')
        const moved = transposeChord(chord, by, key)
        expect(moved.tones).toEqual(chord.tones.map((tone) => pitchClass(tone + by)))
        expect([moved.root, moved.bass]).toEqual([pitchClass(chord.root + by), pitchClass(chord.bass + by)])
        expect(moved.scale).toEqual(chord.scale.map((tone) => pitchClass(tone + by)))
        expect(parseChord(moved.symbol)).toEqual(moved)
      }),
      { numRuns: runs(2000) },
    )
  })

  it('has its name in the new key', () => {
    const chord = parseChord('Bb-7/Ab')
    expect(chord && transposeChord(chord, 2, 0).symbol).toBe('Cm7/Bb')
    expect(rootName(10, 0, true)).toBe('Bb')
  })
})
