import { describe, expect, it } from 'vitest'
import { fourFour, parseChord } from '../music/index.ts'
import { arrange } from './arrange.ts'
import { formOf } from './form.ts'
import { playBand } from './play-band.ts'
import { bandStyles } from './styles/index.ts'

const bars = ['Dm7', 'G7', 'Em7', 'Am7'].map((symbol) => {
  return { metre: fourFour, section: null, chords: [{ beat: 0, chord: parseChord(symbol) }] }
})
const measures = arrange(formOf(bars), 2)

describe.each(bandStyles)('the whole band in $name', (style) => {
  const played = playBand(measures, { style, bpm: style.bpm, intensity: 0.5, seed: 1 })

  it('plays every measure, in the order of time, within the music', () => {
    for (const notes of Object.values(played)) {
      const beats = notes.map(({ beat }) => beat)
      expect(beats).toEqual([...beats].sort((a, b) => a - b))
      expect(Math.min(...beats)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...beats)).toBeLessThan(4 * measures.length)
    }
    expect(new Set(played.bass.map(({ beat }) => Math.floor(beat / 4))).size).toBe(measures.length)
  })

  it('strikes no key that still sounds', () => {
    for (const notes of Object.values(played)) {
      const ends = new Map<number, number>()
      for (const { pitch, beat, beats } of notes) {
        expect(beat).toBeGreaterThanOrEqual((ends.get(pitch) ?? 0) - 1e-9)
        ends.set(pitch, beat + beats)
      }
    }
  })
})
