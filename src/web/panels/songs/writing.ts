import { type ReadonlySignal, signal } from '@preact/signals'
import { readSongs, type Song } from '../../../session/index.ts'
import { remembered } from '../../devices/remembered.ts'
import type { Stage } from '../../stage.ts'
import { text } from '../text.ts'
import { type DraftSong, newSong, playable, songFile } from './draft.ts'

/** The set list that is edited. */
export type Writing = {
  readonly songs: ReadonlySignal<readonly DraftSong[]>
  write(songs: readonly DraftSong[]): void
}

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
  const writing: Writing = {
    songs,
    write(next) {
      songs.value = next
      if (playable(next)) stored.value = songFile(next, text.songs.setListTitle).text
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
