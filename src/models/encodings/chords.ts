import type { Chord } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'
import type { SequenceEncoding } from './encoding.ts'

/** How a chord becomes the first part of an input row. */
export type ChordEncoding = {
  readonly name: string
  readonly inputs: number
  encode(row: InputRow, chord: Chord | null): void
}

/** Magenta's PitchChordsEncoderDecoder: a flag for no chord, then root, tones and bass as pitch classes. */
export const pitchChords: ChordEncoding = {
  name: 'chord-pitches',
  inputs: 37,
  encode(row, chord) {
    if (!chord) {
      row.add(0)
      return
    }
    row.add(1 + chord.root)
    for (const tone of chord.tones) row.add(13 + tone)
    row.add(25 + chord.bass)
  },
}

/** Magenta's MajorMinorChordOneHotEncoding: no chord, twelve major, twelve minor. */
export const majorMinorChords: ChordEncoding = triadChords('major-minor', ['0 4 7', '0 3 7'])

/** Magenta's TriadChordOneHotEncoding: no chord, then twelve each of major, minor, augmented and diminished. */
export const triads: ChordEncoding = triadChords('triads', ['0 4 7', '0 3 7', '0 4 8', '0 3 6'])

/** An encoding that takes the next step's chord before another encoding's input. */
export function conditioned(chords: ChordEncoding, melody: SequenceEncoding): SequenceEncoding {
  const inner = melody.encode
  return {
    ...melody,
    name: chords.name,
    key: null,
    chords: true,
    inputs: chords.inputs + melody.inputs,
    encode(row, events, step, { chords: played = [] } = {}) {
      inner(row, events, step)
      for (let entry = 0; entry < row.count; entry++)
        row.indices[entry] = (row.indices[entry] as number) + chords.inputs
      chords.encode(row, played[Math.min(step + 1, played.length - 1)] ?? null)
    },
  }
}

/**
 * One-hot triads. Chords beyond them count as the triad they are built on; one that is built on none of them
 * counts as no chord, where Magenta would refuse it.
 */
function triadChords(name: string, kinds: readonly string[]): ChordEncoding {
  return {
    name,
    inputs: 1 + 12 * kinds.length,
    encode(row, chord) {
      const degrees = chord?.tones.slice(0, 3).map((tone) => (tone - chord.root + 12) % 12) ?? []
      const kind = kinds.indexOf(degrees.join(' '))
      row.add(chord && kind >= 0 ? 1 + 12 * kind + chord.root : 0)
    },
  }
}
