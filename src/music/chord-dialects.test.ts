/** The chord types that programs let a musician choose from, in their own spelling. */
import { describe, expect, it } from 'vitest'
import { readChordSymbol } from './chord-grammar.ts'
import { chordName } from './chord-name.ts'

const dialects = {
  'iReal Pro':
    '5 add9 + o h sus ^ - ^7 -7 7 7sus h7 o7 ^9 ^13 6 69 ^7#11 ^9#11 ^7#5 -6 -69 -^7 -^9 -9 -11 -7b5 h9 -b6 -#5 9 ' +
    '7b9 7#9 7#11 7b5 7#5 9#11 9b5 9#5 7b13 7#9#5 7#9b5 7#9#11 7b9#11 7b9b5 7b9#5 7b9#9 7b9b13 7alt 13 13#11 13b9 13#9 ' +
    '7b9sus 7susadd3 9sus 13sus 7b13sus 11',
  'Band-in-a-Box':
    'maj 6 maj7 maj9 maj13 69 maj7#5 5b aug + maj9#11 maj13#11 sus m maj7b5 m6 m7 m9 m11 m13 m69 mMAJ7 maug m#5 m7#5 dim ' +
    'm7b5 m9b5 7 9 13 7b13 7#11 13#11 9#11 9b13 7b9 7b9b13 7b9#11 7#9 7#9b13 7#9#11 7b5 13b5 7b5b13 9b5 7b5b9 7b5#9 7#5 13#5 ' +
    '7#5#11 9#5 9#5#11 7#5b9 7#5#9 7#5#9#11 7sus 9sus 13sus 7susb13 7sus#11 13sus#11 7susb9 13susb9 7sus#9 7alt 7+ 9+ 13+',
  MuseScore:
    'maj7 ma7 t7 ^7 mi7 min7 -7 mi(ma7) mi7b5 0 dim7 o7 aug7 +7 maj9(#11) 7(b9) 7(#9b13) sus2 sus4 7sus4 9sus4 add9 mi(add9) ' +
    '(no3) 6/9 mi6/9 7alt 7omit5 maj7(add13) mi11(b5) 13(b9) 7(b9#11)',
  'jazz and pop books':
    'MA7 MI7 MI7(b5) MI(MA7) 7(b9,#11) 7(♭9) 7(♯9) MA7(♯11) ø7 °7 Δ Δ9 △7 ∆7(♯11) -Δ7 7SUS4 sus 13(♯11) 7(alt) maj7/9 M7(9) ' +
    'm7(11) 7(13) (add9) 2/3 sus4/7 m/M7 7M m7M 4/7 7(5+) m7(5-) 7/9- 6/9/#11 7(#9,♭13) 7♭9♯9 (b5) (#11) m(b6) 7[b9] +(add9)',
} as const

/** What no chord symbol of ours is, and what the program means by it. */
const other: Readonly<Record<string, string>> = {
  0: 'half diminished in MuseScore, and diminished for those who have no °: either is easy to write otherwise',
  '2/3': 'a third in the bass, by its number',
}

describe.each(Object.entries(dialects))('the chords of %s', (_, list) => {
  it('are read on every root, and their names too', () => {
    for (const type of list.split(' ')) {
      for (const root of ['C', 'F♯', 'B♭', 'E']) {
        const read = readChordSymbol(`${root}${type}`)
        if (type in other) {
          expect(read, type).toBeNull()
          continue
        }
        expect(read, type).not.toBeNull()
        expect(read && readChordSymbol(chordName(read.symbol))?.symbol, type).toEqual(read?.symbol)
      }
    }
  })
})
