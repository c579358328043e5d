/** `io/charts/text`: charts as anybody types them, with a head if there is one. */

import { parseMetre } from '../../../music/index.ts'
import { BarText } from '../bar-text.ts'
import type { ChartFormat } from '../format.ts'
import {
  ChartError,
  keyName,
  type LeadSheet,
  leadSheet,
  type SheetHead,
  shown,
  tempoOrNull,
  textOrNull,
} from '../lead-sheet.ts'

export const plainText: ChartFormat = {
  name: 'plain text',
  // A file with other control characters is not text.
  recognises: ({ text }) => text.trim() !== '' && !/[^\P{Cc}\s]/u.test(text),
  read: ({ text }) => ({ title: null, songs: [{ title: null, read: () => readText(text) }] }),
}

/** The longest text, in letters. */
const maxLength = 2 * 1024 * 1024

const headLine = /^\s*(title|song|composer|by|artist|style|feel|key|tempo|bpm|metre|meter|time)\s*[:=]\s*(.*)$/i
const labelLine = /^\s*([A-Za-z][\w '’-]{0,30}):(?=\s|$)\s*(.*)$/

/**
 * Reads our own text: lines such as `Title: …`, `Composer:`, `Style:`, `Key:`, `Tempo:`, `Metre:`, then measures, as
 * {@link BarText} reads them. `#` begins a remark, `Bridge:` at the start of a line a section.
 *
 * @throws ChartError when it has no chords.
 */
function readText(text: string): LeadSheet {
  if (text.length > maxLength) throw new ChartError(`is a text of more than ${maxLength >> 20} MiB: split it.`)
  const bars = new BarText()
  const head: { -readonly [Field in keyof SheetHead]: SheetHead[Field] } = {
    title: null,
    composer: null,
    style: null,
    tempo: null,
    key: null,
  }
  for (const line of text.split(/\r\n?|\n/)) {
    if (bars.isFull) break
    if (/^\s*#(\s|$)/.test(line)) continue
    const [, field = '', value = ''] = headLine.exec(line) ?? []
    if (field === '') readLine(bars, line)
    else if (/^(title|song)$/i.test(field)) head.title = textOrNull(value)
    else if (/^(composer|by|artist)$/i.test(field)) head.composer = textOrNull(value)
    else if (/^(style|feel)$/i.test(field)) head.style = textOrNull(value)
    else if (/^key$/i.test(field)) head.key = keyName(value)
    else if (/^(tempo|bpm)$/i.test(field)) head.tempo = readTempo(bars, value)
    else readMetre(bars, value)
  }
  const drafts = bars.finish()
  return leadSheet(head, drafts, bars.notices)
}

function readLine(bars: BarText, line: string): void {
  const [, label, rest = ''] = labelLine.exec(line) ?? []
  // `|:` is a bar line, not the end of a name.
  if (label !== undefined) {
    bars.section = label.trim()
    bars.style = null
  }
  bars.line(label === undefined ? line : rest)
}

function readTempo({ notices }: BarText, value: string): number | null {
  const tempo = tempoOrNull(Number.parseFloat(value.replace(/^\D+/, '')))
  if (tempo === null && value.trim() !== '')
    notices.push(`“${shown(value.trim())}” is not a tempo from 20 to 400 beats a minute: it is left out.`)
  return tempo
}

function readMetre(bars: BarText, value: string): void {
  try {
    bars.metre = parseMetre(value)
  } catch (error) {
    bars.notices.push((error as Error).message)
  }
}
