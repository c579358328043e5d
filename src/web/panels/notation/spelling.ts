import { type Chord, isDiatonic, type KeySignature, type MidiPitch, mod, pitchClass } from '../../../music/index.ts'

export { type KeySignature, keySignature } from '../../../music/index.ts'

/** How a pitch is written. */
export type Spelling = {
  readonly letter: string
  /** 1 is sharp, −1 flat. */
  readonly alteration: number
  /** The octave of its name: 4 from middle C up. */
  readonly octave: number
}

/**
 * Note names on the line of fifths, from F at −1 over C at 0 to B at 5, with sharps after them and flats before them. What
 * is near in harmony is near on this line.
 */
type Fifths = number

const letters = 'FCGDAEB'

/** The major key of a signature, as ABC names it. */
export function keyName(key: KeySignature): string {
  const { letter, alteration } = nameAt(key)
  return letter + (['b', '', '#'][alteration + 1] ?? '')
}

/** The alteration of a letter by a key signature. */
export function alterationIn(key: KeySignature, letter: string): number {
  const place = letters.indexOf(letter) - 1
  return Math.floor((key + 5 - place) / 7)
}

/** What decides the spelling of a pitch. */
export type Surroundings = {
  readonly key: KeySignature
  /** The chord that it is played over. */
  readonly chord?: Chord | null
  /** The pitch that follows. */
  readonly next?: MidiPitch | null
}

/**
 * Spells a pitch: a chord tone as in the chord, a tone of the key as in the key, and a chromatic approach with a sharp if
 * the line goes up and with a flat if it goes down.
 */
export function spell(pitch: MidiPitch, { key, chord = null, next = null }: Surroundings): Spelling {
  const place = chordPlace(pitch, chord) ?? keyPlace(pitch, key, next)
  const { letter, alteration } = nameAt(place)
  return { letter, alteration, octave: Math.floor((pitch - alteration) / 12) - 1 }
}

function nameAt(place: Fifths): Pick<Spelling, 'letter' | 'alteration'> {
  return { letter: letters[mod(place + 1, 7)] as string, alteration: Math.floor((place + 1) / 7) }
}

/** The name of a pitch at a place on the line of fifths, or at the next one after it. */
function from(place: Fifths, pitch: MidiPitch): Fifths {
  return place + mod(7 * pitchClass(pitch) - place, 12)
}

function keyPlace(pitch: MidiPitch, key: KeySignature, next: MidiPitch | null): Fifths {
  const leads = next === null || isDiatonic(pitch, key) ? 0 : next - pitch
  const first = leads === 1 ? key - 1 : leads === -1 ? key - 6 : key - 4
  return readable(from(first, pitch))
}

/** The distance of a chord tone from its root in fifths, by its semitones: a third is a third in any key. */
function chordPlace(pitch: MidiPitch, chord: Chord | null): Fifths | null {
  if (!chord?.tones.includes(pitchClass(pitch))) return null
  const has = (semitones: number) => chord.tones.includes(pitchClass(chord.root + semitones))
  const flatFifth = has(3) && !has(7)
  const fifths = [0, -5, 2, has(4) ? 9 : -3, 4, -1, flatFifth ? -6 : 6, 1, has(7) ? -4 : 8, 3, -2, 5]
  if (flatFifth && has(6) && !has(10)) fifths[9] = -9
  const [, letter = '', alteration] = /^([A-G])([b♭#♯]?)/.exec(chord.symbol) ?? []
  const root = letters.indexOf(letter) - 1 + (alteration === '' ? 0 : 'b♭'.includes(alteration ?? '') ? -7 : 7)
  return readable(root + (fifths[mod(pitch - chord.root, 12)] as Fifths))
}

/** Double accidentals are avoided: they are hard to read at sight. */
function readable(place: Fifths): Fifths {
  if (place < -8) return place + 12
  return place > 12 ? place - 12 : place
}
