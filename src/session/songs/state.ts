import type { Beats, Metre } from '../../music/index.ts'
import type { SettingValue } from '../core/index.ts'
import type { KeysState } from '../keys/index.ts'
import type { Song } from './song.ts'

/** The set list, and where the performance is in it. */
export type Songs = {
  readonly list: readonly Song[]
  readonly song: number
  readonly section: number
  /** The section that comes, and where: by itself, because the one before it has an end, or because it was called. */
  readonly next: { readonly section: number; readonly beat: Beats; readonly byItself?: true } | null
  /** How many sections have come by themselves since one was called. */
  readonly alone: number
  /** What the settings that the song has set were before. */
  readonly found: Readonly<Record<string, SettingValue>>
  /** What the metre was before, where the song has set one. */
  readonly foundMetre: Metre | null
  /** Whether a song without a metre goes on in that of the song before. */
  readonly keepsMetre: boolean
}

/** What is known where songs are. */
export type SongsState = KeysState & { readonly songs: Songs }

/** No set list. */
export const noSongs: Songs = {
  list: [],
  song: 0,
  section: -1,
  next: null,
  alone: 0,
  found: {},
  foundMetre: null,
  keepsMetre: false,
}
