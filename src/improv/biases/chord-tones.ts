import { type MidiPitch, type PitchClass, pitchClass } from '../../music/index.ts'
import { addToEach, type LogitBias } from './logit-bias.ts'

/** What {@link chordTones} goes by. */
export type ChordTonesOptions = {
  /** Where the hand plays chords, the tones that they may have, and where the top of the next one belongs; else null. */
  readonly comping: { readonly tones: readonly PitchClass[]; readonly top: MidiPitch } | null
}

/** Counts as much as harmony at 1. */
const never = -1e4

/** Half an octave to either side has each tone once. */
const nearby = 6

/** For each semitone further away: the nearest tone is taken where none is near. */
const far = -100

/** Lets a hand that plays chords have chord tones on top of them, too, near the hand. */
export const chordTones: LogitBias<ChordTonesOptions> = (bias, { last }, { comping }) => {
  if (!comping) return
  const { tones, top } = comping
  addToEach(bias, (interval) => {
    const pitch = last + interval
    const further = Math.max(0, Math.abs(pitch - top) - nearby)
    return (tones.includes(pitchClass(pitch)) ? 0 : never) + further * far
  })
}
