import type { MidiPitch } from './note.ts'

/** The nine drum classes of DrumsRNN, in the order of their bits in its tokens. */
export const drums = [
  'kick',
  'snare',
  'closed-hat',
  'open-hat',
  'low-tom',
  'mid-tom',
  'high-tom',
  'crash',
  'ride',
] as const

export type Drum = (typeof drums)[number]

/**
 * Every percussion pitch of General MIDI (level 1: 35 to 81, level 2: 27 to 87) and of the Roland kits
 * in the Groove MIDI Dataset (22, 26), folded into the nine classes by how the sound is used. A class's
 * first pitch is the one to play it with.
 */
const pitchesOf: Record<Drum, readonly [MidiPitch, ...MidiPitch[]]> = {
  kick: [36, 35, 33, 86, 87],
  snare: [38, 37, 39, 40, 28, 29, 30, 31, 32, 34, 85],
  'closed-hat': [42, 22, 44, 27, 54, 69, 70, 73, 75, 76, 77, 82],
  'open-hat': [46, 26, 71, 72, 74, 83],
  'low-tom': [45, 41, 43, 58, 61, 64, 66, 68, 79],
  'mid-tom': [48, 47, 60, 62, 63, 65, 67, 78],
  'high-tom': [50],
  crash: [49, 52, 55, 57, 84],
  ride: [51, 53, 56, 59, 80, 81],
}

const drumOf = new Map<MidiPitch, Drum>(
  drums.flatMap((drum) => pitchesOf[drum].map((pitch): [MidiPitch, Drum] => [pitch, drum])),
)

/** The General MIDI pitch that plays a drum class. */
export function drumPitch(drum: Drum): MidiPitch {
  return pitchesOf[drum][0]
}

/**
 * The class that a percussion pitch folds into, or null outside General MIDI's percussion.
 *
 * @example pitchDrum(37) // => 'snare', a side stick
 */
export function pitchDrum(pitch: MidiPitch): Drum | null {
  return drumOf.get(pitch) ?? null
}
