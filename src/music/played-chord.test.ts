import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { parseChord } from './chord.ts'
import { pitchClass } from './note.ts'
import { nameChord, playedChord } from './played-chord.ts'

const keys = (text: string) => text.split(' ').map(Number)

describe('played keys', () => {
  it.each([
    ['48 52 57 62', 'C6/9'],
    ['48 58 64 69', 'C13'],
    ['48 52 58 61', 'C7b9'],
    ['48 52 55 57 62', 'C6/9'],
    ['43 53 57 60', 'G9sus4'],
    ['48 53 58 63', 'Cm11'],
    ['60 64 67', 'C'],
    ['52 55 60', 'C/E'],
    ['55 60 64', 'C/G'],
    ['50 60 65 69', 'Dm7'],
    ['57 60 64 67', 'Am7'],
    ['60 64 67 69', 'C6'],
    ['64 67 69 72', 'Am7/E'],
    ['59 62 65 68', 'Bdim7'],
    ['62 65 68 72', 'Dm7b5'],
    ['53 62 65 68 72', 'Fm6'],
    ['60 64 68', 'Caug'],
    ['60 63 67 71', 'Cm(maj7)'],
    ['60 64 66 71', 'Cmaj7#11'],
    ['60 62 64 67', 'Cadd9'],
    ['60 64 67 70 74', 'C9'],
    ['55 58 63 65 71', 'G7#5#9'],
    ['60 65 67', 'Csus4'],
  ])('%s are %s', (pitches, name) => {
    expect(nameChord(keys(pitches))).toBe(name)
  })

  it.each([
    ['a shell with its seventh', '55 65 71', 'G7'],
    ['a shell with a minor third', '48 51 58', 'Cm7'],
    ['a shell with a major seventh', '48 52 59', 'Cmaj7'],
    ['three fourths', '50 55 60', 'D7sus4'],
    ['fourths and a third, as in So What', '52 57 62 67 71', 'Em11'],
    ['five notes in fourths', '50 55 60 65 69', 'Dm11'],
  ])('in %s, %s, are named', (_, pitches, name) => {
    expect(nameChord(keys(pitches))).toBe(name)
  })

  it.each([
    ['53 57 60 64', 38, 'Dm9'],
    ['53 57 59 64', 43, 'G13'],
    ['52 55 59 62', 36, 'Cmaj9'],
    ['52 57 58 62', 36, 'C13'],
    ['61 64 67 70', 45, 'A7b9'],
    ['56 62 67', 40, 'E7#9'],
    ['56 60 63 67', 41, 'Fm9'],
    ['57 62 67', 41, 'F6/9'],
    ['65 68 72 76', 38, 'Dm9b5'],
    ['52 58', 36, 'C7'],
    ['51 58', 36, 'Cm7'],
    ['60 64 67', 45, 'Am7'],
    ['60 64 67', 40, 'C/E'],
    ['60 64 67', 46, 'C7/Bb'],
    ['60 64 67', 47, 'Cmaj7/B'],
    ['60 64 67', 41, 'C/F'],
    ['60 64 67', 42, 'C/F#'],
    ['60 64 67', 44, 'Abmaj7#5'],
    ['62 65 67 71', 36, 'G7/C'],
    ['62 65 69 72', 41, 'Dm7/F'],
  ])('%s over a bass on %i are %s', (pitches, bass, name) => {
    expect(nameChord(keys(pitches), { bass })).toBe(name)
  })

  it('are spelled in the key', () => {
    expect(nameChord([66, 70, 73], { key: 4 })).toBe('F#')
    expect(nameChord([66, 70, 73], { key: -5 })).toBe('Gb')
    expect(nameChord([66, 70, 73], { bass: 58, key: 4 })).toBe('F#/A#')
    expect(nameChord([61, 64, 68, 71])).toBe('C#m7')
  })

  it('have no name below three pitch classes, below two keys, and where no musician has one', () => {
    expect(nameChord([])).toBeNull()
    expect(nameChord([60, 72, 67])).toBeNull()
    expect(nameChord([60], { bass: 36 })).toBeNull()
    expect(nameChord([60, 67], { bass: 36 })).toBeNull()
    expect(nameChord([60, 61, 62])).toBeNull()
  })
})

const hands = fc.uniqueArray(fc.integer({ min: 36, max: 84 }), { minLength: 2, maxLength: 6 })
const bassNotes = fc.option(fc.integer({ min: 24, max: 47 }))

describe('a name of played keys', () => {
  it('is read back to a chord that has all of them, over the bass that sounds', () => {
    fc.assert(
      fc.property(hands, bassNotes, fc.integer({ min: -6, max: 6 }), (pitches, bass, key) => {
        const name = nameChord(pitches, { bass, key })
        if (name === null) return
        const chord = parseChord(name)
        expect(chord).toEqual(playedChord(pitches, { bass, key }))
        expect(chord?.bass, name).toBe(pitchClass(bass ?? Math.min(...pitches)))
        for (const pitch of pitches) expect([...(chord?.tones ?? []), chord?.bass], name).toContain(pitchClass(pitch))
      }),
      { numRuns: runs(5000) },
    )
  })

  it('is the same wherever they are played, moved', () => {
    fc.assert(
      fc.property(hands, bassNotes, fc.integer({ min: 0, max: 11 }), (pitches, bass, by) => {
        const here = nameChord(pitches, { bass })
        const there = nameChord(
          pitches.map((pitch) => pitch + by),
          { bass: bass === null ? null : bass + by },
        )
        const [one, other] = [here, there].map((name) => (name === null ? null : parseChord(name)))
        expect(other?.tones).toEqual(one?.tones.map((tone) => pitchClass(tone + by)))
        expect(other?.root).toBe(one ? pitchClass(one.root + by) : undefined)
      }),
    )
  })

  it('is the one that a symbol has whose tones are played over its root', () => {
    const symbols =
      'C Cm Cdim Caug C7 Cmaj7 Cm7 Cm7b5 Cdim7 Cm(maj7) C6 Cm6 C6/9 C9 Cm9 Cmaj9 C13 Cm11 C7b9 C7#9 C9sus4 C7sus4 C7#5'
    for (const symbol of symbols.split(' ')) {
      const tones = parseChord(symbol)?.tones ?? []
      const pitches = tones.map((tone) => 60 + tone)
      expect(nameChord([48, ...pitches]), symbol).toBe(symbol)
      expect(
        nameChord(
          pitches.filter((pitch) => pitch !== 60),
          { bass: 36 },
        ),
        symbol,
      ).toBe(symbol)
    }
  })
})
