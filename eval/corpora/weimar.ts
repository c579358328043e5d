import { join } from 'node:path'
import type { Beats, Chord, MidiPitch } from '../../src/music/index.ts'
import type { Seconds } from '../../src/timing/index.ts'
import { readCsv } from './csv.ts'
import { weimarChord } from './weimar-chord.ts'

/** One note of a performer's line. */
export type LineNote = {
  readonly pitch: MidiPitch
  readonly onset: Seconds
  readonly release: Seconds
  readonly bpm: number
  /** Where it is notated, counted from the beginning of the recording. */
  readonly beat: Beats
  readonly beats: Beats
  /** The length of its measure, and how far into it the note is notated. */
  readonly measure: Beats
  readonly place: Beats
  readonly chord: Chord | null
  /** The next chord that differs, within 16 beats. */
  readonly nextChord: Chord | null
  readonly beatsToNextChord: Beats
  /** Whether the annotators heard a phrase end with it. */
  readonly endsPhrase: boolean
}

/** A beat of the recording. */
export type TrackBeat = {
  readonly onset: Seconds
  /** At which the next beat comes. */
  readonly bpm: number
  /** The length of its measure, and how far into it the beat is. */
  readonly measure: Beats
  readonly place: Beats
  /** The chord, as the database writes it. */
  readonly symbol: string
}

/** A performer's line over chords. */
export type Line = {
  readonly id: string
  readonly performer: string
  /** The tune's title. */
  readonly title: string
  /** Such as `4/4`. */
  readonly metre: string
  readonly notes: readonly LineNote[]
  /** The rhythm section's beats, without a gap. */
  readonly track: readonly TrackBeat[]
}

/** The solos of the Weimar Jazz Database, in the order of their ids, read as the training reads them. */
export function weimarSolos(data: string): Line[] {
  const notes = table(data, 'transforms', noteColumns)
  const beats = table(data, 'annotated_beat_tracks', beatColumns)
  const meta = table(data, 'meta', ['signature', 'performer', 'title'])
  return [...notes.keys()].sort().flatMap((id): Line[] => {
    const about = meta.get(id)?.[0]
    const track = beats.get(id)
    if (!about || !track) return []
    const { signature: metre, performer, title } = about
    return [{ id, performer, title, metre, notes: readSolo(notes.get(id) ?? [], track), track: readTrack(track) }]
  })
}

const noteColumns = [
  'bar',
  'beat',
  'tatum',
  'division',
  'period',
  'onset',
  'pitch_raw',
  'articulation_raw',
  'phrase_end',
] as const
const beatColumns = ['bar', 'beat', 'period', 'onset', 'chord'] as const

type Row<Columns extends readonly string[]> = Readonly<Record<Columns[number], string>>

/** A table's rows by the solo they belong to. */
function table<Column extends string>(data: string, name: string, columns: readonly Column[]) {
  const solos = new Map<string, Row<Column[]>[]>()
  for (const row of readCsv<Column | 'id'>(join(data, 'weimar-jazz', `wjd_${name}.csv.gz`), 'id', ...columns)) {
    const rows = solos.get(row.id)
    if (rows) rows.push(row)
    else solos.set(row.id, [row])
  }
  return solos
}

function readTrack(beats: readonly Row<typeof beatColumns>[]): TrackBeat[] {
  const lengths = lengthsOf(beats)
  return beats.map(({ onset, period, beat, chord }, index) => ({
    onset: Number(onset),
    bpm: 60 / (lengths[index] as Seconds),
    measure: Number(period),
    place: Number(beat) - 1,
    symbol: chord,
  }))
}

/** From each beat to the next; the last is as long as the one before it. */
function lengthsOf(beats: readonly Row<typeof beatColumns>[]): Seconds[] {
  const lengths = beats.slice(1).map(({ onset }, index) => Number(onset) - Number(beats[index]?.onset))
  return [...lengths, lengths.at(-1) as Seconds]
}

function readSolo(notes: readonly Row<typeof noteColumns>[], beats: readonly Row<typeof beatColumns>[]): LineNote[] {
  const onsets = beats.map((beat) => Number(beat.onset))
  const lengths = lengthsOf(beats)
  const chords = beats.map((beat) => weimarChord(beat.chord))
  const numbered = new Map(beats.map((beat, index) => [`${beat.bar}.${beat.beat}`, index]))
  let played = 0
  return notes.map((note, index) => {
    const onset = Number(note.onset)
    while (played + 1 < onsets.length && (onsets[played + 1] as number) <= onset) played++
    const beat = numbered.get(`${note.bar}.${note.beat}`) ?? played
    const within = (Number(note.tatum) - 1) / Number(note.division)
    const length = median(lengths.slice(Math.max(0, played - 4), played + 5))
    const following = notes[index + 1]
    const interOnset = following ? Number(following.onset) - onset : length
    const articulation = note.articulation_raw
    const sounding = articulation === 'NA' ? interOnset : interOnset * Number(articulation)
    const ahead = nextChange(chords, beat)
    return {
      pitch: Number(note.pitch_raw),
      onset,
      release: onset + sounding,
      bpm: 60 / length,
      beat: beat + within,
      beats: sounding / length,
      measure: Number(note.period),
      place: Number(beats[beat]?.beat) - 1 + within,
      chord: chords[beat] ?? null,
      nextChord: chords[beat + ahead] && ahead > 0 ? (chords[beat + ahead] as Chord) : null,
      beatsToNextChord: ahead > 0 ? ahead - within : 0,
      endsPhrase: note.phrase_end === '1',
    }
  })
}

/** How many beats ahead the next chord comes that differs, or 0 when none comes within 16. */
function nextChange(chords: readonly (Chord | null)[], from: number): Beats {
  const now = chords[from]
  for (let ahead = 1; ahead <= 16; ahead++) {
    const then = chords[from + ahead]
    if (then && !alike(then, now)) return ahead
  }
  return 0
}

function alike(a: Chord, b: Chord | null | undefined): boolean {
  return a.root === b?.root && a.bass === b.bass && `${a.tones}` === `${b.tones}`
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2
}
