import { seeded } from '../../models/index.ts'
import type { Beats, MidiPitch } from '../../music/index.ts'

/**
 * How one stroke differs from the next of the same drum: no hand strikes twice in the same place. It is read off the
 * stroke's place in the music and not off what was played before, so the same performance sounds the same wherever it is
 * rendered from.
 */
export type Touch = {
  /** Which of the drum's recordings is heard, from 0 to 1. */
  readonly which: number
  /** How much higher it is. */
  readonly cents: number
  /** How much louder, as a factor. */
  readonly level: number
  /** How much brighter, in dB of what softness takes away. */
  readonly brighter: number
  /** A tone of the skin or the metal that this place brings out, or doesn't: where it is, and by how many dB. */
  readonly ring: { readonly hertz: number; readonly decibels: number }
}

/** How a stroke is played at a beat. */
export function touchAt(pitch: MidiPitch, beat: Beats): Touch {
  // Places of a loop are far apart on no grid: a fraction of a beat tells one from the next.
  const random = seeded(Math.imul(Math.round(beat * 4096), 0x9e3779b1) ^ Math.imul(pitch + 1, 0x85ebca6b))
  /** Around 0, up to a distance, mostly near: the mean of two. */
  const around = (most: number) => most * (random.next() + random.next() - 1)
  return {
    which: random.next(),
    cents: around(16),
    level: 10 ** (around(0.8) / 20),
    brighter: around(2),
    ring: { hertz: 500 * 2 ** (4 * random.next()), decibels: around(4) },
  }
}
