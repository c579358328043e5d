import type { ChordSymbol } from './chord-degrees.ts'
import { degreeSemitones } from './chord-degrees.ts'
import { readChordSymbol } from './chord-grammar.ts'
import { chordName, respell } from './chord-name.ts'
import type { KeySignature } from './key.ts'
import type { PitchClass } from './note.ts'
import { pitchClass } from './note.ts'
import { type NoteNaming, namePitchClass } from './note-name.ts'

/** A chord as an improviser sees it: tones over a root, a bass, and the scale that goes with them. */
export type Chord = {
  /** As written, such as `Dm7` or `C7/E`, its notes in English. */
  readonly symbol: string
  readonly root: PitchClass
  readonly bass: PitchClass
  /** The chord's tones, from the root up. */
  readonly tones: readonly PitchClass[]
  /** The chord's scale, from the root up; it holds every tone. */
  readonly scale: readonly PitchClass[]
}

/**
 * Reads a chord symbol in the spellings that lead sheets use.
 *
 * @returns null when the text is not a chord symbol.
 * @example parseChord('Dm7')?.tones // => [2, 5, 9, 0]
 * @example parseChord('A(b9)')?.tones // => [9, 1, 4, 10]
 */
export function parseChord(symbol: string): Chord | null {
  return readChord(symbol)?.chord ?? null
}

/** A chord that was read, and a sentence where its symbol can be read in another way. */
export type ReadChord = { readonly chord: Chord; readonly doubt: string | null }

/**
 * Reads a chord symbol, and says where it was in doubt.
 *
 * @param naming how its notes are called: `german` reads H as B, and B as B flat.
 * @returns null when the text is not a chord symbol.
 */
export function readChord(symbol: string, naming: NoteNaming = 'english'): ReadChord | null {
  const read = readChordSymbol(symbol, naming)
  return read && { chord: chordOf(read.symbol, read.english ?? symbol.trim()), doubt: read.doubt }
}

/** What a chord symbol says, under the name that it is to have. */
export function chordOf({ root, bass, degrees }: ChordSymbol, symbol: string): Chord {
  const pitch = namePitchClass(root)
  const tones = [...new Set(degrees.map((degree) => pitchClass(pitch + degreeSemitones(degree))))]
  return {
    symbol,
    root: pitch,
    bass: bass === null ? pitch : namePitchClass(bass),
    tones,
    scale: chordScale(pitch, tones),
  }
}

/**
 * The same chord, moved by semitones and named for the key that it is moved to.
 *
 * @example transposeChord(parseChord('Bb-7/Ab'), 2, 0).symbol // => 'Cm7/Bb'
 */
export function transposeChord(chord: Chord, by: number, key: KeySignature): Chord {
  const read = readChordSymbol(chord.symbol)
  if (!read) throw new RangeError(`“${chord.symbol}” is not a chord symbol.`)
  const moved = respell(read.symbol, key, by)
  return chordOf(moved, chordName(moved))
}

/** The scale played over a chord: the first of these, the usual ones first, that holds all its tones. */
const chordScales: readonly (readonly number[])[] = [
  [0, 2, 4, 5, 7, 9, 11], // ionian
  [0, 2, 4, 5, 7, 9, 10], // mixolydian
  [0, 2, 3, 5, 7, 9, 10], // dorian
  [0, 2, 4, 6, 7, 9, 11], // lydian
  [0, 1, 3, 5, 6, 8, 10], // locrian
  [0, 2, 4, 6, 7, 9, 10], // lydian dominant
  [0, 2, 3, 5, 7, 9, 11], // melodic minor
  [0, 2, 4, 6, 8, 10], // whole tone
  [0, 2, 4, 6, 8, 9, 11], // lydian augmented
  [0, 2, 3, 5, 7, 8, 10], // aeolian
  [0, 1, 3, 5, 7, 8, 10], // phrygian
  [0, 2, 4, 5, 7, 8, 10], // mixolydian b6
  [0, 1, 3, 4, 6, 7, 9, 10], // half-whole diminished
  [0, 2, 3, 5, 6, 8, 9, 11], // diminished
  [0, 2, 3, 5, 7, 8, 11], // harmonic minor
  [0, 1, 4, 5, 7, 8, 10], // phrygian dominant
  [0, 1, 3, 4, 6, 8, 10], // altered
]

function chordScale(root: PitchClass, tones: readonly PitchClass[]): PitchClass[] {
  const degrees = tones.map((tone) => pitchClass(tone - root))
  const scale = chordScales.find((candidate) => degrees.every((degree) => candidate.includes(degree)))
  return (scale ?? degrees).map((degree) => pitchClass(degree + root))
}
