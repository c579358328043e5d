import { type Chord, type ChordChange, type MidiPitch, mod } from '../../src/music/index.ts'
import { type Line, weimarSolos } from '../corpora/weimar.ts'
import { weimarChord } from '../corpora/weimar-chord.ts'

/** A note of a turn, in beats from its start. */
export type TurnNote = {
  readonly pitch: MidiPitch
  readonly beat: number
  readonly beats: number
}

/** Four measures of a solo as a call, and the four that follow as its answer. */
export type Turn = {
  readonly solo: string
  readonly bpm: number
  readonly call: readonly TurnNote[]
  readonly answer: readonly TurnNote[]
  /** The phrases that are whole in the answer. */
  readonly phrases: readonly (readonly TurnNote[])[]
  /** In beats from the turn's start. */
  readonly chords: readonly ChordChange[]
}

/** A turn's length. */
export const turnBeats = 16

/** A call, and an answer, of fewer notes says nothing. */
const fewestNotes = 5

/** The turns of the solos in 4/4. */
export function turnsOf(data: string): Turn[] {
  return weimarSolos(data)
    .filter(({ metre, track }) => metre === '4/4' && track.every(({ measure }) => measure === 4))
    .flatMap(turnsIn)
}

function turnsIn({ id, notes, track }: Line): Turn[] {
  const first = track.findIndex(({ place }) => place === 0)
  const turns: Turn[] = []
  const within = (from: number) =>
    notes
      .filter(({ beat }) => beat >= from && beat < from + turnBeats)
      .map(({ pitch, beat, beats }) => ({ pitch, beat, beats }))
  for (let start = first + turnBeats; start + turnBeats <= track.length; start += 2 * turnBeats) {
    if (mod(start - first, 4) !== 0) continue
    const moved = (from: number) => within(from).map((note) => ({ ...note, beat: note.beat - start }))
    const [call, answer] = [moved(start - turnBeats), moved(start)]
    if (call.length < fewestNotes || answer.length < fewestNotes) continue
    const tempi = track.slice(start, start + turnBeats).map(({ bpm }) => bpm)
    const chords: ChordChange[] = []
    for (let beat = -turnBeats; beat < turnBeats; beat++) {
      const symbol = track[start + beat]?.symbol ?? ''
      if (beat === -turnBeats || symbol !== track[start + beat - 1]?.symbol)
        chords.push({ beat, chord: weimarChord(symbol) })
    }
    const bpm = tempi.reduce((sum, each) => sum + each, 0) / tempi.length
    const phrases = phrasesIn(notes, bpm)
      .filter((phrase) => phrase.every(({ beat }) => beat >= start && beat < start + turnBeats))
      .map((phrase) => phrase.map(({ pitch, beat, beats }) => ({ pitch, beat: beat - start, beats })))
    if (phrases.length > 0) turns.push({ solo: id, bpm, call, answer, phrases, chords })
  }
  return turns
}

/** The chord at a beat of a turn. */
export function chordIn({ chords }: Turn, beat: number): Chord | null {
  return chords.findLast((change) => change.beat <= beat)?.chord ?? null
}

/** Parts notes where nothing sounds for 0.3 s, as phrases are parted live. */
export function phrasesIn<Note extends TurnNote>(notes: readonly Note[], bpm: number): Note[][] {
  const phrases: Note[][] = []
  for (const [index, note] of notes.entries()) {
    const before = notes[index - 1]
    const rest = before ? ((note.beat - before.beat - before.beats) * 60) / bpm : Number.POSITIVE_INFINITY
    if (rest >= 0.3) phrases.push([])
    phrases.at(-1)?.push(note)
  }
  return phrases
}
