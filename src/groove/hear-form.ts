import {
  type Metre,
  measureShares,
  mod,
  type PitchClass,
  readChart,
  type Steps,
  stepsPerMeasure,
} from '../music/index.ts'
import type { Bassline } from './bassline.ts'
import { type FormPart, leastForm } from './form.ts'

/** The lengths that parts have; what is left over at the end joins the last part, or is one. */
const [songPart, blues] = [8, 12]

/** How much alike two parts are, at least, that have one name. */
const sameFrom = 0.6

/**
 * Hears the form of a bassline: parts of eight measures, or choruses of twelve. A part whose bass is like that of an earlier
 * one has its name.
 *
 * @returns no parts where it is too short for a form.
 * @example hearForm(aaba).map(({ name }) => name) // => ['A', 'A', 'B', 'A']
 */
export function hearForm(bass: Bassline): FormPart[] {
  const { measures } = bass
  if (measures < leastForm) return []
  const heard = heardMeasures(bass)
  const lengths = partLengths(measures, heard)
  const parts: (FormPart & { readonly start: number })[] = []
  let start = 0
  for (const length of lengths) {
    const same = parts.find(
      (part) => part.measures === length && likeness(heard, part.start, start, length) >= sameFrom,
    )
    const names = new Set(parts.map(({ name }) => name)).size
    parts.push({ name: same?.name ?? nameOf(names), measures: length, start })
    start += length
  }
  return parts.map(({ name, measures }) => ({ name, measures }))
}

/**
 * The parts of a chart: those that it names, or those that its chords tell.
 *
 * @throws RangeError with a sentence for the user where it can't be read.
 */
export function chartForm(text: string, metre: Metre): FormPart[] {
  const { measures } = readChart(text)
  const named: { name: string; measures: number }[] = []
  for (const { section } of measures) {
    const last = named.at(-1)
    if (last && section === null) last.measures++
    else named.push({ name: section ?? '', measures: 1 })
  }
  const perMeasure = stepsPerMeasure(metre)
  const chords = measures.flatMap(({ chords }, measure) =>
    measureShares(metre, chords.length).flatMap((share, index) => {
      const step = measure * perMeasure + Math.floor(4 * share)
      const chord = chords[index]
      return chord ? [{ step, root: chord.root }] : []
    }),
  )
  return formParts(named, metre, chords)
}

/** The parts that are named, where there are two or more; or else those that the chords tell. */
export function formParts(
  named: FormPart[],
  metre: Metre,
  chords: readonly { readonly step: Steps; readonly root: PitchClass }[],
): FormPart[] {
  if (named.length > 1) return named
  const notes = chords.map(({ step, root }) => ({ step, steps: 1, pitch: root, velocity: 1 }))
  const measures = named.reduce((sum, part) => sum + part.measures, 0)
  const heard = hearForm({ metre, measures, notes })
  return heard.length > 0 ? heard : named
}

type HeardMeasure = { readonly first: PitchClass | null; readonly onsets: ReadonlySet<Steps> }

/** What is compared: the pitch that a measure begins with, which is mostly its root, and the rhythm. */
function heardMeasures({ metre, measures, notes }: Bassline): HeardMeasure[] {
  const perMeasure = stepsPerMeasure(metre)
  const heard = Array.from({ length: measures }, (): { first: PitchClass | null; onsets: Set<Steps> } => ({
    first: null,
    onsets: new Set(),
  }))
  for (const { step, pitch } of notes) {
    const measure = heard[Math.floor(step / perMeasure)]
    if (!measure) continue
    measure.first ??= mod(pitch, 12)
    measure.onsets.add(step % perMeasure)
  }
  // A line on one pitch has its rhythm alone.
  const isOnePitch = new Set(heard.map(({ first }) => first)).size < 2
  return isOnePitch ? heard.map(({ onsets }) => ({ first: null, onsets })) : heard
}

function partLengths(measures: number, heard: readonly HeardMeasure[]): number[] {
  const recurs = (lag: number) => likeness(heard, 0, lag, measures - lag)
  const isBlues = measures % blues === 0 && (measures % songPart !== 0 || recurs(blues) > recurs(songPart))
  const length = isBlues ? blues : songPart
  const count = Math.floor(measures / length)
  const rest = measures - count * length
  const lengths = Array.from({ length: count }, () => length)
  if (rest >= songPart / 2) return [...lengths, rest]
  return [...lengths.slice(0, -1), length + rest]
}

/** How much alike two stretches are, from 0 to 1. */
function likeness(heard: readonly HeardMeasure[], a: number, b: number, length: number): number {
  let sum = 0
  for (let measure = 0; measure < length; measure++) {
    const [one, other] = [heard[a + measure], heard[b + measure]]
    if (!one || !other) continue
    const both = [...one.onsets].filter((step) => other.onsets.has(step)).length
    const all = one.onsets.size + other.onsets.size - both
    const rhythm = all === 0 ? 1 : both / all
    sum += one.first === null && other.first === null ? rhythm : (Number(one.first === other.first) + rhythm) / 2
  }
  return sum / Math.max(1, length)
}

function nameOf(count: number): string {
  return count < 26 ? String.fromCharCode(65 + count) : `part ${count + 1}`
}
