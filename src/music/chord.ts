import { ChordType, Scale, Chord as TonalChord, Note as TonalNote } from 'tonal'
import type { MidiPitch, PitchClass } from './note.ts'
import { pitchClass } from './note.ts'

/** A chord as an improviser sees it: tones over a root, a bass, and the scale that goes with them. */
export type Chord = {
  /** As written, such as `Dm7` or `C7/E`. */
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
 */
export function parseChord(symbol: string): Chord | null {
  const spelled = habits.reduce((text, [habit, standard]) => text.replace(habit, standard), symbol.trim())
  const [, name = spelled, over] = /^(.+)\/([A-G][b#]?)$/.exec(spelled) ?? []
  const [tonic, type] = TonalChord.tokenize(name)
  if (!/^[A-G]/.test(name) || !chordTypes.has(type)) return null
  const root = chroma(tonic)
  const tones = TonalChord.get([tonic, type]).notes.map(chroma)
  return {
    symbol: symbol.trim(),
    root,
    bass: over === undefined ? root : chroma(over),
    tones,
    scale: chordScale(root, tones),
  }
}

/**
 * Names the chord that these keys make together. The fifth may be left out; a bass that is not the root
 * stands after a slash.
 *
 * @returns null for fewer than three pitch classes and for what has no customary name.
 * @example nameChord([50, 60, 65, 69]) // => 'Dm7'
 * @example nameChord([52, 55, 60]) // => 'C/E'
 */
export function nameChord(pitches: readonly MidiPitch[]): string | null {
  const fromLowest = [...new Set([...pitches].sort((a, b) => a - b).map(pitchClass))]
  if (fromLowest.length < 3) return null
  const notes = fromLowest.map((pitch) => TonalNote.pitchClass(TonalNote.fromMidi(pitch)))
  const found = TonalChord.detect(notes, { assumePerfectFifth: true })
  const named = found.map((symbol) => symbol.replace('no5', '').replace(/^([A-G][b#]?)M(?=$|\/)/, '$1'))
  return named.find((symbol) => !isCurious(symbol) && explains(symbol, fromLowest)) ?? null
}

/** To every musician a minor chord with a sharp fifth is a major chord over its third. */
function isCurious(symbol: string): boolean {
  return symbol.includes('m#5')
}

function explains(symbol: string, pitches: readonly PitchClass[]): boolean {
  const chord = parseChord(symbol)
  return pitches.every((pitch) => pitch === chord?.bass || chord?.tones.includes(pitch))
}

/** Every chord type that tonal knows, under all its names. */
const chordTypes = new Set(ChordType.all().flatMap(({ name, aliases }) => [name, ...aliases]))

/** Spellings that lead sheets use and tonal does not know, in the order to replace them. */
const habits: readonly (readonly [RegExp, string])[] = [
  [/♭/g, 'b'],
  [/♯/g, '#'],
  [/[()]/g, ''],
  [/^([A-G][b#]?)(?:mi|min)(?=$|[\d/])/, '$1m'],
  [/^([A-G][b#]?)(?:j7|MA7|Δ7)/, '$1maj7'],
  [/^([A-G][b#]?)(ø|h)7/, '$1ø'],
  [/^([A-G][b#]?)alt(?=$|\/)/, '$17alt'],
]

/** The scale played over a chord: the first of these, the usual ones first, that holds all its tones. */
const chordScales = [
  'ionian',
  'mixolydian',
  'dorian',
  'lydian',
  'locrian',
  'lydian dominant',
  'melodic minor',
  'whole tone',
  'lydian augmented',
  'aeolian',
  'phrygian',
  'mixolydian b6',
  'half-whole diminished',
  'diminished',
  'harmonic minor',
  'phrygian dominant',
  'altered',
].map((name) => Scale.get(`C ${name}`).notes.map(chroma))

function chordScale(root: PitchClass, tones: readonly PitchClass[]): PitchClass[] {
  const degrees = tones.map((tone) => pitchClass(tone - root))
  const scale = chordScales.find((candidate) => degrees.every((degree) => candidate.includes(degree)))
  return (scale ?? degrees).map((degree) => pitchClass(degree + root))
}

function chroma(name: string): PitchClass {
  return TonalNote.chroma(name)
}
