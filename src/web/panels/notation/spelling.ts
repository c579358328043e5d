import { type Chord, type MidiPitch, mod, pitchClass } from '../../../music/index.ts'

/** A key signature: so many sharps, or, below 0, flats. */
export type KeySignature = number

/** How a pitch is written. */
export type Spelling = {
  readonly letter: string
  /** 1 is sharp, −1 flat. */
  readonly alteration: number
  /** As pitch names have it: 4 from middle C up. */
  readonly octave: number
}

/**
 * Names stand in fifths, from F at −1 over C at 0 to B at 5: sharps follow them, flats are before them. Whatever is near
 * in harmony is near on this line, and so is spelled alike.
 */
type Fifths = number

const letters = 'FCGDAEB'

const signatures: readonly KeySignature[] = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6]

/** What a sharp or flat beside the clef costs, in accidentals that it has to save. */
const signatureCost = 1 / 2

/** The signature with which a line needs the fewest accidentals; of equals the one with fewer, and rather flats. */
export function keySignature(pitches: readonly MidiPitch[]): KeySignature {
  const cost = (key: KeySignature) =>
    pitches.filter((pitch) => !isDiatonic(pitch, key)).length + Math.abs(key) * signatureCost
  return signatures.reduce((best, key) => (cost(key) < cost(best) ? key : best))
}

/** The major key of a signature, as ABC names it. */
export function keyName(key: KeySignature): string {
  const { letter, alteration } = nameAt(key)
  return letter + (['b', '', '#'][alteration + 1] ?? '')
}

/** What a letter is altered by in a key, unless an accidental says otherwise. */
export function alterationIn(key: KeySignature, letter: string): number {
  const place = letters.indexOf(letter) - 1
  return Math.floor((key + 5 - place) / 7)
}

/** What a pitch is spelled by. */
export type Surroundings = {
  readonly key: KeySignature
  /** The chord that it is played over. */
  readonly chord?: Chord | null
  /** The pitch that follows. */
  readonly next?: MidiPitch | null
}

/**
 * Spells a pitch: a chord's tone as the chord has it, a tone of the key as the key has it, and what leads on by a
 * semitone as what it leaves, so that the line goes up from a sharp and down from a flat.
 */
export function spell(pitch: MidiPitch, { key, chord = null, next = null }: Surroundings): Spelling {
  const place = chordPlace(pitch, chord) ?? keyPlace(pitch, key, next)
  const { letter, alteration } = nameAt(place)
  return { letter, alteration, octave: Math.floor((pitch - alteration) / 12) - 1 }
}

function nameAt(place: Fifths): Pick<Spelling, 'letter' | 'alteration'> {
  return { letter: letters[mod(place + 1, 7)] as string, alteration: Math.floor((place + 1) / 7) }
}

/** The name of a pitch that is at or next after a place on the line. */
function from(place: Fifths, pitch: MidiPitch): Fifths {
  return place + mod(7 * pitchClass(pitch) - place, 12)
}

function isDiatonic(pitch: MidiPitch, key: KeySignature): boolean {
  return from(key - 1, pitch) <= key + 5
}

function keyPlace(pitch: MidiPitch, key: KeySignature, next: MidiPitch | null): Fifths {
  const leads = next === null || isDiatonic(pitch, key) ? 0 : next - pitch
  const first = leads === 1 ? key - 1 : leads === -1 ? key - 6 : key - 4
  return readable(from(first, pitch))
}

/** How far from its root a chord's tone is in fifths, by its semitones over it: a third is a third, whatever the key. */
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

/** Nobody reads double accidentals at sight. */
function readable(place: Fifths): Fifths {
  if (place < -8) return place + 12
  return place > 12 ? place - 12 : place
}
