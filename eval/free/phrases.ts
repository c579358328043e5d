import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bassPart, heardMeasures, type MidiPart, onHeardBeats, readMidi } from '../../src/io/midi-file/index.ts'
import { type Beats, type Metre, measureBeats, type Note, parseMetre } from '../../src/music/index.ts'
import { pulseBeats } from '../../src/timing/free-take/levels.ts'
import { usualTempi } from '../../src/timing/free-take/take.ts'
import { type Bpm, tempoAt } from '../../src/timing/index.ts'
import { readCsv } from '../corpora/csv.ts'

type Song = ReturnType<typeof readMidi>

/** A bassline, in measures of one metre from beat 0 on. */
export type BassTune = {
  readonly corpus: 'freedoom' | 'weimar'
  readonly id: string
  readonly metre: Metre
  readonly bpm: Bpm
  readonly measures: number
  /** In rising order. */
  readonly notes: readonly Note[]
}

/** The bass of each file of Freedoom, in runs of one metre and one tempo. */
export function freedoomBasses(data: string): BassTune[] {
  return freedoomLines(data, ({ parts }) => [bassPart(parts)])
}

/** Some parts of each file of Freedoom, in runs of one metre and one tempo. */
export function freedoomLines(data: string, partsOf: (song: Song) => readonly (MidiPart | null)[]): BassTune[] {
  const folder = join(data, 'freedoom', 'musics')
  const seen = new Set<string>()
  return readdirSync(folder)
    .filter((file) => file.endsWith('.mid'))
    .sort()
    .flatMap((file) => {
      const bytes = readFileSync(join(folder, file))
      // Some files are copies of others.
      const content = bytes.toString('base64')
      if (seen.has(content)) return []
      seen.add(content)
      const read = readMidi(bytes)
      const song = onHeardBeats(read) ?? read
      return partsOf(song).flatMap((part) => (part ? runsOf(file, song, part) : []))
    })
}

function runsOf(file: string, song: Song, bass: MidiPart): BassTune[] {
  const end = bass.notes.reduce((most, { beat }) => Math.max(most, beat), 0) + 1 / 4
  const { map } = heardMeasures(song)
  const edges = [...new Set([...map.map(({ beat }) => beat), ...song.timeline.map(({ beat }) => beat)])].sort(
    (a, b) => a - b,
  )
  return edges.flatMap((edge, index): BassTune[] => {
    const run = map.findLast(({ beat }) => beat <= edge) ?? map[0]
    const length = measureBeats(run.metre)
    // From the first bar line in the run.
    const from = run.beat + Math.ceil((edge - run.beat) / length - 1e-6) * length
    const to = Math.min(edges[index + 1] ?? end, end)
    const measures = Math.floor((to - from) / length + 1e-6)
    if (measures < 2) return []
    const notes = bass.notes
      .filter(({ beat }) => beat > from - length && beat < from + measures * length)
      .map((note) => ({ ...note, beat: note.beat - from }))
    return [{ corpus: 'freedoom', id: file, metre: run.metre, bpm: tempoAt(song.timeline, from), measures, notes }]
  })
}

/** The bass of each solo of the Weimar Jazz Database: a pitch a beat, as a transcription of the recordings heard it. */
export function weimarBasses(data: string): BassTune[] {
  const tunes = new Map<
    string,
    { readonly beat: number; readonly onset: number; readonly bass: number; readonly signature: string }[]
  >()
  const path = join(data, 'weimar-jazz', 'wjd_annotated_beat_tracks.csv.gz')
  for (const row of readCsv(path, 'id', 'onset', 'beat', 'signature', 'bass')) {
    const beats = tunes.get(row.id) ?? []
    if (beats.length === 0) tunes.set(row.id, beats)
    beats.push({ beat: Number(row.beat), onset: Number(row.onset), bass: Number(row.bass), signature: row.signature })
  }
  return [...tunes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, beats]): BassTune[] => {
      const first = beats.findIndex(({ beat }) => beat === 1)
      const signature = beats.find(({ signature }) => /\d/.test(signature))?.signature
      if (first < 0 || !signature) return []
      const metre = parseMetre(signature.replaceAll("'", ''))
      const whole = beats.slice(first)
      const length = measureBeats(metre)
      const broken = whole.findIndex(({ beat }, index) => beat !== 1 + (index % metre.numerator))
      const regular = broken < 0 ? whole : whole.slice(0, broken)
      const measures = Math.floor(regular.length / metre.numerator)
      const last = regular.at(-1)
      if (measures < 2 || !last) return []
      const beatLength: Beats = length / metre.numerator
      const notes = regular.flatMap(({ bass }, index): Note[] =>
        bass > 0 ? [{ pitch: bass, velocity: 80, beat: index * beatLength, beats: beatLength * 0.9 }] : [],
      )
      const seconds = last.onset - (regular[0]?.onset ?? 0)
      return [{ corpus: 'weimar', id, metre, bpm: (60 * (regular.length - 1) * beatLength) / seconds, measures, notes }]
    })
}

/** Whether a tune is one of those that the finder was made on: about half of them. The others are measured. */
export function isForDevelopment({ id }: BassTune): boolean {
  let hash = 2_166_136_261
  for (const char of id) hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619) >>> 0
  return (hash >>> 7) % 2 === 0
}

/** Whether a tune's tempo is one that the finder chooses among by default. */
export function isUsual({ bpm, metre }: BassTune): boolean {
  const pulses = bpm / pulseBeats(metre)
  return pulses >= usualTempi.slowest && pulses <= usualTempi.fastest
}
