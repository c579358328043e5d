import type { LeadSheet } from './lead-sheet.ts'

/** A file, a link or a text that may hold charts. */
type Source = {
  readonly bytes: Uint8Array
  readonly text: string
  /** The file's name; empty where there is none. */
  readonly name: string
}

/** What a format makes of a source. */
type Reading = {
  /** The name of the playlist. */
  readonly title: string | null
  /** Reads the songs, one after the other; a song that can't be read throws a ChartError. */
  readonly songs: readonly { readonly title: string | null; readonly read: () => LeadSheet }[]
}

/** A format of charts. */
export type ChartFormat = {
  readonly name: string
  readonly recognises: (source: Source) => boolean
  /** @throws ChartError when the source can't be read. */
  readonly read: (source: Source) => Reading | Promise<Reading>
}
