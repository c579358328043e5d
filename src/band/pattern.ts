import type { Random } from '../models/index.ts'
import type { Beats, Metre } from '../music/index.ts'
import { pick } from './chance.ts'

/**
 * A rhythm, a letter for each sixteenth. `-` holds the note before, `.` is a rest; every other letter or digit begins a note
 * and says what kind it is, a capital one with an accent. Rhythms are written straight; the style swings them.
 */
export type Pattern = {
  readonly text: string
  /** How much is going on when it suits best, from 0 to 1. */
  readonly energy: number
  /** How often it is played, against others that suit as well; 1 unless given. */
  readonly weight?: number
}

/** A note of a pattern. */
export type PatternNote = {
  readonly beat: Beats
  readonly beats: Beats
  /** The letter, a small one. */
  readonly kind: string
  readonly isAccented: boolean
}

/** Letters in a beat. */
const perBeat = 4

/** How long a pattern is. */
export function patternBeats({ text }: Pick<Pattern, 'text'>): Beats {
  return text.length / perBeat
}

/** The notes of a pattern, from a beat on. */
export function patternNotes({ text }: Pick<Pattern, 'text'>, start: Beats = 0): PatternNote[] {
  return [...text.matchAll(/[a-z\d]-*/gi)].map((match) => {
    const [letters] = match
    const letter = letters.charAt(0)
    return {
      beat: start + match.index / perBeat,
      beats: letters.length / perBeat,
      kind: letter.toLowerCase(),
      isAccented: letter !== letter.toLowerCase(),
    }
  })
}

/** How long what is tied over the bar line goes on after it. */
export const tiedBeats: Beats = 1

/** What is struck in stop time. */
export function stopTime(kind: string): PatternNote[] {
  return [{ beat: 0, beats: 1 / 2, kind, isAccented: true }]
}

/** A part of a measure that a pattern fills. */
export type Cell = { readonly beat: Beats; readonly beats: Beats }

/**
 * A metre's measure in cells for patterns of given lengths. Cells are groups of the metre; whole beats are joined, into as few
 * cells as can be, and cells of like length, the longer ones first. A group that no pattern fits is a cell of its own.
 *
 * @example cellsOf(parseMetre('5/4'), new Set([4, 3, 2, 1])) // => 3 and 2 beats
 * @example cellsOf(parseMetre('2+2+3/8'), new Set([2, 1.5, 1])) // => 2 and 1.5 beats
 */
export function cellsOf({ groups, denominator }: Metre, lengths: ReadonlySet<Beats>): Cell[] {
  const cells: Cell[] = []
  let start = 0
  let whole = 0
  const flush = () => {
    for (const beats of joined(whole, lengths)) {
      cells.push({ beat: start, beats })
      start += beats
    }
    whole = 0
  }
  for (const group of groups) {
    const beats = (group * 4) / denominator
    if (Number.isInteger(beats)) whole += beats
    else {
      flush()
      cells.push({ beat: start, beats })
      start += beats
    }
  }
  flush()
  return cells
}

/** A number of beats as cells: the fewest, and of those the most even. */
function joined(beats: number, lengths: ReadonlySet<Beats>): number[] {
  const usable = [...lengths].filter(Number.isInteger).sort((a, b) => b - a)
  const longest = usable[0] ?? 1
  const cells: number[] = []
  let left = beats
  while (left > 2 * longest) {
    cells.push(longest)
    left -= longest
  }
  const pairs = usable.flatMap((a) => usable.filter((b) => a >= b && a + b === left).map((b) => [a, b]))
  if (left === 0) return cells
  if (usable.includes(left)) return [...cells, left]
  const even = pairs.sort((one, other) => (one[0] ?? 0) - (other[0] ?? 0))[0]
  if (even) return [...cells, ...even]
  while (left > 0) {
    const next = usable.find((length) => length <= left) ?? left
    cells.push(next)
    left -= next
  }
  return cells
}

/** How far the energy of a pattern may be from the music’s. */
const reach = 0.08

/**
 * The pattern for a cell; null where none is as long. They stand in order of their notes, so that with the same chance more
 * notes are played where more is going on.
 */
export function patternFor(
  patterns: readonly Pattern[],
  { beats }: Pick<Cell, 'beats'>,
  intensity: number,
  chance: Random,
): Pattern | null {
  const fitting = patterns.filter((pattern) => patternBeats(pattern) === beats).sort(byNotes)
  return pick(fitting, (pattern) => suits(pattern, intensity), chance)
}

/** Patterns in order of how many notes they have. */
function byNotes(one: Pattern, other: Pattern): number {
  return patternNotes(one).length - patternNotes(other).length || one.energy - other.energy
}

/** How well a pattern suits the music; never 0. */
function suits({ energy, weight = 1 }: Pattern, intensity: number): number {
  return weight * (Math.exp(-(((energy - intensity) / reach) ** 2)) + 1e-9)
}
