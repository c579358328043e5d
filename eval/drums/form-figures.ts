import { type Bassline, type FormPart, type Groove, grooveSteps } from '../../src/groove/index.ts'
import { type Drum, fourFour, stepsPerMeasure } from '../../src/music/index.ts'
import { mean } from '../mean.ts'
import { at, isRolled, type Kicks } from './groove-figures.ts'

/** Forms that musicians play. */
export const forms: Readonly<Record<string, readonly FormPart[]>> = {
  '12 bars, twice': [12, 12].map((measures) => ({ name: 'A', measures })),
  '32 bars, AABA': ['A', 'A', 'B', 'A'].map((name) => ({ name, measures: 8 })),
}

/** A bassline for a form: each part has the kicks of one drummer, which go round. */
export function bassOf(form: readonly FormPart[], kicks: readonly Kicks[], first: number): Bassline {
  const perMeasure = stepsPerMeasure(fourFour)
  const names = [...new Set(form.map(({ name }) => name))]
  let start = 0
  const notes = form.flatMap(({ name, measures }) => {
    const { bass } = at(kicks, first + names.indexOf(name))
    const here = Array.from({ length: measures }, (_, measure) => {
      const from = (measure % bass.measures) * perMeasure
      const inMeasure = bass.notes.filter(({ step }) => step >= from && step < from + perMeasure)
      const to = (start + measure) * perMeasure
      return inMeasure.map((note) => ({ ...note, step: note.step - from + to }))
    })
    start += measures
    return here.flat()
  })
  return { metre: fourFour, measures: start, notes }
}

/** What a groove makes of a form. */
export type FormFigures = {
  /** Tom and snare strokes of the last measure of a part, by those of a measure of the others. */
  readonly rolled: number
  /** The share of parts after which a crash is on the one. */
  readonly landed: number
  /** How alike two parts of one name are, and two of different names; the strokes that they share, of all strokes of either. */
  readonly same: number
  readonly other: number
  /** How alike measures of one part are, and measures of different parts. */
  readonly within: number
  readonly across: number
  /** How many parts are the same as an earlier one, stroke by stroke. */
  readonly repeated: number
}

/** What a groove makes of a form. */
export function formFigures(groove: Groove, form: readonly FormPart[]): FormFigures {
  const perMeasure = grooveSteps(groove)
  const strokes = Array.from({ length: groove.measures }, () => new Map<string, Drum>())
  for (const { step, drum } of groove.hits) {
    strokes[Math.floor(step / perMeasure)]?.set(`${step % perMeasure} ${drum}`, drum)
  }
  const parts: { name: string; from: number; to: number }[] = []
  for (const { name, measures } of form) {
    const from = parts.at(-1)?.to ?? 0
    parts.push({ name, from, to: from + measures })
  }
  const rolls = (measure: number) => [...(strokes[measure]?.values() ?? [])].filter(isRolled).length
  const lasts = parts.map(({ to }) => to - 1)
  const others = strokes.map((_, measure) => measure).filter((measure) => !lasts.includes(measure))
  const partOf = (measure: number) => parts.findIndex(({ to }) => measure < to)
  const alike = (a: number, b: number) => overlap(strokes[a], strokes[b])
  const measurePairs = pairs(others)
  const inParts = (isSame: boolean) => measurePairs.filter(([a, b]) => (partOf(a) === partOf(b)) === isSame)
  const between = (isSame: boolean) =>
    pairs(parts)
      .filter(([a, b]) => (a.name === b.name) === isSame)
      .flatMap(([a, b]) =>
        Array.from({ length: Math.min(a.to - a.from, b.to - b.from) - 1 }, (_, measure) =>
          alike(a.from + measure, b.from + measure),
        ),
      )
  return {
    rolled: mean(lasts.map(rolls)) / Math.max(0.1, mean(others.map(rolls))),
    landed: mean(lasts.map((last) => Number(strokes[(last + 1) % groove.measures]?.has('0 crash') ?? false))),
    same: mean(between(true)),
    other: mean(between(false)),
    within: mean(inParts(true).map(([a, b]) => alike(a, b))),
    across: mean(inParts(false).map(([a, b]) => alike(a, b))),
    repeated: parts.length - new Set(parts.map(({ from, to }) => strokesOf(strokes.slice(from, to)))).size,
  }
}

function strokesOf(measures: readonly ReadonlyMap<string, Drum>[]): string {
  return JSON.stringify(measures.map((measure) => [...measure.keys()]))
}

function pairs<T>(values: readonly T[]): (readonly [T, T])[] {
  return values.flatMap((a, index) => values.slice(index + 1).map((b) => [a, b] as const))
}

function overlap(a: ReadonlyMap<string, Drum> = new Map(), b: ReadonlyMap<string, Drum> = new Map()): number {
  const both = [...a.keys()].filter((stroke) => b.has(stroke)).length
  return both / Math.max(1, a.size + b.size - both)
}
