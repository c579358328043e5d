import { classInterval } from '../models/index.ts'
import { type Chord, type MidiPitch, pitchClass } from '../music/index.ts'
import { freeKinds } from './pocket.ts'

/** In semitones: the largest step, and the largest skip. */
const wholeStep = 2
const fifth = 7

/**
 * Notes the kind of each class of intervals, for the pocket dial: the same note, steps and skips, to tones of the chord and
 * of its scale, are free; leaps, and what is foreign to the scale, are guarded.
 */
export function notePitchKinds(kinds: Uint8Array, last: MidiPitch, chord: Chord | null): void {
  for (let token = 0; token < kinds.length; token++) {
    const interval = classInterval(token)
    const [size, tone] = [Math.abs(interval), pitchClass(last + interval)]
    if (size > fifth) kinds[token] = freeKinds
    else if (chord && !chord.scale.includes(tone)) kinds[token] = freeKinds + 1
    else {
      const step = size === 0 ? 0 : size <= wholeStep ? 1 : 2
      kinds[token] = 2 * step + (!chord || chord.tones.includes(tone) ? 0 : 1)
    }
  }
}
