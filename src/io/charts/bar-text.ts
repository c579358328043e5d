import { fourFour, type Metre, measureBeats, measureShares, parseMetre } from '../../music/index.ts'
import { type Draft, maxChords, maxMeasures, noChord, shown } from './lead-sheet.ts'
import { finishJumps, repeatLastMeasures } from './measures.ts'
import { type Said, understood } from './repeat-words.ts'

/**
 * Reads measures as they are typed: `|: Dm7 | G7 / C / :| x3`.
 *
 * Chords share their measure, evenly or by its groups ({@link measureShares}). `/` and `.` are beats on which the chord goes on, `C~G` is two chords on one beat.
 * `%` repeats the measure before, `%%` the two before; after a chord `%` is a beat, too. `|1. … :|2. …` are endings, `[A]`
 * is a section, `[B: bossa]` one in a style of its own, `3/4` a metre. `D.C. al Coda`, `D.S. al Fine`, `Segno`, `To Coda`, `Coda`, `Fine` mean what they say.
 */
export class BarText {
  readonly drafts: Draft[] = []
  readonly notices: string[] = []
  section: string | null = null
  style: string | null = null
  metre: Metre = fourFour
  #words: string[] = []
  #marks: Draft['marks'] = {}
  /** Marks of which it is not clear yet to which side they belong. */
  #said: Said[] = []
  #owesBlank = false
  #hasBar = false

  /** Whether as much has been read as a chart may have. */
  get isFull(): boolean {
    return this.drafts.length > maxMeasures
  }

  /** Reads a line; its end ends a measure. */
  line(whole: string): void {
    const text = whole.slice(0, maxLine)
    if (whole.length > maxLine)
      this.notices.push(`A line has more than ${maxLine} letters: the rest of it is left out.`)
    const first = this.drafts.length
    this.#hasBar = false
    let at = 0
    while (at < text.length && !this.isFull) {
      const found = tokenAt(text, at)
      if (found) {
        this.#token(found.kind, found.match, first)
        at += found.match[0].length
      } else at++
    }
    this.#endMeasure(false)
    this.#sayOfLast()
    this.#hasBar = false
  }

  /** Ends the text. */
  finish(): Draft[] {
    this.#endMeasure(false)
    this.#sayOfLast()
    finishJumps(this.drafts)
    return this.drafts
  }

  #token(kind: string, match: RegExpExecArray, firstOfLine: number): void {
    const [text, part = ''] = match
    if (kind === 'bar line') this.#barLine(text, part)
    else if (kind === 'ending') this.#startEnding(part)
    else if (kind === 'section') this.#startSection(part)
    else if (kind === 'words') this.#say(understood(text))
    else if (kind === 'times') this.#repeatLine(understood(text), firstOfLine)
    else if (kind === 'metre') this.#setMetre(part)
    else if (kind === 'tension') this.#addTension(text)
    else if (kind === 'word') this.#word(text)
  }

  #word(text: string): void {
    if (this.#words.length === 0) this.#sayBefore()
    if (this.#words.length < maxChords) this.#words.push(noChordWord.test(text) ? noChord : text)
  }

  /** A tension in brackets behind a space belongs to the chord before it. */
  #addTension(text: string): void {
    const chord = this.#words.pop()
    if (chord !== undefined) this.#words.push(chord.length < 60 ? chord + text : chord)
  }

  #barLine(line: string, ending: string): void {
    const isEmpty = this.#words.length === 0 && this.#said.length === 0
    this.#endMeasure(this.#hasBar && isEmpty && !/^(\|\||\|\]|\|\.)/.test(line))
    this.#sayOfLast()
    this.#hasBar = true
    const last = this.drafts.at(-1)
    if (line.includes(':|') || line.startsWith('::')) {
      if (last) last.marks.repeatEnd = 2
    } else if (last && /^(\|\||\|\]|\|\.|\])/.test(line)) last.marks.endingEnd = true
    if (/\|:|::|:\|:/.test(line)) this.#marks.repeatStart = true
    if (ending !== '') this.#startEnding(ending)
  }

  #startEnding(numbers: string): void {
    this.#endMeasure(false)
    this.#marks.ending = endingNumbers(numbers)
  }

  #startSection(name: string): void {
    this.#endMeasure(false)
    const [, section = name, style = ''] = /^([^:]*):(.*)$/s.exec(name) ?? []
    this.section = section.trim().slice(0, 60) || null
    this.style = style.trim() || null
  }

  #setMetre(text: string): void {
    try {
      this.metre = parseMetre(text)
    } catch {
      this.notices.push(`“${shown(text)}” is not a metre that is known: the metre before it goes on.`)
    }
  }

  #say(said: Said | null): void {
    if (!said) return
    if (this.#words.length === 0) this.#said.push(said)
    // A coda sign behind chords is the way to the coda.
    else this.#put('mark' in said && said.mark === 'coda' ? { mark: 'toCoda' } : said, this.#marks, 'after')
  }

  #sayBefore(): void {
    for (const said of this.#said.splice(0)) this.#put(said, this.#marks, 'before')
  }

  /** What stands between two measures ends the one before, unless it begins something. */
  #sayOfLast(): void {
    const last = this.drafts.at(-1)
    for (const said of this.#said.splice(0)) {
      if ('mark' in said && (said.mark === 'coda' || said.mark === 'segno')) this.#marks[said.mark] = true
      else if (last) this.#put(said, last.marks, 'after')
    }
  }

  #put(said: Said, marks: Draft['marks'], side: 'before' | 'after'): void {
    if ('jump' in said) marks.jump = { to: said.jump, until: said.until ?? 'end' }
    else if ('times' in said) return
    else if (said.mark === 'toCoda') marks.toCoda = side
    else marks[said.mark] = true
  }

  /** `x3` after a repeat says how often it is played; after a line without one, how often the line is. */
  #repeatLine(said: Said | null, firstOfLine: number): void {
    this.#endMeasure(false)
    this.#hasBar = false
    const [first, last] = [this.drafts[firstOfLine], this.drafts.at(-1)]
    if (!said || !('times' in said) || !last || said.times < 1) return
    if (last.marks.repeatEnd === undefined && first) first.marks.repeatStart = true
    if (last.marks.repeatEnd !== undefined || first) last.marks.repeatEnd = said.times
  }

  /** @param isBlank a measure between two bar lines in which nothing stands */
  #endMeasure(isBlank: boolean): void {
    const words = this.#words
    if (words.length === 0 && !isBlank) return
    this.#words = []
    const isHeld = words.every((word) => holds.has(word))
    const draft: Draft = {
      section: this.section,
      style: this.style,
      metre: this.metre,
      chords: [],
      marks: this.#marks,
    }
    if (isHeld && this.#owesBlank) {
      this.#owesBlank = false
      return
    }
    this.#owesBlank = false
    this.#marks = {}
    const sign = words[0] === '%' || words[0] === '%%' ? words[0] : null
    if (sign && words.slice(1).every((word) => holds.has(word))) {
      this.#repeat(sign, draft)
      return
    }
    const shares = measureShares(this.metre, words.length)
    for (const [index, word] of words.entries()) {
      if (holds.has(word) || word === '%') continue
      const symbols = word.split('~').slice(0, 16)
      const [start = 0, end = measureBeats(this.metre)] = shares.slice(index, index + 2)
      for (const [place, symbol] of symbols.entries()) {
        if (symbol !== '') draft.chords.push({ symbol, beat: start + (place * (end - start)) / symbols.length })
      }
    }
    this.drafts.push(draft)
  }

  #repeat(sign: '%' | '%%', draft: Draft): void {
    const repeated = repeatLastMeasures(this.drafts, sign === '%' ? 1 : 2, draft)
    if (repeated === null)
      this.notices.push(`Measure ${this.drafts.length + 1} repeats measures, but there are none before it.`)
    this.drafts.push(...(repeated ?? [draft]))
    this.#owesBlank = repeated !== null && sign === '%%'
  }
}

/** The longest line that is read, in letters. */
const maxLine = 20_000

/** Beats on which the chord goes on. */
const holds = new Set(['/', '.', '//', '-', '_'])

const noChordWord = /^(?:n\.?\s?c\.?|no chord)$/i

const numbers = '\\d(?:\\s?[,–-]\\s?\\d){0,16}'

const tokens: readonly (readonly [RegExp, string])[] = [
  [/\s+/y, 'space'],
  [
    new RegExp(
      `(?:\\|\\]|\\|\\.(?=\\s*$)|:?\\|{1,2}:?|::|\\[\\||:\\]|[‖𝄀𝄁𝄂])(?:\\s?\\[?(${numbers})\\.?(?=[\\s[]|$|[A-G]))?`,
      'yu',
    ),
    'bar line',
  ],
  [new RegExp(`\\[(${numbers})\\.?\\]?(?=\\s|$|[A-G])`, 'y'), 'ending'],
  [/\[([^\]|]{1,60})\]/y, 'section'],
  [/\(?(?:[x×]\s?\d{1,2}|\d{1,2}\s?[x×])\)?(?=[\s|]|$)/iy, 'times'],
  [
    /(?:d\.\s?[cs]\.?|d[cs](?=\s+al)|da capo|dal segno)(?:\s+al?\s+(?:fine|coda|\d\w{0,2}(?:\s+end(?:ing|\.)?)?))?/iy,
    'words',
  ],
  [/(?:(?:to|al)\s+coda|coda|fine|segno)(?=[\s|:]|$)|𝄋|𝄌/iuy, 'words'],
  [/\(?(\d{1,2}(?:\+\d{1,2}){0,32}\/\d{1,2})\)?(?=[\s|]|$)/y, 'metre'],
  [/\([^)\s]{1,20}\)(?=[\s|]|$)/y, 'tension'],
  [/[^\s|:\]]{1,60}/y, 'word'],
]

function tokenAt(text: string, at: number): { kind: string; match: RegExpExecArray } | null {
  for (const [pattern, kind] of tokens) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) return { kind, match }
  }
  return null
}

/** The numbers of an ending such as `1`, `1,2` or `1-3`. */
function endingNumbers(text: string): number[] {
  const [from, to] = text.split(/\s?[–-]\s?/).map(Number)
  if (from !== undefined && to !== undefined && to >= from) {
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  }
  return text
    .split(/\s?,\s?/)
    .map(Number)
    .filter((number) => number >= 1)
}
