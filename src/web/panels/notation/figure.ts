import { type MidiPitch, pitchName } from '../../../music/index.ts'

/** Music in notation, and in words for screen readers. */
export type Figure = { readonly abc: string; readonly spoken: string }

/** The names of pitches, one after another. */
export function spoken(pitches: readonly MidiPitch[]): string {
  return pitches.map(pitchName).join(' ')
}
