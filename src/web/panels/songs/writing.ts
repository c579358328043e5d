import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { readSongs, type Song } from '../../../session/index.ts'
import { remembered } from '../../devices/remembered.ts'
import type { Stage } from '../../stage.ts'
import { text } from '../text.ts'
import { type DraftSong, newSong, playable, songFile } from './draft.ts'

/** The set list that is edited. */
export type Writing = {
  readonly songs: ReadonlySignal<readonly DraftSong[]>
  /** The song that is open. */
  readonly chosen: Signal<number>
  write(songs: readonly DraftSong[]): void
  /** Adds songs in place of new ones that are still empty, and opens the first of them. @returns whether all had room. */
  take(songs: readonly DraftSong[]): boolean
}

/** The most songs of a set list. */
export const mostSongs = 64

const known = new WeakMap<Stage, Writing>()

/**
 * The edited set list of a stage. It lasts while the panel is closed, and the last state that could be played is stored
 * for the next visit. It starts with the set list that is played, or else with a new song.
 */
export function writingOf(stage: Stage): Writing {
  const existing = known.get(stage)
  if (existing) return existing
  const stored = remembered('set-list')
  const songs = signal<readonly DraftSong[]>(songsIn(stored.peek()) ?? firstSongs(stage.session.peek().songs.list))
  const chosen = signal(stage.session.peek().songs.song)
  const write = (next: readonly DraftSong[]) => {
    songs.value = next
    if (playable(next)) stored.value = songFile(next, text.songs.setListTitle).text
  }
  const writing: Writing = {
    songs,
    chosen,
    write,
    take(added) {
      const kept = songs.value.filter((song) => !isUntouched(song))
      const next = [...kept, ...added]
      write(next.slice(0, mostSongs))
      chosen.value = Math.min(kept.length, songs.value.length - 1)
      return next.length <= mostSongs
    },
  }
  known.set(stage, writing)
  return writing
}

function songsIn(file: string): readonly Song[] | null {
  try {
    return readSongs(file)
  } catch {
    return null
  }
}

function firstSongs(played: readonly Song[]): readonly DraftSong[] {
  return played.length > 0 ? played : [newSong(text.songs.untitled, text.songs.sectionName(1))]
}

/** Whether a new song is still empty. */
function isUntouched(song: DraftSong): boolean {
  return JSON.stringify(song) === JSON.stringify(newSong(text.songs.untitled, text.songs.sectionName(1)))
}
