import type { MidiPitch } from '../music/index.ts'

/** Where the hand is, from the keys that it played: plain data, which nothing changes. */
export type Hand = {
  /** A slow mean of the keys, of chords the top ones; null before the first. */
  readonly middle: number | null
  /** How many keys the mean is of, up to {@link slowKeys}. */
  readonly keys: number
  /** The keys of the last chord, or the last single key. */
  readonly last: readonly MidiPitch[]
}

/** A hand that has not played. */
export const noHand: Hand = { middle: null, keys: 0, last: [] }

/** About how many keys the mean is of. */
const slowKeys = 16

/** The hand once it has played a key. @param inChord whether it belongs to a chord with the last ones. */
export function moveHand({ middle, keys, last }: Hand, key: MidiPitch, inChord: boolean): Hand {
  if (middle === null || last.length === 0) return { middle: key, keys: 1, last: [key] }
  if (inChord) {
    const higher = Math.max(0, key - Math.max(...last))
    // A chord that is struck again and again doesn't add its keys a second time.
    const isHeld = last.length > 1 && last.includes(key)
    return { middle: middle + higher / keys, keys, last: isHeld ? last : [...last, key] }
  }
  const more = Math.min(slowKeys, keys + 1)
  return { middle: middle + (key - middle) / more, keys: more, last: [key] }
}

/** Whether the hand plays chords: the last thing that it played was one. */
export function playsChords({ last }: Hand): boolean {
  return last.length > 1
}

/** Where the top of a chord is likely to be whose first key goes down: as far above it as in the last chord. */
export function likelyTop({ last }: Hand, key: MidiPitch): MidiPitch {
  const [first, ...others] = last
  if (first === undefined) return key
  const nearest = others.reduce((best, each) => (Math.abs(each - key) < Math.abs(best - key) ? each : best), first)
  return key + Math.max(...last) - nearest
}
