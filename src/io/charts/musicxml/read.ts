import { type Beats, type Metre, measureBeats, metre, rounding } from '../../../music/index.ts'
import {
  ChartError,
  type Draft,
  type LeadSheet,
  leadSheet,
  maxMeasures,
  tempoOrNull,
  textOrNull,
} from '../lead-sheet.ts'
import { finishJumps } from '../measures.ts'
import { type Part, type PartMeasure, readPart } from './part.ts'
import { child, children, type Element, rootOf, textAt } from './xml.ts'

/**
 * Reads a score (MusicXML 4.0, part-wise or time-wise): the chords of the part that has most of them, and the repeats of
 * all parts.
 *
 * @throws ChartError when it can't be read or has no chords.
 */
export function readScore(text: string): LeadSheet {
  const root = rootOf(text)
  const parts = partsOf(root).slice(0, maxParts).map(readPart)
  const count = (part: Part) => part.measures.reduce((sum, { draft }) => sum + draft.chords.length, 0)
  const main = parts.reduce<Part | null>((best, part) => (best && count(best) >= count(part) ? best : part), null)
  if (!main || count(main) === 0) throw new ChartError('has no chord symbols: export it with its chords.')
  for (const part of parts) if (part !== main) addMarks(main, part)
  const notices = [...main.notices]
  const drafts = wholeMeasures(main.measures, notices)
  placeCodas(main.measures)
  finishJumps(drafts)
  const first = <Value>(read: (part: Part) => Value | null) =>
    read(main) ?? parts.map(read).find((each) => each !== null) ?? null
  const head = {
    ...titlesOf(root),
    style: textOrNull(first(({ style }) => style)),
    tempo: tempoOrNull(first(({ tempo }) => tempo) ?? Number.NaN),
    key: main.key,
  }
  return leadSheet(head, drafts, notices)
}

/** The most parts that are read. */
const maxParts = 100

/** The measures of each part. */
function partsOf(root: Element): Element[][] {
  if (root.name === 'score-partwise') {
    return children(root, 'part').map((part) => children(part, 'measure').slice(0, maxMeasures + 1))
  }
  if (root.name !== 'score-timewise') {
    throw new ChartError('is neither a score in MusicXML nor a page with links of iReal Pro: export it again.')
  }
  const parts = new Map<string, Element[]>()
  for (const measure of children(root, 'measure').slice(0, maxMeasures + 1)) {
    for (const part of children(measure, 'part')) {
      const id = part.attributes.id ?? ''
      // A measure of a part is the part of a measure, turned round; its own attributes stay with it.
      part.attributes = { ...measure.attributes }
      const measures = parts.get(id) ?? []
      parts.set(id, measures)
      measures.push(part)
    }
  }
  return [...parts.values()]
}

function titlesOf(root: Element): { title: string | null; composer: string | null } {
  const credits = children(root, 'credit').map((credit) => ({
    type: textAt(credit, 'credit-type') ?? '',
    words: textAt(credit, 'credit-words'),
  }))
  const creators = children(child(root, 'identification') ?? root, 'creator')
  const credited = (type: string) => textOrNull(credits.find((credit) => credit.type === type)?.words)
  const composer = creators.find(({ attributes }) => attributes.type === 'composer')
  return {
    title:
      textOrNull(textAt(root, 'movement-title')) ?? textOrNull(textAt(root, 'work', 'work-title')) ?? credited('title'),
    composer: textOrNull(composer?.text) ?? credited('composer'),
  }
}

/** Repeats are often written into one part only. */
function addMarks(main: Part, part: Part): void {
  for (const [index, measure] of main.measures.entries()) {
    const other = part.measures[index]
    if (!other) return
    measure.draft.marks = { ...other.draft.marks, ...measure.draft.marks }
    measure.codaSign ||= other.codaSign
    measure.length = Math.max(measure.length, other.length)
  }
}

/** Coda signs that say no more: the last one is the coda, unless that is known; any before it leads there. */
function placeCodas(measures: readonly PartMeasure[]): void {
  const has = (mark: 'coda' | 'toCoda') => measures.some(({ draft }) => draft.marks[mark] !== undefined)
  const signs = measures.filter(({ codaSign, draft: { marks } }) => codaSign && !marks.toCoda && !marks.coda)
  if (!has('coda')) {
    const coda = signs.pop()
    if (coda) coda.draft.marks.coda = true
  }
  const first = signs[0]
  if (first && !has('toCoda')) first.draft.marks.toCoda = 'after'
}

/**
 * The measures of the form: pickups left out, for they come before beat one and only once; halves put together, repeated
 * measures written out. A last measure that is short by the pickup is whole, with the pickup's chords at its end.
 */
function wholeMeasures(measures: readonly PartMeasure[], notices: string[]): Draft[] {
  const drafts: Draft[] = []
  let carried: Draft['marks'] = {}
  let before: PartMeasure | null = null
  let pickup: PartMeasure | null = null
  for (const [index, measure] of measures.entries()) {
    const { draft, length, isImplicit, repeats } = measure
    draft.marks = { ...carried, ...draft.marks }
    carried = {}
    const whole = measureBeats(draft.metre)
    const isShort = length > 0 && length < whole - rounding && (isImplicit || index === 0)
    const last = drafts.at(-1)
    if (isShort && last && before && belongTogether(before, measure)) {
      const shift = before.length
      last.chords.push(...draft.chords.map(({ symbol, beat }) => ({ symbol, beat: beat + shift })))
      last.marks = { ...last.marks, ...draft.marks }
      before = null
      continue
    }
    const isPickup = isShort || (index === 0 && measure.isLeadIn && measures.length > 1)
    if (isPickup && (index === 0 || draft.chords.length === 0)) {
      if (index === 0) pickup = measure
      carried = draft.marks
      continue
    }
    if (isShort) draft.metre = metreOf(length) ?? draft.metre
    const copied = repeats > 0 && draft.chords.length === 0 ? drafts.at(-repeats) : undefined
    if (copied) draft.chords = copied.chords.map((chord) => ({ ...chord }))
    keepInside(draft)
    drafts.push(draft)
    before = measure
  }
  const end = drafts.at(-1)
  if (end) end.marks = { ...carried, ...end.marks }
  if (pickup) notices.push(leaveOut(pickup, end, measures.at(-1)))
  return drafts
}

/** Lets the chart begin after a pickup. @returns what became of its chords. */
function leaveOut({ draft, length }: PartMeasure, end: Draft | undefined, last: PartMeasure | undefined): string {
  const begins = 'the chart begins with the first full measure'
  if (draft.chords.length === 0) return `The pickup has no chords: ${begins}.`
  const short = end && last?.draft === end ? measureBeats(end.metre) : null
  if (!end || short === null || Math.abs(short + length - measureBeats(draft.metre)) > 1e-6) {
    return `The pickup and its chords are left out: ${begins}.`
  }
  end.metre = draft.metre
  end.chords.push(...draft.chords.map(({ symbol, beat }) => ({ symbol, beat: short + beat })))
  return `The pickup’s chords are at the end of the last measure: ${begins}.`
}

/** Whether a measure is the rest of the one before it. */
function belongTogether(before: PartMeasure, { draft, length }: PartMeasure): boolean {
  const { repeatEnd, jump, endingEnd } = before.draft.marks
  const isDivided = repeatEnd !== undefined || jump || endingEnd || draft.marks.repeatStart || draft.marks.ending
  return !isDivided && before.length > 0 && Math.abs(before.length + length - measureBeats(draft.metre)) < rounding
}

/** A measure of this length. */
function metreOf(length: Beats): Metre | null {
  for (const denominator of [4, 8, 16]) {
    const numerator = (length * denominator) / 4
    if (Number.isInteger(numerator) && numerator >= 1 && numerator <= 255) return metre(numerator, denominator)
  }
  return null
}

/** A chord that is written past its measure's end begins with the last beat. */
function keepInside(draft: Draft): void {
  const most = measureBeats(draft.metre)
  const inside = draft.chords.filter(({ beat }) => beat < most)
  const late = draft.chords.find(({ beat }) => beat >= most)
  const lastBeat = most - 4 / draft.metre.denominator
  if (late && !inside.some(({ beat }) => beat >= lastBeat)) inside.push({ ...late, beat: lastBeat })
  draft.chords = inside
}
