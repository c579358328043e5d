import { type Chord, type PitchClass, pitchClass } from '../../src/music/index.ts'

/** Scales in semitones over the root: a chord's is the first that holds all of its tones. */
const scales = [
  [0, 2, 4, 5, 7, 9, 11],
  [0, 2, 4, 5, 7, 9, 10],
  [0, 2, 3, 5, 7, 9, 10],
  [0, 1, 3, 5, 6, 8, 10],
  [0, 2, 4, 6, 7, 9, 11],
  [0, 2, 4, 6, 7, 9, 10],
  [0, 2, 3, 5, 7, 9, 11],
  [0, 2, 3, 5, 6, 8, 9, 11],
  [0, 1, 4, 5, 7, 8, 10],
  [0, 1, 3, 4, 6, 8, 10],
  [0, 1, 3, 4, 6, 7, 9, 10],
  [0, 2, 4, 6, 8, 10],
]

/** The triads (and two sevenths) of the database's notation, in the order to try them. */
const triads: readonly (readonly [string, readonly number[]])[] = [
  ['m7b5', [0, 3, 6, 10]],
  ['o7', [0, 3, 6, 9]],
  ['o', [0, 3, 6]],
  ['-', [0, 3, 7]],
  ['+', [0, 4, 8]],
  ['sus', [0, 5, 7]],
  ['', [0, 4, 7]],
]

const added: Readonly<Record<string, readonly number[]>> = {
  j7: [11],
  7: [10],
  6: [9],
  9: [2],
  '9b': [1],
  '9#': [3],
  11: [5],
  '11#': [6],
  13: [9],
  '13b': [8],
  alt: [1, 3, 8, 10],
}

/**
 * The chord of a symbol of the Weimar Jazz Database, or null for `NC`. Its tones are those that the symbol names, as
 * in training; lead sheets' symbols mean more by a 13 or an alt.
 *
 * @example weimarChord('G79b/B')?.tones // => [2, 5, 7, 8, 11]
 */
export function weimarChord(symbol: string): Chord | null {
  const [, letter, alteration = '', quality = '', bassLetter, bassAlteration = ''] =
    /^([A-G])([b#]?)([^/]*)(?:\/([A-G])([b#]?))?$/.exec(symbol) ?? []
  if (letter === undefined) return null
  const [prefix, triad] = triads.find(([name]) => quality.startsWith(name)) ?? ['', []]
  const names = quality.slice(prefix.length).match(/alt|j7|7|6|(?:9|11|13)[b#]?/g) ?? []
  const degrees = new Set([...triad, ...names.flatMap((name) => added[name] ?? [])])
  const scale = scales.find((each) => [...degrees].every((degree) => each.includes(degree)))
  const root = named(letter, alteration)
  return {
    symbol,
    root,
    bass: bassLetter === undefined ? root : named(bassLetter, bassAlteration),
    tones: over(root, degrees),
    scale: over(root, new Set(scale ?? [...degrees, ...(scales[1] as number[])])),
  }
}

/** Of the chords that the database spells otherwise than lead sheets do. */
const leadSheetQualities: Readonly<Record<string, string>> = {
  '-j7': 'mMaj7',
  '-79': 'm9',
  '-7911': 'm11',
  'j7911#': 'maj9#11',
  'j79#11#': 'maj7#9#11',
  79: '9',
  7913: '13',
  '79b': '7b9',
  '79#': '7#9',
  '7911#': '9#11',
  '79b13': '13b9',
  '+79#': '7#5#9',
  sus79: '9sus4',
}

/**
 * A symbol of the database as lead sheets spell it.
 *
 * @example leadSheetSymbol('Eb79b/G') // => 'Eb7b9/G'
 */
export function leadSheetSymbol(symbol: string): string {
  const [, root = '', quality = symbol, bass = ''] = /^([A-G][b#]?)([^/]*)(\/.*)?$/.exec(symbol) ?? []
  return root + (leadSheetQualities[quality] ?? quality) + bass
}

function named(letter: string, alteration: string): PitchClass {
  const natural = [9, 11, 0, 2, 4, 5, 7]['ABCDEFG'.indexOf(letter)] as number
  return pitchClass(natural + (alteration === '#' ? 1 : alteration === 'b' ? -1 : 0))
}

function over(root: PitchClass, degrees: ReadonlySet<number>): PitchClass[] {
  return [...degrees].map((degree) => pitchClass(root + degree)).sort((a, b) => a - b)
}
