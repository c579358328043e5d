/** `io/charts/chordpro`: songs in ChordPro (https://www.chordpro.org): chords between the words, and grids. */
import type { ChartFormat } from '../format.ts'
import { ChartError } from '../lead-sheet.ts'
import { readSong } from './read.ts'

const directive =
  /^\s*\{\s*(title|t|subtitle|st|artist|composer|key|tempo|time|meta|comment|c|ci|cb|soc|eoc|sov|eov|sob|eob|sog|eog|sot|eot|start_of_\w+|define|chord|capo|new_song|ns|chorus)\b[^}\n]*\}/im
/** The longest book of songs, in letters. */
const maxLength = 8 * 1024 * 1024

const nameOfFile = /\.(cho|chopro|chordpro|crd|pro)$/i

export const chordPro: ChartFormat = {
  name: 'ChordPro',
  recognises: ({ text, name }) => directive.test(text) || nameOfFile.test(name) || hasWordsWithChords(text),
  read({ text }) {
    if (text.length > maxLength) throw new ChartError(`has more than ${maxLength >> 20} MiB of songs: split it.`)
    const songs = text.split(/^\s*\{\s*(?:new_song|ns)\b[^}\n]*\}\s*$/im).filter((song) => song.trim() !== '')
    return {
      title: null,
      songs: songs.slice(0, 5000).map((song) => ({ title: titleOf(song), read: () => readSong(song) })),
    }
  },
}

function titleOf(song: string): string | null {
  return /^\s*\{\s*(?:title|t)\s*:\s*([^}\n]{1,200})/im.exec(song)?.[1]?.trim() ?? null
}

/** Chords in brackets beside words, and no bar lines. */
function hasWordsWithChords(text: string): boolean {
  return text
    .split('\n', 2000)
    .some(
      (line) =>
        line.length < 2000 &&
        !line.includes('|') &&
        /\[[A-G][^\]\s]{0,15}\]\s*[\p{L}'’(]/u.test(line) &&
        /\p{Ll}{2}/u.test(line),
    )
}
