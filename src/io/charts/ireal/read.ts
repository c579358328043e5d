import { fourFour, type Jump, type Metre, metre } from '../../../music/index.ts'
import {
  ChartError,
  type Draft,
  keyName,
  type LeadSheet,
  leadSheet,
  maxChords,
  maxMeasures,
  noChord,
  shown,
  tempoOrNull,
  textOrNull,
} from '../lead-sheet.ts'
import { finishJumps, repeatLastMeasures } from '../measures.ts'
import { understood } from '../repeat-words.ts'
import { styleIn } from '../style-words.ts'
import { cellBeats } from './beats.ts'
import type { LinkedSong } from './link.ts'
import { spelled, splitBass } from './spelling.ts'
import { tokenAt } from './tokens.ts'

/**
 * Reads a song of iReal Pro: its tokens are marks, cells, and what stands in cells
 * (https://www.irealpro.com/ireal-pro-custom-chord-chart-protocol).
 *
 * @throws ChartError when it has no chords.
 */
export function readSong(song: LinkedSong): LeadSheet {
  const { drafts, notices } = new Reader().read(song.music)
  const head = {
    title: textOrNull(song.title),
    composer: textOrNull(song.composer),
    style: textOrNull(song.style),
    tempo: tempoOrNull(Number(song.tempo)),
    key: keyName(song.key),
  }
  if (drafts.length === 0) throw new ChartError('has no measures.')
  return leadSheet(head, drafts, notices)
}

const sections: ReadonlyMap<string, string> = new Map(Object.entries({ i: 'Intro', v: 'Verse', V: 'Verse' }))

/** A measure while its cells are read. */
type Open = {
  draft: Draft
  symbols: string[]
  cells: number[]
  count: number
  sign: 'x' | 'r' | null
}

class Reader {
  readonly #drafts: Draft[] = []
  readonly #notices: string[] = []
  /** Marks that stand before the measure that they belong to. */
  #pending: Draft['marks'] = {}
  #section: string | null = null
  #metre: Metre = fourFour
  #open: Open | null = null
  /** The style that words over the music have named; null where it is that of the song. */
  #style: string | null = null
  /** Whether the last bar line was one that a blank measure may follow, not one that ends a part. */
  #mayBeBlank = false
  #blankCells = 0
  /** The root of the chord before, for an invisible root. */
  #last: string | null = null
  /** The second of two measures that a sign repeats is blank. */
  #owesBlank = false
  /** The latest measure that has nothing but blank cells. */
  #blank: Draft | null = null
  /** A jump that waits for the end of its part. */
  #jump: Jump | null = null
  /** How often the repeat is played in which we are, where that is said. */
  #times: number | null = null

  read(music: string): { drafts: Draft[]; notices: readonly string[] } {
    const unknown = new Set<string>()
    for (let at = 0; at < music.length && this.#drafts.length <= maxMeasures; ) {
      if (music[at] === ' ') {
        this.#cell()
        at++
        continue
      }
      const found = tokenAt(music, at)
      if (found) this.#token(found.kind, found.match)
      else unknown.add(music[at] ?? '')
      at += found?.match[0].length ?? 1
    }
    if (this.#open) this.#close('Z')
    this.#markLast()
    if (unknown.size > 0) {
      this.#notices.push(`The signs “${shown([...unknown].join(''))}” are not known: they are left out.`)
    }
    this.#placeCodas()
    finishJumps(this.#drafts)
    return { drafts: this.#drafts, notices: this.#notices }
  }

  #token(kind: string, match: RegExpExecArray): void {
    const [text, part = ''] = match
    if (kind === 'chord') this.#chord(text)
    else if (kind === 'words') this.#words(part)
    else if (kind === 'bar line') this.#barLine(text[0] ?? '|')
    else if (kind === 'section') this.#section = sections.get(part) ?? part
    else if (kind === 'metre') this.#setMetre(part)
    else if (kind === 'ending') this.#ending(Number(part))
    else if (kind === 'sign') this.#sign(text)
    else if (kind === 'mark') this.#mark(text)
  }

  /** The measure in which something stands. */
  #measure(): Open {
    this.#open ??= {
      draft: {
        section: this.#section,
        style: this.#style,
        metre: this.#metre,
        chords: [],
        marks: this.#pending,
      },
      symbols: [],
      cells: [],
      count: this.#blankCells,
      sign: null,
    }
    if (this.#open.draft.marks === this.#pending) this.#pending = {}
    this.#blankCells = 0
    return this.#open
  }

  #cell(): void {
    if (this.#open) this.#open.count++
    else this.#blankCells++
  }

  #place(symbol: string | null): void {
    const open = this.#measure()
    if (open.symbols.length >= maxChords) return
    // A slash keeps its beat, so that the chords beside it keep theirs.
    open.symbols.push(symbol ?? '')
    open.cells.push(open.count++)
  }

  #chord(text: string): void {
    const [name = '', bass] = splitBass(text)
    if (!name.startsWith('W')) this.#last = spelled(name)
    const isHeld = name.startsWith('W') && bass === undefined
    if (this.#last === null) this.#notices.push(`“${shown(text)}” has no chord before it: it is left out.`)
    if (isHeld || this.#last === null) this.#place(null)
    else this.#place(bass === undefined ? this.#last : `${this.#last}/${bass}`)
  }

  #sign(sign: string): void {
    if (sign === 'n') this.#place(noChord)
    else if (sign === 'p') this.#place(null)
    else {
      const open = this.#measure()
      open.sign = sign === 'r' ? 'r' : 'x'
      open.count++
    }
  }

  #mark(mark: string): void {
    if (mark === 'S') this.#here().segno = true
    if (mark === 'U') this.#here().end = true
    if (mark !== 'Q') return
    if (!this.#open) this.#markLast()
    this.#here().toCoda = this.#open ? 'after' : 'before'
  }

  /** The marks of the measure that is open, or of the one that comes. */
  #here(): Draft['marks'] {
    return this.#open?.draft.marks ?? this.#pending
  }

  #ending(number: number): void {
    // An ending begins a measure, whether a bar line is there or not.
    if (this.#open) this.#barLine('|')
    // Blank cells before it only put it below the ending before.
    else if (number !== 1 && this.#blank !== null && this.#blank === this.#drafts.at(-1)) this.#drafts.pop()
    this.#blankCells = 0
    this.#pending.ending = [number === 0 ? 1 + this.#highestEnding() : number]
  }

  #highestEnding(): number {
    for (const { marks } of this.#drafts.slice(-64).reverse()) if (marks.ending) return marks.ending[0] ?? 1
    return 0
  }

  #setMetre(digits: string): void {
    const [numerator, denominator] = digits === '12' ? [12, 8] : [Number(digits[0]), Number(digits[1])]
    try {
      this.#metre = metre(numerator, denominator)
    } catch {
      this.#notices.push(`The metre T${digits} is not known: the metre before it goes on.`)
    }
  }

  #words(words: string): void {
    const plain = words.replace(/^\*\d\d/, '')
    const said = understood(plain)
    if (!said) {
      this.#style = styleIn(plain) ?? this.#style
      if (this.#open?.symbols.length === 0) this.#open.draft.style = this.#style
      return
    }
    const marks = this.#here()
    if ('times' in said) this.#times = said.times
    else if ('jump' in said) this.#jump = { to: said.jump, until: said.until ?? 'end' }
    else if (said.mark === 'fine') marks.fine = true
    else if (said.mark === 'segno') marks.segno = true
  }

  #barLine(line: string): void {
    if (this.#open) this.#close(line)
    else if (this.#isBlankMeasure(line)) {
      this.#measure()
      this.#close(line)
      this.#blank = line === '|' ? (this.#drafts.at(-1) ?? null) : null
    } else this.#endBefore(line)
    this.#blankCells = 0
    this.#mayBeBlank = '|[{'.includes(line)
    if ('[{'.includes(line)) this.#markLast()
    if (line !== '{') return
    this.#pending.repeatStart = true
    this.#times = null
  }

  /** Whether the cells since the last bar line are a measure in which the chord before goes on. */
  #isBlankMeasure(line: string): boolean {
    if (!this.#mayBeBlank || this.#blankCells === 0 || '[{'.includes(line) || this.#drafts.length === 0) return false
    if (!this.#owesBlank) return true
    this.#owesBlank = false
    return false
  }

  /** A bar line right after another one: only what it says about the measure before counts. */
  #endBefore(line: string): void {
    const last = this.#drafts.at(-1)
    if (!last || !']}Z'.includes(line)) return
    this.#markLast()
    if (line === '}' && last.marks.repeatEnd === undefined) this.#endRepeat(last)
    last.marks.endingEnd = true
  }

  /** What was said after the last measure belongs to it. A D.C. or D.S. is meant for the end of its part. */
  #markLast(): void {
    const last = this.#drafts.at(-1)
    if (!last) return
    if (this.#jump) last.marks.jump = this.#jump
    if (this.#pending.fine) last.marks.fine = true
    this.#jump = null
    delete this.#pending.fine
  }

  #endRepeat({ marks }: Draft): void {
    marks.repeatEnd = Math.max(1, this.#times ?? 2)
    this.#times = null
  }

  #close(line: string): void {
    const open = this.#measure()
    const { draft, symbols, cells, count } = open
    this.#open = null
    this.#owesBlank = false
    // A lone sign is written in the middle of its measure.
    const places = cells.length === 1 && cells[0] === 1 && count > 2 ? [0] : cells
    const beats = cellBeats(places, count, draft.metre)
    for (const [index, symbol] of symbols.entries()) {
      if (symbol !== '') draft.chords.push({ symbol, beat: beats[index] ?? 0 })
    }
    this.#push(open)
    const last = this.#drafts.at(-1)
    if (!last || !']}Z'.includes(line)) return
    this.#markLast()
    if (line === '}') this.#endRepeat(last)
    last.marks.endingEnd = true
  }

  #push({ draft, sign }: Open): void {
    // With a chord beside it, the sign only says that the measure begins as the one before ended.
    if (sign === null || draft.chords.length > 0) {
      this.#drafts.push(draft)
      return
    }
    const length = sign === 'x' ? 1 : 2
    const repeated = repeatLastMeasures(this.#drafts, length, draft)
    if (repeated === null) {
      this.#notices.push(`Measure ${this.#drafts.length + 1} repeats measures, but there are none before it.`)
      this.#drafts.push(draft)
      return
    }
    this.#drafts.push(...repeated)
    this.#owesBlank = length === 2
  }

  /** Of several coda signs the last one is the coda, the others lead there. */
  #placeCodas(): void {
    const signs = this.#drafts.filter(({ marks }) => marks.toCoda !== undefined)
    const coda = signs.at(-1)
    if (!coda) return
    delete coda.marks.toCoda
    if (signs.length > 1) coda.marks.coda = true
  }
}
