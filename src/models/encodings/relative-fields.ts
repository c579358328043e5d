import { type Beats, type Chord, type MidiPitch, pitchClass } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'

/** The beats within which the next chord comes are shown as flags. */
export const chordAheadBeats: readonly Beats[] = [0.5, 1, 2, 4, 8]

/** The places that {@link addChord} takes in a row. */
export const chordInputs = 1 + 2 * 12

/** Adds that there is a chord, its root, and its tones, counted up from the last pitch. */
export function addChord(row: InputRow, offset: number, chord: Chord | null, last: MidiPitch): void {
  if (!chord) return
  row.add(offset).add(offset + 1 + pitchClass(chord.root - last))
  for (const tone of chord.tones) row.add(offset + 13 + pitchClass(tone - last))
}

/** Adds within how many of {@link chordAheadBeats} the next chord comes. */
export function addTimeToChord(row: InputRow, offset: number, beats: Beats): void {
  for (let index = 0; index < chordAheadBeats.length; index++) {
    if (beats <= (chordAheadBeats[index] as Beats)) row.add(offset + index)
  }
}

/** Adds twelve weights so that the last pitch's own comes first. */
export function addRotated(row: InputRow, offset: number, weights: readonly number[], last: MidiPitch): void {
  for (let tone = 0; tone < 12; tone++) {
    const weight = weights[tone] as number
    if (weight > 0) row.add(offset + pitchClass(tone - last), weight)
  }
}

/** Bounds a value. */
export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
