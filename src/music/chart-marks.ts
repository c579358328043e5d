import { parseChord } from './chord.ts'

/** What stands in a chart, in the order in which it stands there. */
export type ChartMark =
  | { readonly type: 'section'; readonly name: string }
  /** A repeat begins with the next measure. */
  | { readonly type: 'begin' }
  /** The next measure begins the ending of these passes. */
  | { readonly type: 'ending'; readonly passes: readonly number[] }
  | { readonly type: 'measure'; readonly words: readonly string[]; readonly times: number }
  /** What has been repeated is played so many times in all. */
  | { readonly type: 'end'; readonly times: number | null }
  /** A line begins. */
  | { readonly type: 'line' }
  /** The line is played so many times in all. */
  | { readonly type: 'again'; readonly times: number }

const bar = /(:*\|+\]?:*)/

/** Two numbers at most: nobody plays anything a hundred times. */
const timesWord = /^\(?(?:[x×]([1-9]\d?)|([1-9]\d?)[x×])\)?$/i

/** What a chart has, mark by mark. */
export function* chartMarks(text: string): Generator<ChartMark> {
  const lines = text
    .replace(/𝄆/gu, '|:')
    .replace(/𝄇/gu, ':|')
    .replace(/‖|\[\|/g, '||')
    .replace(/[｜│]/g, '|')
    .split(/\r\n?|\n/)
  for (const line of lines) {
    if (line.trim() === '') continue
    yield { type: 'line' }
    const [label, rest] = lineLabel(line)
    if (label !== null) yield { type: 'section', name: label }
    yield* lineMarks(withBars(rest).split(bar))
  }
}

/** A line with a bar before each section that begins after a chord, for a section begins with a measure. */
function withBars(line: string): string {
  return line.replace(/([^\s|:\]])\s*(\[([^\][]{1,32})\])/g, (all, before: string, label: string, name: string) =>
    isSectionName(name) ? `${before} | ${label}` : all,
  )
}

/** The marks of a line: text at even places, bars at odd ones. */
function* lineMarks(pieces: readonly string[]): Generator<ChartMark> {
  for (let index = 0; index < pieces.length; index += 2) {
    const [before = '', after = ''] = [pieces[index - 1], pieces[index + 1]]
    let piece = pieces[index] ?? ''
    if (before.startsWith(':')) {
      const [all = '', times] = /^\s*\(?(?:[x×]\s*)?([1-9]\d?)?\s*[x×]?\)?(?=\s|$)/i.exec(piece) ?? []
      const isTimes = times !== undefined && /[x×]/i.test(all)
      if (isTimes) piece = piece.slice(all.length)
      yield { type: 'end', times: isTimes ? Number(times) : null }
    }
    if (before.endsWith(':')) yield { type: 'begin' }
    const { marks, rest } = headMarks(piece)
    yield* marks
    const words = rest.match(/(?:\([^()]*\)|\S)+/g) ?? []
    const times = timesOf(words.at(-1))
    if (times !== null && words.length === 1 && after === '' && index > 0) yield { type: 'again', times }
    else if (words.length > 0) {
      const counted = times !== null && words.length > 1
      yield { type: 'measure', words: counted ? words.slice(0, -1) : words, times: counted ? times : 1 }
    } else if (isEmpty(before, after) && marks.length === 0) {
      yield { type: 'measure', words: [], times: 1 }
    }
  }
}

/** Whether nothing between two bars is a measure that was forgotten; beside a repeat it is none. */
function isEmpty(before: string, after: string): boolean {
  return before !== '' && after !== '' && !`${before} ${after}`.includes(':')
}

function timesOf(word: string | undefined): number | null {
  const [, after, before] = timesWord.exec(word ?? '') ?? []
  const times = after ?? before
  return times === undefined ? null : Number(times)
}

/** A section’s name before a colon at the start of a line. */
function lineLabel(line: string): [string | null, string] {
  const [all = '', name = ''] = /^\s*([\p{L}][\p{L}\p{N}'’′ .-]{0,30}):(?!\|)/u.exec(line) ?? []
  return all && isSectionName(name) ? [name.trim(), line.slice(all.length)] : [null, line]
}

/** Whether a chart can name a section so: a letter with a number, or words; a chord such as Am7 is not a name, but Solo is, though Sol is G. */
export function isSectionName(name: string): boolean {
  return (
    /^(?:[A-Z][1-4]?['’′]?|solo)$/i.test(name.trim()) || name.split(/\s+/).some((word) => word && !parseChord(word))
  )
}

/** The section and ending marks at the start of a measure. */
function headMarks(piece: string): { marks: ChartMark[]; rest: string } {
  const marks: ChartMark[] = []
  let rest = piece
  for (;;) {
    const [section = '', bracketed, starred] = /^\s*(?:\[([^\][]{1,32})\]|\*([A-Za-z]\d?)(?=\s|$))/.exec(rest) ?? []
    const name = bracketed ?? starred
    const [ending = '', numbers] =
      /^\s*\[?([1-9](?:\s*[,-]\s*[1-9])*)(?:(?:st|nd|rd|th)?[.)\]:]+|(?=\s))/.exec(rest) ?? []
    if (numbers !== undefined && !/^[x×]/i.test(rest.slice(ending.length).trim())) {
      marks.push({ type: 'ending', passes: passesOf(numbers) })
      rest = rest.slice(ending.length)
    } else if (name !== undefined && isSectionName(name)) {
      marks.push({ type: 'section', name: name.trim() })
      rest = rest.slice(section.length)
    } else return { marks, rest }
  }
}

/** `1,3` is 1 and 3, and `1-3` is 1 to 3. */
function passesOf(numbers: string): number[] {
  return numbers.split(/\s*,\s*/).flatMap((range) => {
    const [first = 1, last = first] = range.split(/\s*-\s*/).map(Number)
    return Array.from({ length: Math.max(0, last - first) + 1 }, (_, index) => first + index)
  })
}
