import { playingOrder } from '../../music/index.ts'
import { decodeText } from './decode-text.ts'
import { chartFormats } from './formats.ts'
import { bounded, ChartError, type LeadSheet, type Measure, shown } from './lead-sheet.ts'

/** The largest file of charts, and the longest link. */
export const maxChartBytes = 16 * 1024 * 1024

/** The longest chorus, in measures. */
const maxBars = 10_000

/** The most measures of all songs of a file together. */
const maxBarsInAll = 250_000

/** A lead sheet with one chorus in playing order: repeats, endings, D.C., D.S. and coda carried out. */
export type Chorus = LeadSheet & { readonly bars: readonly Measure[] }

/** The charts of a file, of a link or of a text. */
export type Charts = {
  /** The name of the playlist. */
  readonly title: string | null
  readonly songs: readonly Chorus[]
  /** Songs that could not be read, each a sentence. */
  readonly notices: readonly string[]
}

/**
 * Reads the charts of a file, of a link or of a text, whatever their format is.
 *
 * @param input a file's bytes, or a text.
 * @param name the file's name; its ending can tell the format.
 * @throws ChartError when no song can be read.
 */
export async function readCharts(input: Uint8Array | string, name = ''): Promise<Charts> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  if (bytes.length > maxChartBytes) throw new ChartError(`is larger than ${maxChartBytes >> 20} MiB: split it.`)
  const source = { bytes, text: typeof input === 'string' ? input : decodeText(bytes), name }
  if (source.text.trim() === '') throw new ChartError('is empty: write a chart into it, or export it again.')
  const format = chartFormats.find(({ recognises }) => recognises(source))
  if (!format) throw new ChartError('is not a chart that can be read: use iReal Pro, MusicXML, ChordPro or plain text.')
  const { title, songs } = await format.read(source)
  const read: Chorus[] = []
  const notices: string[] = []
  let left = maxBarsInAll
  for (const [index, song] of songs.entries()) {
    const named = song.title === null ? `Song ${index + 1}` : `“${shown(song.title)}”`
    if (left <= 0) {
      notices.push(`${named} and what follows is left out: split the file.`)
      break
    }
    try {
      const sheet = song.read()
      const chorus = chorusOf(sheet, Math.min(maxBars, left))
      left -= chorus.bars.length + sheet.measures.length
      read.push(chorus)
    } catch (error) {
      if (!(error instanceof ChartError)) throw error
      if (songs.length === 1) throw error
      notices.push(`${named} ${error.message}`)
    }
  }
  if (read.length === 0) throw new ChartError('has no song that can be read: export it again.')
  return { title, songs: read, notices: bounded(notices) }
}

function chorusOf(sheet: LeadSheet, limit: number): Chorus {
  const { order, isCut, notices } = playingOrder(sheet.measures, limit)
  const bars = order.flatMap((index, place) => {
    const measure = sheet.measures[index]
    if (!measure) return []
    const isFirst = sheet.measures[index - 1]?.section !== measure.section
    const isReturn = place > 0 && index <= (order[place - 1] ?? -1)
    return isFirst && isReturn ? [{ ...measure, beginsAgain: true as const }] : [measure]
  })
  const cut = isCut ? [`The chart goes on for more than ${limit} measures: the rest is left out.`] : []
  return { ...sheet, bars, notices: [...sheet.notices, ...notices, ...cut] }
}
