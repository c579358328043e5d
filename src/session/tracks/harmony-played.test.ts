import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { fourFour, type Note, parseMetre } from '../../music/index.ts'
import { chordsBetween, type Loop } from '../index.ts'
import { chordsOf, recogniseChords } from './harmony-played.ts'

/** Keys that go down together. */
const chord = (beat: number, pitches: readonly number[], beats = 0.9): Note[] =>
  pitches.map((pitch) => note(beat, pitch, beats))

const loop = (notes: readonly Note[], measures = 2, phase = 0, metre = fourFour): Loop => ({
  metre,
  measures,
  phase,
  from: 0,
  notes,
})

const line = (pitches: readonly number[], each = 1): Note[] =>
  pitches.map((pitch, index) => note(index * each, pitch, each * 0.9))

/** What is heard of chords over a bass: beats and names. */
const heard = (chords: Loop, bass: Loop | null) =>
  recogniseChords(chords, bass).map(({ beat, chord }) => `${beat} ${chord?.symbol}`)

/** The left hand of a pianist who leaves the roots to the bass. */
const rootless = {
  Dm9: [53, 57, 60, 64],
  G13: [53, 57, 59, 64],
  Cmaj9: [52, 55, 59, 62],
  A7b9: [55, 58, 61, 64],
} as const

describe('chords over a bass', () => {
  it('are named with the root that it plays', () => {
    const chords = [...chord(0, rootless.Dm9, 3.8), ...chord(4, rootless.G13, 3.8)]
    expect(heard(loop(chords), loop([note(0, 38, 3.8), note(4, 43, 3.8)]))).toEqual(['0 Dm9', '4 G13'])
    expect(heard(loop(chords), null)).toEqual(['0 Fmaj7', '4 Fmaj7#11'])
  })

  it('are heard so by a session, recorded in either order', () => {
    const bass = [note(0, 38, 3.8), note(4, 43, 3.8)]
    const chords = [...chord(0, rootless.Dm9, 3.8), ...chord(4, rootless.G13, 3.8)]
    const names = (performer: Performer) =>
      chordsBetween(performer.state, 32, 40).map(({ beat, chord: found }) => `${beat} ${found?.symbol}`)
    const chordsFirst = new Performer().act('measures', 2).act('record-chords').play(chords).wait(9)
    chordsFirst.act('record-bass').play(bass, 16).wait(32)
    expect(names(chordsFirst)).toEqual(['0 Dm9', '4 G13'])
    const bassFirst = new Performer().act('measures', 2).act('record-bass').play(bass).wait(9)
    bassFirst.act('record-chords').play(chords, 16).wait(32)
    expect(names(bassFirst)).toEqual(['0 Dm9', '4 G13'])
    expect(names(bassFirst.act('clear-bass'))).toEqual(['0 Fmaj7', '4 Fmaj7#11'])
    expect(names(bassFirst.act('undo'))).toEqual(['0 Dm9', '4 G13'])
  })

  it('keep their name while the bass walks', () => {
    const comped = [1, 3, 5, 7].flatMap((beat) => chord(beat, beat < 4 ? rootless.Dm9 : rootless.G13, 0.4))
    const walking = line([38, 41, 45, 42, 43, 47, 50, 49])
    expect(heard(loop(comped), loop(walking))).toEqual(['1 Dm9', '5 G13'])
    const heldDown = [...chord(0, rootless.Dm9, 3.9), ...chord(4, rootless.G13, 3.9)]
    expect(heard(loop(heldDown), loop(walking))).toEqual(['0 Dm9', '4 G13'])
  })

  it('change with the bass under a hand that stays, where it stays, too', () => {
    const hand = chord(0, [60, 64, 67], 7.9)
    const bass = [note(0, 36, 3.9), note(4, 45, 3.9)]
    expect(heard(loop(hand), loop(bass))).toEqual(['0 C', '4 Am7'])
    const again = [...chord(0, [60, 64, 67], 3.9), ...chord(4, [60, 64, 67], 3.9)]
    expect(heard(loop(again), loop([note(0, 36, 3.9), note(4, 40, 3.9)]))).toEqual(['0 C', '4 C/E'])
  })

  it('are inversions where a hand stays on another key, and not where it moves about', () => {
    const inverted = [...chord(0, [48, 52, 55], 3.8), ...chord(4, [52, 55, 60], 3.8)]
    expect(heard(loop(inverted), null)).toEqual(['0 C', '4 C/E'])
    const moved = [...chord(0, [60, 64, 67]), ...chord(1, [64, 67, 72]), ...chord(2, [67, 72, 76])]
    expect(heard(loop(moved, 1), null)).toEqual(['0 C'])
  })

  it('keep their name while keys are let go, and while a ninth comes and goes in a measure', () => {
    const letGo = [note(0, 50, 4), note(0, 53, 4), note(0, 57, 3), note(0, 60, 4), note(0, 65, 2)]
    expect(heard(loop(letGo, 1), null)).toEqual(['0 Dm7'])
    const coloured = [...chord(0, [50, 53, 57, 60]), ...chord(1, [50, 53, 57, 60, 64]), ...chord(2, [50, 53, 57, 60])]
    expect(heard(loop(coloured, 1), null)).toEqual(['0 Dm7'])
    const cliche = [...chord(0, [48, 64, 67]), ...chord(1, [48, 64, 67, 71]), ...chord(2, [48, 64, 67, 70])]
    expect(heard(loop(cliche, 1), null)).toEqual(['0 C', '1 Cmaj7', '2 C7'])
  })

  it('may be shells of two keys over it', () => {
    const shells = [...chord(0, [53, 60], 3.8), ...chord(4, [53, 59], 3.8)]
    expect(heard(loop(shells), loop([note(0, 38, 3.8), note(4, 43, 3.8)]))).toEqual(['0 Dm7', '4 G7'])
    expect(heard(loop(shells), null)).toEqual([])
  })

  it('are spelled in the key', () => {
    const inE = [...chord(0, [56, 59, 63, 68], 3.8), ...chord(4, [57, 61, 64, 68], 3.8)]
    expect(heard(loop(inE), null)).toEqual(['0 G#m', '4 Amaj7'])
    const inDb = [...chord(0, [54, 58, 61, 65], 3.8), ...chord(4, [56, 60, 63, 66], 3.8)]
    expect(heard(loop(inDb), null)).toEqual(['0 Gbmaj7', '4 Ab7'])
  })

  it('come round when both loops do', () => {
    const chords = loop(chord(0, rootless.Dm9, 3.8), 1)
    const bass = loop([note(0, 38, 3.8), note(4, 43, 3.8)], 2)
    expect(heard(chords, bass)).toEqual(['0 Dm9', '4 G13sus4'])
    expect(heard(chords, { ...bass, phase: 1 })).toEqual(['0 G13sus4', '4 Dm9'])
  })

  it('belong to the bass of their measure in another metre', () => {
    const waltz = parseMetre('3/4')
    const chords = loop([...chord(1, rootless.Dm9, 1.8), ...chord(4, rootless.G13, 1.8)], 2, 0, waltz)
    const bass = loop([note(0, 38, 0.9), note(3, 43, 0.9)], 2, 0, waltz)
    expect(heard(chords, bass)).toEqual(['1 Dm9', '4 G13'])
  })
})

describe('whatever is played', () => {
  const notes = fc.array(
    fc.record({
      beat: fc.integer({ min: -1, max: 31 }).map((step) => step / 4),
      pitch: fc.integer({ min: 30, max: 84 }),
      beats: fc.integer({ min: 1, max: 16 }).map((step) => step / 4),
    }),
    { minLength: 1, maxLength: 24 },
  )
  const loops = fc.tuple(notes, fc.integer({ min: 0, max: 1 })).map(([all, phase]) =>
    loop(
      all.map(({ beat, pitch, beats }) => note(beat, pitch, beats)),
      2,
      phase,
    ),
  )

  it('the changes rise, each to another chord, and are looked for once', () => {
    fc.assert(
      fc.property(loops, fc.option(loops), (chords, bass) => {
        const changes = chordsOf(chords, bass)
        for (const [index, { beat, chord: found }] of changes.entries()) {
          const before = changes[index - 1]
          expect(beat).toBeGreaterThan(before?.beat ?? -1)
          expect(found?.symbol).not.toBe(before?.chord?.symbol)
        }
        expect(chordsOf({ ...chords }, bass && { ...bass })).toBe(changes)
      }),
    )
  })

  it('a bass that plays the lowest key of each chord changes no name', () => {
    const hands = fc.uniqueArray(fc.integer({ min: 40, max: 60 }), { minLength: 3, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(hands, { minLength: 2, maxLength: 2 }), (both) => {
        const chords = loop(both.flatMap((hand, index) => chord(4 * index, hand, 3.8)))
        const bass = loop(both.map((hand, index) => note(4 * index, Math.min(...hand) - 12, 3.8)))
        // Their spelling may change, for the bass counts for the key.
        const sounds = (over: Loop | null) =>
          recogniseChords(chords, over).map((change) => [change.beat, change.chord?.root, change.chord?.tones])
        expect(sounds(bass)).toEqual(sounds(null))
      }),
    )
  })
})
