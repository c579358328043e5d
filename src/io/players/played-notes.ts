import { keptChord, type PlayedNote } from '../../improv/index.ts'
import { type Beats, type Chart, chordAt, type Metre, measureBeats, type Note } from '../../music/index.ts'

/** Notes of a file this near to each other are a chord: its top is the line. */
const togetherBeats: Beats = 1 / 24

/**
 * The notes of a melodic part, as a player's memory keeps them: the top line.
 *
 * @param chart from the start of the file, again and again; null where no chords are known.
 */
export function playedNotes(notes: readonly Note[], metre: Metre, chart: Chart | null): PlayedNote[] {
  const line = topLine(notes)
  return line.map(({ pitch, velocity, beat, beats }, index): PlayedNote => {
    const before = line[index - 1]
    const chord = chart && chordAt(chart, metre, beat)
    const since = before ? beat - before.beat : null
    return { pitch, velocity, since, beats, place: beat % measureBeats(metre), chord: chord && keptChord(chord) }
  })
}

function topLine(notes: readonly Note[]): Note[] {
  const line: Note[] = []
  for (const note of [...notes].sort((a, b) => a.beat - b.beat || b.pitch - a.pitch)) {
    const last = line.at(-1)
    if (!last || note.beat - last.beat > togetherBeats) line.push(note)
    else if (note.pitch > last.pitch) line[line.length - 1] = note
  }
  return line
}
