import type { NoteName } from './note-name.ts'

/** The numbers that a chord's tones have above its root. A sixth is 6 without a seventh, and 13 with one. */
const semitones: Readonly<Record<string, number>> = {
  1: 0,
  2: 2,
  3: 4,
  4: 5,
  5: 7,
  6: 9,
  7: 11,
  9: 14,
  11: 17,
  13: 21,
}

/** A tone of a chord as musicians call it: `3`, `b7`, `#11`; `7` is the major seventh, and `4` a suspension. */
export type Degree = string

/** A chord symbol that is understood: what it says, however it was spelled. */
export type ChordSymbol = {
  readonly root: NoteName
  /** The bass, where it is not the root. */
  readonly bass: NoteName | null
  /** From the root up, and each once. */
  readonly degrees: readonly Degree[]
}

/**
 * How far a degree is above the root, within an octave.
 *
 * @example degreeSemitones('#11') // => 6
 */
export function degreeSemitones(degree: Degree): number {
  const number = degree.replace(/^[b#]+/, '')
  const sharps = degree.startsWith('#') ? 1 : number.length - degree.length
  return ((semitones[number] ?? 0) + sharps + 12) % 12
}

function degreeNumber(degree: Degree): number {
  return Number(degree.replace(/^[b#]+/, ''))
}

/**
 * The same chord with each tone under its usual number: sixths are thirteenths over a seventh, C11 without its third is
 * C9sus4, Cm6b5 is Cdim7; in order, and each once.
 */
export function usualDegrees(found: Iterable<Degree>): readonly Degree[] {
  const all = new Set(found)
  const has = (...degrees: Degree[]) => degrees.some((degree) => all.has(degree))
  const rename = (from: Degree, to: Degree) => {
    if (all.delete(from)) all.add(to)
  }
  all.add('1')
  if (!has('b7', '7', 'bb7')) {
    rename('13', '6')
    if (has('b3') && has('b5') && !has('#5')) rename('6', 'bb7')
  }
  const seventh = has('b7', '7', 'bb7')
  for (const sign of ['', 'b']) rename(sign + (seventh ? '6' : '13'), sign + (seventh ? '13' : '6'))
  if (!has('3', 'b3', '2', '4', '#4', 'b2')) {
    rename('11', '4')
    if (!seventh && !has('4')) rename('9', '2')
  }
  if (has('4')) all.delete('11')
  if (has('2')) all.delete('9')
  return [...all].sort((a, b) => degreeNumber(a) - degreeNumber(b) || degreeSemitones(a) - degreeSemitones(b))
}
