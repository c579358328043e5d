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

/** One of the nine drum classes. */
export type Drum = (typeof drums)[number]

/**
 * Every percussion pitch of General MIDI (level 1: 35 to 81, level 2: 27 to 87) and of the Roland kits in the
 * Groove MIDI Dataset (22, 26), folded into the nine classes as note-seq's drums_encoder_decoder folds them, which
 * is what Magenta's drum models were trained on. A class's first pitch is the one to play it with.
 */
const pitchesOf: Record<Drum, readonly [MidiPitch, ...MidiPitch[]]> = {
  kick: [36, 35],
  snare: [38, 27, 28, 31, 32, 33, 34, 37, 39, 40, 56, 65, 66, 75, 85],
  'closed-hat': [42, 22, 44, 54, 68, 69, 70, 71, 73, 78, 80],
  'open-hat': [46, 26, 67, 72, 74, 79, 81],
  'low-tom': [45, 29, 41, 43, 61, 64, 84],
  'mid-tom': [48, 47, 60, 63, 77, 86, 87],
  'high-tom': [50, 30, 62, 76, 83],
  crash: [49, 52, 55, 57, 58],
  ride: [51, 53, 59, 82],
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
