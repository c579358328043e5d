import { parseMetre } from '../../../music/index.ts'
import { BarText } from '../bar-text.ts'
import { type Draft, keyName, type LeadSheet, leadSheet, tempoOrNull, textOrNull } from '../lead-sheet.ts'
import { understood } from '../repeat-words.ts'

/**
 * Reads a song. Where neither grids nor bar lines between the chords tell the measures, each chord is one.
 *
 * @throws ChartError when it has no chords.
 */
export function readSong(text: string): LeadSheet {
  return new Reader().read(text)
}

/** What the short names of directives stand for. */
const longNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    t: 'title',
    st: 'subtitle',
    c: 'comment',
    ci: 'comment',
    cb: 'comment',
    comment_italic: 'comment',
    comment_box: 'comment',
    highlight: 'comment',
    soc: 'start_of_chorus',
    eoc: 'end_of_chorus',
    sov: 'start_of_verse',
    eov: 'end_of_verse',
    sob: 'start_of_bridge',
    eob: 'end_of_bridge',
    sog: 'start_of_grid',
    eog: 'end_of_grid',
    sot: 'start_of_tab',
    eot: 'end_of_tab',
  }),
)

/** Environments that hold no chords. */
const otherWorlds = new Set(['tab', 'abc', 'ly', 'svg', 'textblock'])

const sectionWords =
  /^(intro|verse|chorus|refrain|bridge|solo|interlude|outro|coda|tag|pre-?chorus|ending|instrumental|part)\b/i

class Reader {
  readonly #bars = new BarText()
  readonly #meta = new Map<string, string>()
  #environment: string | null = null
  /** The measures of the latest chorus. */
  #chorus: Draft[] = []
  #chorusStart = 0
  #isCounted = true

  read(text: string): LeadSheet {
    for (const line of text.split(/\r\n?|\n/)) {
      if (this.#bars.isFull) break
      if (/^\s*#/.test(line)) continue
      const [, name = '', value = ''] = /^\s*\{\s*([\w-]+)\s*[:\s]?([^}]*)\}\s*$/.exec(line.slice(0, 2000)) ?? []
      if (name !== '') this.#directive(name.toLowerCase(), value.trim())
      else if (this.#environment === 'grid') this.#gridLine(line)
      else if (this.#environment === null || !otherWorlds.has(this.#environment)) this.#songLine(line)
    }
    const drafts = this.#bars.finish()
    const notices = [...this.#bars.notices]
    if (!this.#isCounted) notices.push('The chart has no bar lines: each chord is one measure.')
    const get = (name: string) => this.#meta.get(name) ?? null
    if (get('capo')) notices.push('The capo is not counted: the chords are read as they are written.')
    if (get('transpose')) notices.push('The transposition is not carried out: the chords are read as they are written.')
    const head = {
      title: textOrNull(get('title')),
      composer: textOrNull(get('composer') ?? get('artist') ?? get('subtitle')),
      style: textOrNull(get('style') ?? get('genre')),
      tempo: tempoOrNull(Number.parseFloat(get('tempo') ?? '')),
      key: keyName(get('key') ?? ''),
    }
    return leadSheet(head, drafts, notices)
  }

  #directive(shortName: string, value: string): void {
    const name = longNames.get(shortName) ?? shortName
    if (name === 'meta') {
      const [, field = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(value) ?? []
      this.#setMeta(field.toLowerCase(), rest)
    } else if (name === 'comment') this.#comment(value)
    else if (name === 'chorus') this.#repeatChorus(value)
    else if (name.startsWith('start_of_')) this.#start(name.slice('start_of_'.length), value)
    else if (name.startsWith('end_of_')) this.#end()
    else this.#setMeta(name, value)
  }

  #setMeta(name: string, value: string): void {
    if (name === 'time') {
      try {
        this.#bars.metre = parseMetre(value)
      } catch (error) {
        this.#bars.notices.push((error as Error).message)
      }
    }
    if (!this.#meta.has(name)) this.#meta.set(name, value)
  }

  #comment(words: string): void {
    if (understood(words)) this.#bars.line(words)
    else if (sectionWords.test(words) && this.#environment === null) this.#bars.section = words.slice(0, 60)
  }

  #start(environment: string, value: string): void {
    const label = /label\s*=\s*"([^"]*)"/.exec(value)?.[1] ?? (value.includes('=') ? '' : value)
    this.#environment = environment
    if (otherWorlds.has(environment)) return
    const shape = /^\d+[x+\d]*(\s|$)/.test(label)
    const named = shape ? label.replace(/^\S+\s*/, '') : label
    const usual = environment === 'grid' ? this.#bars.section : environment[0]?.toUpperCase() + environment.slice(1)
    this.#bars.section = named.slice(0, 60) || (usual ?? null)
    if (environment === 'chorus') this.#chorusStart = this.#bars.drafts.length
  }

  #end(): void {
    this.#bars.line('')
    if (this.#environment === 'chorus') this.#chorus = this.#bars.drafts.slice(this.#chorusStart)
    if (this.#environment !== null && !otherWorlds.has(this.#environment)) this.#bars.section = null
    this.#environment = null
  }

  /** `{chorus}`: the latest chorus once more. */
  #repeatChorus(label: string): void {
    for (const draft of this.#chorus) {
      if (this.#bars.isFull) return
      const section = label === '' ? draft.section : label.slice(0, 60)
      this.#bars.drafts.push({
        ...draft,
        section,
        chords: draft.chords.map((chord) => ({ ...chord })),
        marks: { ...draft.marks },
      })
    }
  }

  /** A line of a grid: what stands before its first bar line and behind its last one is a margin. */
  #gridLine(line: string): void {
    const first = line.search(/[|:]/)
    if (first < 0) return
    const last = Math.max(line.lastIndexOf('|') + 1, first)
    const margin = line.slice(0, first).trim()
    if (margin !== '') this.#bars.section = margin.slice(0, 60)
    const behind = line.slice(last).trim()
    const isEnd = behind.startsWith('.') || behind.startsWith(':')
    const words = behind.replace(/^[.:]/, '').trim()
    const said = understood(words) ? ` ${words}` : ''
    this.#bars.line(line.slice(first, last) + (isEnd ? behind[0] : '') + said)
  }

  /** A line of words with chords in brackets. */
  #songLine(line: string): void {
    const pieces = [...line.slice(0, 20_000).matchAll(/\[([^\]]{1,60})\]|(:?\|+[:\].]?)/g)]
    const words = pieces.flatMap(([, chord, bar]) => {
      const text = (chord ?? bar ?? '').trim()
      return text === '' || text.startsWith('*') ? [] : [text]
    })
    if (words.length === 0) return
    if (words.some((word) => word.includes('|'))) {
      this.#bars.line(words.join(' '))
      return
    }
    for (const word of words) {
      if (/^[/.%]+$/.test(word)) continue
      this.#isCounted = false
      this.#bars.line(word.replaceAll(/\s+/g, ''))
    }
  }
}
