import type { PlayedNote } from './played-note.ts'

/** What a performer played from one sitting-down to the next. */
export type Evening = {
  /** Unique among all evenings of all players. */
  readonly id: string
  /** The day, such as `2026-11-30`. */
  readonly day: string
  readonly notes: readonly PlayedNote[]
}

/** What is known of a performer: plain data, which nothing changes. */
export type Player = {
  readonly name: string
  /** The oldest first. */
  readonly evenings: readonly Evening[]
}

/** How many notes are kept: the file is then below a megabyte. */
export const mostPlayerNotes = 28_000

/** Somebody of whom nothing is known yet. */
export function newPlayer(name: string): Player {
  return { name, evenings: [] }
}

/** All that is kept of a performer, the oldest first. */
export function notesOf({ evenings }: Player): readonly PlayedNote[] {
  return evenings.flatMap(({ notes }) => notes)
}

/**
 * A performer with an evening more, or with more of one that is known: the longer account of it stays. The oldest notes
 * are forgotten where there are too many.
 */
export function withEvening(player: Player, evening: Evening): Player {
  const known = player.evenings.find(({ id }) => id === evening.id)
  if (known && known.notes.length >= evening.notes.length) return player
  const others = player.evenings.filter(({ id }) => id !== evening.id)
  const evenings = [...others, evening].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return { ...player, evenings: newestOf(evenings) }
}

/** A performer without an evening. */
export function withoutEvening(player: Player, id: string): Player {
  return { ...player, evenings: player.evenings.filter((evening) => evening.id !== id) }
}

/** The newest notes of evenings, as many as are kept. */
function newestOf(evenings: readonly Evening[]): Evening[] {
  const kept: Evening[] = []
  let room = mostPlayerNotes
  for (const evening of [...evenings].reverse()) {
    if (room === 0) break
    const [first, ...rest] = evening.notes.slice(-room)
    room -= first ? 1 + rest.length : 0
    kept.push(
      first && evening.notes.length > 1 + rest.length
        ? { ...evening, notes: [{ ...first, since: null }, ...rest] }
        : evening,
    )
  }
  return kept.reverse()
}
