import { useSignal } from '@preact/signals'
import { type Song, titleHas } from '../../../session/index.ts'
import { openSongBook, type SongBook } from '../../devices/song-book.ts'
import { Block, Press, TextField } from '../fields.tsx'
import { text } from '../text.ts'

/** The browser's songs, opened once. */
let opened: SongBook | null = null

/** The songs that the browser keeps. */
export function songBook(): SongBook {
  opened ??= openSongBook(text.songs.bookTrouble)
  return opened
}

/** How many titles are shown; a search finds the others. */
const mostShown = 60

/** The book of songs: found by title, and put into the set list that is edited. */
export function Book({ onChoose }: { readonly onChoose: (song: Song) => void }) {
  const book = songBook()
  const search = useSignal('')
  const titles = book.titles.value
  const found = titles.filter((title) => titleHas(title, search.value))
  const { songs } = text
  if (book.trouble.value !== null) return <p role="alert">{book.trouble.value}</p>
  if (titles.length === 0) return <p class="quiet">{songs.emptyBook}</p>
  const choose = async (title: string) => {
    const song = await book.song(title)
    if (song) onChoose(song)
  }
  return (
    <Block title={songs.book(titles.length)}>
      <div class="fields">
        <TextField
          name={songs.search}
          wide
          value={search.value}
          onInput={(typed) => {
            search.value = typed
          }}
        />
      </div>
      <ul class="book">
        {found.slice(0, mostShown).map((title) => (
          <li key={title}>
            <Press label={songs.takeSong(title)} onPress={() => void choose(title)}>
              {title || songs.nameless}
            </Press>
            <Press label={songs.forgetSong(title)} onPress={() => void book.remove(title)}>
              ✕
            </Press>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="quiet">{songs.notInBook}</p>}
      {found.length > mostShown && <p class="quiet">{songs.moreInBook(found.length - mostShown)}</p>}
    </Block>
  )
}
