import { mod } from '../../src/music/index.ts'
import { type TurnNote, turnBeats } from './turns.ts'

/** What is measured of answers, each with its median. */
export const figureNames = {
  notes: 'notes a phrase',
  length: 'beats a phrase',
  density: 'notes a beat',
  rests: 'share of rests',
  starts: 'phrases that start off the beat, %',
  ends: 'phrases that end off the beat, %',
  articulation: 'length by distance',
} as const

/** The figures of an answer; null where it has none. */
export type Figures = Readonly<Record<keyof typeof figureNames, number | null>>

/** What was played in a turn, and the phrases that are whole in it. */
export type Answer = { readonly answer: readonly TurnNote[]; readonly phrases: readonly (readonly TurnNote[])[] }

/** The figures of a turn's answer. */
export function figuresOf({ answer, phrases }: Answer): Figures {
  const lengths = phrases.map((phrase) => lastOf(phrase).beat - firstOf(phrase).beat)
  const shares = phrases.flatMap((phrase) =>
    phrase.slice(1).map(({ beat }, index) => {
      const note = phrase[index] as TurnNote
      return note.beats / Math.max(1 / 12, beat - note.beat)
    }),
  )
  const sounding = answer.reduce((sum, { beats }) => sum + beats, 0)
  const offBeat = (notes: readonly TurnNote[]) =>
    (100 * notes.filter(({ beat }) => mod(Math.round(12 * beat), 12) !== 0).length) / notes.length
  return {
    notes: median(phrases.map((phrase) => phrase.length)),
    length: median(lengths),
    density: answer.length / turnBeats,
    rests: 1 - Math.min(1, sounding / turnBeats),
    starts: offBeat(phrases.map(firstOf)),
    ends: offBeat(phrases.map(lastOf)),
    articulation: shares.length === 0 ? null : median(shares),
  }
}

function firstOf(phrase: readonly TurnNote[]): TurnNote {
  return phrase[0] as TurnNote
}

function lastOf(phrase: readonly TurnNote[]): TurnNote {
  return phrase.at(-1) as TurnNote
}

/** The median. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which a share of others are. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
  return below + (above - below) * (place - Math.floor(place))
}

/** Pearson's correlation. */
export function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length
  const [x, y] = [mean(0), mean(1)]
  const sum = (of: (a: number, b: number) => number) => pairs.reduce((total, [a, b]) => total + of(a - x, b - y), 0)
  return sum((a, b) => a * b) / Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b))
}
