import { type ReadonlySignal, signal } from '@preact/signals'
import { createStore, del, entries, get, keys, setMany } from 'idb-keyval'
import { readSongs, type Song } from '../../session/index.ts'

/** The songs that the browser keeps, by their titles. */
export type SongBook = {
  readonly titles: ReadonlySignal<readonly string[]>
  /** Why songs are not kept, as a sentence; null where they are. */
  readonly trouble: ReadonlySignal<string | null>
  /** Keeps songs; another song of the same title gets a number. */
  add(songs: readonly Song[]): Promise<void>
  /** The song of a title; null where it is gone. */
  song(title: string): Promise<Song | null>
  remove(title: string): Promise<void>
}

/** @param troubleText what is said where the browser refuses to keep songs. */
export function openSongBook(troubleText: string): SongBook {
  const store = createStore('tradefours-songs', 'songs')
  const titles = signal<readonly string[]>([])
  const trouble = signal<string | null>(null)
  const list = async () => {
    titles.value = (await keys<string>(store)).sort((a, b) => a.localeCompare(b))
  }
  const attempt = async (what: () => Promise<unknown>) => {
    try {
      await what()
      await list()
      trouble.value = null
    } catch {
      trouble.value = troubleText
    }
  }
  void attempt(async () => {})
  return {
    titles,
    trouble,
    add: (songs) =>
      attempt(async () => {
        const taken = new Map(await entries<string, string>(store))
        const added = new Map<string, string>()
        for (const song of songs) {
          const file = JSON.stringify(song)
          const key = freeTitle(song.title, file, taken)
          taken.set(key, file)
          added.set(key, file)
        }
        await setMany([...added], store)
      }),
    async song(title) {
      const file = await get<string>(title, store).catch(() => undefined)
      try {
        return (file && readSongs(file)[0]) || null
      } catch {
        return null
      }
    },
    remove: (title) => attempt(() => del(title, store)),
  }
}

/** The title under which a song is kept: one that is free, or has the same song already. */
function freeTitle(title: string, file: string, taken: ReadonlyMap<string, string>): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? title : `${title} (${count})`
    const before = taken.get(name)
    if (before === undefined || before === file) return name
  }
}
