import { type ReadonlySignal, signal } from '@preact/signals'
import { readSongs, type Song } from '../../../session/index.ts'
import { remembered } from '../../devices/remembered.ts'
import type { Stage } from '../../stage.ts'
import { text } from '../text.ts'
import { type DraftSong, newSong, playable, songFile } from './draft.ts'

/** The set list that is being written. */
export type Writing = {
  readonly songs: ReadonlySignal<readonly DraftSong[]>
  write(songs: readonly DraftSong[]): void
}

const begun = new WeakMap<Stage, Writing>()

/**
 * What is being written: it stays while the panel is closed and, as it could be played last, from visit to visit. It
 * begins with what is on the stand, or else with a new song.
 */
export function writingOf(stage: Stage): Writing {
  const known = begun.get(stage)
  if (known) return known
  const stored = remembered('set-list')
  const songs = signal<readonly DraftSong[]>(songsIn(stored.peek()) ?? beginning(stage.session.peek().stand.songs))
  const writing: Writing = {
    songs,
    write(next) {
      songs.value = next
      if (playable(next)) stored.value = songFile(next, text.songs.setListTitle).text
    },
  }
  begun.set(stage, writing)
  return writing
}

function songsIn(file: string): readonly Song[] | null {
  try {
    return readSongs(file)
  } catch {
    return null
  }
}

function beginning(onStand: readonly Song[]): readonly DraftSong[] {
  return onStand.length > 0 ? onStand : [newSong(text.songs.untitled, text.songs.sectionName(1))]
}
