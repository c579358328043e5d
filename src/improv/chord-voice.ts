import { type Chord, type MidiPitch, pitchClass } from '../music/index.ts'

/** Keys that are not neighbours stay so: a key between them finds its place. */
const room = 2

/**
 * The pitch of another key of a chord, whose first key has its pitch: the hand's shape, moved to where the line is and
 * bent to the harmony, on the same side of its neighbours as the keys.
 *
 * @param played the key.
 * @param others the chord's other keys that are down, with what they sound; at least one.
 * @param harmony where above 0, the nearest tone of the chord's scale is taken.
 * @returns a pitch that none of the others sounds, as long as there is one.
 */
export function chordVoice(
  played: MidiPitch,
  others: readonly { readonly key: MidiPitch; readonly pitch: MidiPitch }[],
  chord: Chord | null,
  harmony: number,
): MidiPitch {
  const [first = { key: played, pitch: played }] = others
  const wanted = first.pitch + played - first.key
  const taken = (pitch: number) => others.some((other) => other.pitch === pitch)
  const apart = (pitch: number, least: number) =>
    !taken(pitch) &&
    others.every((other) => {
      const hand = played - other.key
      return (pitch - other.pitch) * Math.sign(hand) >= Math.min(least, Math.abs(hand))
    })
  const fits = (pitch: number) => !chord || harmony === 0 || chord.scale.includes(pitchClass(pitch))
  return (
    nearest(wanted, (pitch) => apart(pitch, room) && fits(pitch)) ??
    nearest(wanted, (pitch) => apart(pitch, room)) ??
    nearest(wanted, (pitch) => apart(pitch, 1)) ??
    nearest(wanted, (pitch) => !taken(pitch)) ??
    played
  )
}

/** The pitch nearest to another that passes a test; of two the higher one. */
function nearest(wanted: number, test: (pitch: MidiPitch) => boolean): MidiPitch | undefined {
  const passes = (pitch: number) => pitch >= 0 && pitch < 128 && test(pitch)
  for (let distance = 0; distance < 256; distance++) {
    if (passes(wanted + distance)) return wanted + distance
    if (passes(wanted - distance)) return wanted - distance
  }
  return undefined
}
