import type { MidiPitch, Velocity } from '../../music/index.ts'
import type { Happening } from '../../session/index.ts'

/** A key of the computer that is a key of the piano. */
export type PianoKey = {
  /** As `KeyboardEvent.code` names it. */
  readonly code: string
  /** What is written on it on most keyboards. */
  readonly label: string
  /** From the C of the upper manual. */
  readonly semitones: number
}

/** So many semitones as the keys of a row lie apart from its first. */
const row = (keys: string, from: number, semitones: readonly number[]): PianoKey[] =>
  keys.split(' ').map((label, index) => ({ code: codeOf(label), label, semitones: from + (semitones[index] ?? 0) }))

/** An octave and a half, black keys too, as most music programs have it: C is A. */
const upperManual = [
  ...row('A S D F G H J K L ; \'', 0, [0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 17]),
  ...row('W E T Y U O P', 0, [1, 3, 6, 8, 10, 13, 15]),
]

/** The octave below: C is Z. It has no row for black keys, for the digits are not the piano's: Shift sharpens it. */
const lowerManual = row('Z X C V B N M , .', -12, [0, 2, 4, 5, 7, 9, 11, 12, 14])

/** Two octaves and a half, each pitch once. */
export const pianoKeys: readonly PianoKey[] = [...upperManual, ...lowerManual.filter(({ semitones }) => semitones < 0)]
