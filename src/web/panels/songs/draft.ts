import {
  readSongs,
  type Section,
  type SettingValue,
  type Song,
  SongError,
  songVersion,
} from '../../../session/index.ts'

/**
 * A song while it is edited: it has a song's shape, but numbers may still be texts or out of range, until the schema of
 * songs accepts it. The song that is played does not change.
 */
export type DraftSong = Omit<Song, 'sections'> & { readonly sections: readonly DraftSection[] }

export type DraftSection = Omit<Section, 'tempo' | 'set'> & {
  readonly tempo?: number | string | undefined
  readonly set?: Readonly<Record<string, SettingValue | undefined>> | undefined
}

/** A song with one section, which changes nothing. */
export function newSong(title: string, section: string): DraftSong {
  return { format: 'tradefours-song', version: songVersion, title, sections: [{ name: section }] }
}

/**
 * What is wrong with a song: a path such as `sections.2.tempo`, empty for the whole song, and the rest of a sentence that
 * starts with that path.
 */
export type Trouble = { readonly path: string; readonly message: string }

/** The first thing that is wrong with a song, in the words of its schema; null if it can be played. */
export function troubleWith(song: DraftSong): Trouble | null {
  try {
    readSongs(JSON.stringify(song))
    return null
  } catch (error) {
    if (!(error instanceof SongError)) throw error
    const [, place = '', message = error.message] = /^is not a valid song: (\S+) (.*)$/s.exec(error.message) ?? []
    return { path: place === 'it' ? '' : place, message }
  }
}

/** The songs of a draft, if all of them can be played. */
export function playable(songs: readonly DraftSong[]): Song[] | null {
  return songs.every((song) => troubleWith(song) === null) ? (songs as Song[]) : null
}

/** A song with some fields of a section changed. Undefined fields are left out. */
export function withSection(song: DraftSong, index: number, change: Partial<DraftSection>): DraftSong {
  const sections = song.sections.map((section, at) =>
    at === index ? withoutUndefined({ ...section, ...change }) : section,
  )
  return { ...song, sections }
}

/** A song with a section renamed. Sections that lead to it still do. */
export function renamed(song: DraftSong, index: number, name: string): DraftSong {
  const before = song.sections[index]?.name
  const isOnlyOne = song.sections.filter((section) => section.name === before).length === 1
  const sections = song.sections.map((section, at) => ({
    ...section,
    ...(isOnlyOne && section.next === before && { next: name }),
    ...(at === index && { name }),
  }))
  return { ...song, sections }
}

function withoutUndefined(section: DraftSection): DraftSection {
  return Object.fromEntries(Object.entries(section).filter(([, value]) => value !== undefined)) as DraftSection
}

/** A list with one item moved by some places. */
export function moved<Item>(list: readonly Item[], from: number, by: number): Item[] {
  const rest = list.filter((_, index) => index !== from)
  rest.splice(Math.max(0, from + by), 0, ...list.slice(from, from + 1))
  return rest
}

/** A list without one item. */
export function without<Item>(list: readonly Item[], index: number): Item[] {
  return list.filter((_, at) => at !== index)
}

/** The number that was typed; the text if it is not one, so that the schema says what is wrong. */
export function typedNumber(text: string): number | string | undefined {
  if (text.trim() === '') return undefined
  const value = Number(text.replace(',', '.'))
  return Number.isNaN(value) ? text : value
}

/** Songs as a file: a song, or a set list of several. */
export function songFile(songs: readonly DraftSong[], title: string): { readonly name: string; readonly text: string } {
  const [first] = songs
  const file =
    songs.length === 1 && first ? first : { format: 'tradefours-set-list', version: songVersion, title, songs }
  return { name: `${fileName(file.title)}.json`, text: `${JSON.stringify(file, null, 2)}\n` }
}

/** A title as a file name, in any script. */
export function fileName(title: string): string {
  return (
    title
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join('-') ?? 'song'
  )
}
