import type { BandStyleName } from './style-names.ts'

/** What a band sounds like: General MIDI programs, from 0. */
export type BandSounds = { readonly bass: number; readonly chords: number }

/** An upright bass with a piano or a guitar, and an electric one with an electric piano or a piano. */
const acoustic: BandSounds = { bass: 32, chords: 0 }
const withGuitar: BandSounds = { bass: 32, chords: 24 }
const electric: BandSounds = { bass: 33, chords: 4 }
const withPiano: BandSounds = { bass: 33, chords: 0 }

/** What the styles sound like. */
export const styleSounds: Readonly<Record<BandStyleName, BandSounds>> = {
  swing: acoustic,
  ballad: acoustic,
  bossa: withGuitar,
  samba: withGuitar,
  latin: withPiano,
  funk: { bass: 33, chords: 7 },
  rock: { bass: 33, chords: 27 },
  pop: electric,
  shuffle: withPiano,
  waltz: acoustic,
  modal: acoustic,
  odd: electric,
}
