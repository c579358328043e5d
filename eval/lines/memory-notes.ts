import { createNoteCounts, keptChord, type NoteCounts, type PlayedNote } from '../../src/improv/index.ts'
import type { Line } from '../corpora/weimar.ts'

/** A line as a memory keeps it. */
export function keptNotes({ notes }: Pick<Line, 'notes'>): PlayedNote[] {
  return notes.map(({ pitch, onset, bpm, beats, place, chord }, index) => {
    const before = notes[index - 1]
    const since = before ? ((onset - before.onset) * bpm) / 60 : null
    return { pitch, since, chord: chord && keptChord(chord), velocity: 96, beats, place }
  })
}

/** What a performer has played on other tunes, in the order of the corpus. */
export function otherTunes({ performer, title }: Line, solos: readonly Line[]): PlayedNote[] {
  return solos.filter((other) => other.performer === performer && other.title !== title).flatMap(keptNotes)
}

/** Counts of these notes. */
export function countsOf(notes: readonly PlayedNote[]): NoteCounts {
  const counts = createNoteCounts(32768)
  for (const note of notes) counts.add(note)
  return counts
}
