/** `io/charts/ireal`: charts of iReal Pro, as links, as pages in HTML and as playlists. */
import type { ChartFormat } from '../format.ts'
import { ChartError, textOrNull } from '../lead-sheet.ts'
import { hasLink, type LinkedSong, linksIn, maxSongs, songsOf } from './link.ts'
import { readSong } from './read.ts'

export const ireal: ChartFormat = {
  name: 'iReal Pro',
  recognises: ({ text }) => hasLink(text),
  read({ text }) {
    const songs: LinkedSong[] = []
    let title: string | null = null
    for (const link of linksIn(text)) {
      const linked = songsOf(link)
      title ??= textOrNull(linked.title)
      songs.push(...linked.songs)
      if (songs.length >= maxSongs) break
    }
    if (songs.length === 0) throw new ChartError('leads to no song: export it from iReal Pro again.')
    return { title, songs: songs.map((song) => ({ title: textOrNull(song.title), read: () => readSong(song) })) }
  },
}
