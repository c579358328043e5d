import { strokeNote } from '../groove/index.ts'
import { type MetreChange, type MidiPart, writeMidi } from '../io/midi-file/index.ts'
import { type Beats, type Metre, measureBeats, metre, rounding } from '../music/index.ts'
import { type Timeline, tempoAt, tempoMap } from '../timing/index.ts'
import { windowBeats } from './loop-window.ts'
import type { SongBass, SongHit } from './song-groove.ts'

/** The bass as it was played, and the drums, in the file's own tempi and metres. A pickup is a measure of its own. */
export function grooveMidi(
  { name, channel, program }: MidiPart,
  { window, runs, notes }: SongBass,
  hits: readonly SongHit[],
  timeline: Timeline,
): Uint8Array {
  const lead = Math.ceil(4 * window.pickup - rounding) / 4
  const length = lead + windowBeats(window)
  const [first, ...rest] = runs.map((run): MetreChange => ({ beat: lead + run.beat, metre: run.metre }))
  const inMetre = first?.metre ?? metre(4, 4)
  return writeMidi({
    metre: lead > 0 ? metreOf(lead) : inMetre,
    metreChanges: lead > 0 && first ? [first, ...rest] : rest,
    timeline: timelineFrom(timeline, window.beat - lead),
    length,
    tracks: [
      {
        name: name || 'Bass',
        channel: channel === 10 ? 1 : channel,
        program: program ?? 33,
        notes: notes.map((note) => {
          const beat = Math.max(0, lead + note.beat)
          return { ...note, beat, beats: Math.min(lead + note.beat + note.beats, length) - beat }
        }),
      },
      {
        name: 'Drums',
        channel: 10,
        notes: hits.map((hit) => strokeNote({ ...hit, beat: Math.max(0, lead + hit.beat) })),
      },
    ],
  })
}

/** A timeline as it goes on from a beat, which becomes beat 0. */
function timelineFrom(timeline: Timeline, start: Beats): Timeline {
  const later = timeline.filter(({ beat }) => beat > start)
  return tempoMap(
    tempoAt(timeline, start),
    later.map(({ beat, bpm }) => ({ beat: beat - start, bpm })),
  )
}

/** A metre for a pickup of whole sixteenths. */
function metreOf(beats: Beats): Metre {
  const denominator = [4, 8, 16].find((each) => Number.isInteger((beats * each) / 4)) ?? 16
  return metre(Math.round((beats * denominator) / 4), denominator)
}

/** How long measures of one metre are, in quarter notes. */
export function runBeats({ metre, measures }: { readonly metre: Metre; readonly measures: number }): Beats {
  return measures * measureBeats(metre)
}
