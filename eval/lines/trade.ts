import { writeMidi } from '../../src/io/midi-file/index.ts'
import { type Chord, chordAt, type Metre, metre, type Note, parseChart } from '../../src/music/index.ts'
import { beatAt, secondsAt, type Timeline, tempoMap } from '../../src/timing/index.ts'
import type { Line, TrackBeat } from '../corpora/weimar.ts'
import { leadSheetSymbol, weimarChord } from '../corpora/weimar-chord.ts'

/** A solo as input of `tradefours respond`: its first phrase is the call, and the rest is the rhythm. */
export type Trade = {
  /** The solo without its first phrase, whose rhythm is used. */
  readonly line: Line
  /** MIDI files, as it was really played, in its own tempo and on one grid of beats from the start of a measure. */
  readonly call: Uint8Array
  readonly rhythm: Uint8Array
  /** A chart from the same place to the end. */
  readonly chords: string
}

/** The trade of a solo; null if its measures differ in length. */
export function tradeOf(solo: Line): Trade | null {
  const { notes, track } = solo
  const [first] = track
  if (!first || track.some(({ measure }) => measure !== first.measure)) return null
  const timeline = tempoMap(
    first.bpm,
    track.map(({ bpm }, index) => ({ beat: first.place + index, bpm })),
  )
  const start = first.onset - secondsAt(timeline, first.place)
  const played = notes.map(({ pitch, onset, release }): Note => {
    const beat = beatAt(timeline, onset - start)
    return { pitch, velocity: 96, beat, beats: beatAt(timeline, release - start) - beat }
  })
  const chords = chart(first, track)
  const file = (notes: readonly Note[]) => fileOf(metre(first.measure, 4), timeline, chords.length, notes)
  const phrase = notes.findIndex(({ endsPhrase }) => endsPhrase) + 1
  return {
    line: { ...solo, notes: notes.slice(phrase) },
    call: file(played.slice(0, phrase)),
    rhythm: file(played.slice(phrase)),
    chords: chords.join(' | '),
  }
}

/** The database's symbol on each beat on which the chart, as it is read, has another chord. */
export function chartAmiss({ chords, line: { track } }: Trade): string[] {
  const chart = parseChart(chords)
  return track.flatMap(({ measure, symbol }, index) => {
    const beat = (track[0]?.place ?? 0) + index
    const [read, meant] = [chordAt(chart, metre(measure, 4), beat + 0.5), weimarChord(symbol)]
    const isMeant = read?.root === meant?.root && read?.bass === meant?.bass && sorted(read) === sorted(meant)
    return isMeant ? [] : [symbol]
  })
}

function sorted(chord: Chord | null): string {
  return `${[...(chord?.tones ?? [])].sort((a, b) => a - b)}`
}

/** Its measures. Where the chord changes each beat has its own, because a chart's chords share the measure evenly. */
function chart({ place, measure }: TrackBeat, track: readonly TrackBeat[]): string[] {
  return Array.from({ length: Math.ceil((place + track.length) / measure) }, (_, index) => {
    const beats = Array.from({ length: measure }, (_, beat) => track[index * measure + beat - place]?.symbol ?? 'NC')
    const symbols = beats.map(leadSheetSymbol)
    return new Set(symbols).size === 1 ? (symbols[0] as string) : symbols.join(' ')
  })
}

function fileOf(metre: Metre, timeline: Timeline, measures: number, notes: readonly Note[]): Uint8Array {
  return writeMidi({ metre, timeline, length: measures * metre.numerator, tracks: [{ name: '', channel: 1, notes }] })
}
