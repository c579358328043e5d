import { type Chord, type MidiPitch, type PitchClass, pitchClass } from '../music/index.ts'

/** Keys that are not neighbours stay so: a key between them finds its place. */
const room = 2

/** A key of a chord that is down, with what it sounds. */
export type ChordVoice = { readonly key: MidiPitch; readonly pitch: MidiPitch }

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
  others: readonly ChordVoice[],
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

/** What it costs a pitch that the chord has its tone already, or a neighbour a semitone away; in semitones. */
const [doubled, clash] = [1.5, 1.5]

/**
 * The pitch that another key adds to a chord, under its lead: a tone of the harmony, as far down from the lead as the
 * key is in the hand. A key above all others takes the lead, and what it adds lies as deep as the hand is wide.
 *
 * @param played the key.
 * @param others the chord's other keys that are down, with what they sound; at least one. The highest pitch is the lead.
 * @param tones the harmony's; none lets every tone be one.
 * @param lowest no pitch is lower, as long as there is another.
 * @returns a pitch that none of the others sounds.
 */
export function voiceUnder(
  played: MidiPitch,
  others: readonly ChordVoice[],
  tones: readonly PitchClass[] | null,
  lowest: MidiPitch,
): MidiPitch {
  const keys = others.map(({ key }) => key)
  const taken = others.map(({ pitch }) => pitch)
  const [lead, top] = [Math.max(...taken), Math.max(...keys)]
  const wanted = lead - (played > top ? played - Math.min(...keys) : top - played)
  const isFree = (pitch: number) => !taken.includes(pitch)
  const isTone = (pitch: number) => !tones || tones.includes(pitchClass(pitch))
  const cost = (pitch: number) =>
    Math.abs(pitch - wanted) +
    (taken.some((other) => pitchClass(other) === pitchClass(pitch)) ? doubled : 0) +
    (taken.some((other) => Math.abs(other - pitch) === 1) ? clash : 0)
  let [best, least]: [MidiPitch | undefined, number] = [undefined, Number.POSITIVE_INFINITY]
  for (let pitch = lead - 1; pitch >= lowest; pitch--) {
    if (!isFree(pitch) || !isTone(pitch) || cost(pitch) >= least) continue
    ;[best, least] = [pitch, cost(pitch)]
  }
  return best ?? nearest(wanted, (pitch) => isFree(pitch) && isTone(pitch)) ?? nearest(wanted, isFree) ?? played
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
