import { readSongs, type Song } from '../../session/index.ts'
import { inStyles, songOf } from './chart-song.ts'
import { decodeText } from './decode-text.ts'
import { bounded } from './lead-sheet.ts'
import { readCharts } from './read-charts.ts'

/** Songs, whatever they were written in. */
export type SongsIn = {
  /** The name of a playlist. */
  readonly title: string | null
  readonly songs: readonly Song[]
  /** What could not be read, each a sentence. */
  readonly notices: readonly string[]
}

/**
 * Reads the songs of a file, of a link or of a text: songs and set lists of ours, and charts in every format that is read.
 *
 * @param input a file's bytes, or a text.
 * @param name the file's name; its ending can tell the format.
 * @throws ContentError when no song can be read: the rest of a sentence that begins with the file's name.
 */
export async function songsIn(input: Uint8Array | string, name = ''): Promise<SongsIn> {
  if (/\.json$/i.test(name) || startsAsJson(input)) {
    const songs = readSongs(typeof input === 'string' ? input : decodeText(input))
    return { title: null, songs: await Promise.all(songs.map(inStyles)), notices: [] }
  }
  const { title, songs, notices } = await readCharts(input, name)
  const made = songs.map((chart) => ({ ...songOf(chart), said: chart.notices }))
  const ofSongs = made.flatMap(({ song, notices, said }) =>
    [...said, ...notices].map((notice) => (made.length > 1 ? `${song.title}: ${notice}` : notice)),
  )
  return { title, songs: made.map(({ song }) => song), notices: bounded([...notices, ...ofSongs]) }
}

/** An object with a name in quotes; a directive of ChordPro has none. */
function startsAsJson(input: Uint8Array | string): boolean {
  const start = typeof input === 'string' ? input.slice(0, 99) : decodeText(input.subarray(0, 99))
  return /^\uFEFF?\s*\{\s*"/.test(start)
}
