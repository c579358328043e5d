import { type ChartMark, chartMarks } from './chart-marks.ts'
import { readSlots } from './chart-measure.ts'
import { type Chord, type ReadChord, readChord } from './chord.ts'
import type { NoteNaming } from './note-name.ts'
import { type Marks, playingOrder } from './playing-order.ts'

/** A measure of a chart, as it is played. */
export type ChartMeasure = {
  /** The name of the section that begins here. */
  readonly section: string | null
  /** They share the measure; null where there is no chord. */
  readonly chords: readonly (Chord | null)[]
}

/** A chart that was read. */
export type ReadChart = {
  /** In the order in which they are played, repeats written out. */
  readonly measures: readonly ChartMeasure[]
  /** What can be read in another way, a sentence each, with its measure. */
  readonly doubts: readonly string[]
}

/** A measure, and what of the order of playing begins or ends with it. */
type WrittenMeasure = ChartMeasure & { readonly marks: Marks }

/** The most measures of a chart, its repeats written out. */
const mostMeasures = 5000

/**
 * Reads a chart as musicians type it:
 *
 * - `|` between measures; a new line is a new measure; spaces between the chords of a measure, which share it
 *   evenly, or by the groups of a metre such as 7/8; three share 4/4 as 2+1+1 beats;
 * - `/` or `.` holds a chord for another share, as in `Am7 . . D7`; `%` repeats the measure before, or in a measure the
 *   chord; `N.C.` stands for no chord;
 * - `|: … :|` is played twice, `:| x3` three times; `|1.` and `|2.` begin its endings; `x2` at the end of a measure or of a
 *   line repeats that;
 * - `[A]`, `*A` or `A:` names the section that begins;
 * - a chart that begins with `German:` has H for B, and B for B flat.
 *
 * @throws RangeError with a sentence for the user that names what cannot be read, and its measure.
 */
export function readChart(text: string): ReadChart {
  const [, heading, body = text] = /^\s*(german|deutsch|solf[eè]ge)\s*:(?!\|)([\s\S]*)$/iu.exec(text) ?? []
  const naming = heading ? (/^s/i.test(heading) ? 'solfège' : 'german') : namingOf(body)
  const doubts = new Set<string>()
  // A chart has the same few symbols again and again.
  const known = new Map<string, ReadChord | null>()
  const written: WrittenMeasure[] = []
  const lineStart = { at: 0 }
  let next: Omit<WrittenMeasure, 'chords'> = unmarked
  let typed = 0
  for (const mark of chartMarks(body)) readMark(mark)
  if (written.length === 0) throw new RangeError('Measure 1 of the chart is empty: write its chord, or % to repeat.')
  const { order, isCut } = playingOrder(written, mostMeasures)
  if (isCut) throw new RangeError(tooLong)
  const measures = order.flatMap((index) => written[index] ?? [])
  return { measures: measures.map(({ section, chords }) => ({ section, chords })), doubts: [...doubts] }

  function readMark(mark: ChartMark): void {
    const last = written.at(-1)
    switch (mark.type) {
      case 'section':
        next = { ...next, section: mark.name }
        break
      case 'begin':
        next = { ...next, marks: { ...next.marks, repeatStart: true } }
        break
      case 'ending':
        next = { ...next, marks: { ...next.marks, ending: mark.passes } }
        break
      case 'end':
        if (!last) throw new RangeError('The chart ends a repeat with :| before its first measure.')
        written[written.length - 1] = { ...last, marks: { ...last.marks, repeatEnd: mark.times ?? 2 } }
        break
      case 'line':
        lineStart.at = written.length
        break
      case 'again': {
        const line = written.slice(lineStart.at)
        if (line.length === 0) throw new RangeError(`“x${mark.times}” in the chart has nothing before it to repeat.`)
        for (let time = 1; time < mark.times; time++) append(line)
        break
      }
      case 'measure': {
        const measure = readMeasure(mark.words)
        for (let time = 0; time < mark.times; time++) append([measure])
        break
      }
    }
  }

  function read(symbol: string): ReadChord | null {
    const found = known.has(symbol) ? (known.get(symbol) ?? null) : readChord(symbol, naming)
    known.set(symbol, found)
    return found
  }

  function append(measures: readonly WrittenMeasure[]): void {
    if (written.length + measures.length > mostMeasures) throw new RangeError(tooLong)
    written.push(...measures.map((measure, index) => (index === 0 ? { ...measure, ...next } : measure)))
    next = unmarked
  }

  function readMeasure(words: readonly string[]): WrittenMeasure {
    const number = ++typed
    const before = written.at(-1)?.chords
    const isRepeat = words.length === 1 && words[0] === '%' && before
    const chords = isRepeat ? before : readSlots(words, before?.at(-1), { number, read, doubts })
    return { ...unmarked, chords }
  }
}

const tooLong = `The chart has more than ${mostMeasures} measures: write it shorter.`

const unmarked = { section: null, marks: {} }

/** A chart with a Sol or a Fa, which are no English chords, has a Do, too. Its sections may have any name. */
function namingOf(text: string): NoteNaming {
  const words = [...chartMarks(text)]
    .flatMap((mark) => (mark.type === 'measure' ? mark.words : []))
    .filter((word) => /^(?:sol|la|si|fa|mi|r[eé])/i.test(word))
  const isFrench = words.some((word) => {
    const symbol = readChord(word)?.chord.symbol
    return symbol !== undefined && symbol !== word
  })
  return isFrench ? 'solfège' : 'english'
}
