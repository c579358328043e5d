import { type MidiPitch, mod, type PitchClass, pitchClass } from '../../music/index.ts'
import { chordPartsOf } from '../harmony.ts'
import type { Slot } from './slots.ts'

/** A cost at which a pitch is played only where there is nothing else. */
const wrong = 8

/**
 * What each pitch costs as a tone of its slot’s chord: costs of music are about 1.
 *
 * @param isInverted the chord begins with its third or fifth. @param isDiatonic lines approach by the scales of both chords.
 */
export function toneCost(slot: Slot, isInverted: boolean, isDiatonic = false): (pitch: MidiPitch) => number {
  const { chord, kind, isStart, isStrong, following } = slot
  const { third, fifth, seventh } = chordPartsOf(chord)
  const isSlash = chord.bass !== chord.root
  const tones = new Set([...chord.tones, chord.bass])
  const scale = new Set(chord.scale)
  // A fourth rubs against a major third.
  const avoided = third === mod(chord.root + 4, 12) ? mod(chord.root + 5, 12) : null
  return (pitch) => {
    const tone = pitchClass(pitch)
    const isBass = tone === chord.bass
    const isInner = tones.has(tone)
    if (isStart && !isSlash && isInverted) {
      return tone === third ? 0 : tone === fifth ? 0.3 : isBass ? 1.3 : isInner ? 2 : wrong
    }
    if (isStart || kind === 'r' || isSlash) return isBass ? 0 : isSlash && !isStart && isInner ? 1.2 : wrong
    switch (kind) {
      case 'o':
        return isBass ? (pitch < 40 ? 1.5 : 0) : 5
      case '5':
        return tone === fifth ? 0 : fifth === null && isBass ? 0 : isBass ? 1.6 : tone === seventh ? 2 : 5
      case '7':
        return tone === seventh ? 0 : tone === fifth ? 0.3 : isBass ? 1 : 5
      case '3':
        return tone === third ? 0 : tone === fifth ? 1 : isBass ? 1.5 : 5
      case 'x':
        return isBass || tone === fifth ? 0 : 3
      case 'c':
        return isBass ? 0.1 : tone === fifth ? 0.2 : isInner ? 0.7 : 6
      case 'a':
        if (isDiatonic && !(scale.has(tone) && (following?.scale.includes(tone) ?? true))) return 2
        return isInner ? 0.4 : scale.has(tone) ? 0.5 : 0.7
      default:
        if (isStrong) return isBass ? 0.5 : isInner ? (tone === third || tone === fifth ? 0 : 0.4) : 4
        return isInner ? 0.2 : tone === avoided ? 0.9 : scale.has(tone) ? 0.4 : 0.9
    }
  }
}

/** Whether a tone is strange to its slot’s chord: one that only leads on, by a half step. */
export function isStrange({ chord }: Slot, tone: PitchClass): boolean {
  return !chord.scale.includes(tone) && !chord.tones.includes(tone) && tone !== chord.bass
}
