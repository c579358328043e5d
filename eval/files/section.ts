import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { heardMeasures, type MidiPart, type MidiSong, onHeardBeats, readMidi } from '../../src/io/midi-file/index.ts'
import { type Beats, metreName, mod, type Note } from '../../src/music/index.ts'
import { type Bpm, secondsAt, tempoAt, timeline } from '../../src/timing/index.ts'
import type { Options } from '../options.ts'
import type { Section } from '../report/report.ts'

/** Measures of other lengths are cut out of four or eight beats. */
const cuts = [
  { beats: 4, of: 4 },
  { beats: 3, of: 4 },
  { beats: 5, of: 8 },
  { beats: 7, of: 8 },
] as const

/** A file without its signatures is converted to this tempo. */
const converted: Bpm = 120

/** How metre and beats are heard in MIDI files that don't say them. */
export async function filesSection({ data }: Options): Promise<Section> {
  const songs = freedoomSongs(data)
  const inFour = songs.filter(isInFour)
  const metreRows = cuts.map(({ beats, of }): [string, number, number] => {
    const right = inFour.filter((song) => heardNumerator(cut(song, beats, of)) === beats).length
    return [words[beats], inFour.length, share(right, inFour)]
  })
  const steady = songs.filter(({ timeline }) => timeline.length === 1)
  const verdicts = steady.map(beatVerdict)
  const beatRow = (name: string, few: readonly Verdict[]): [string, number, number, number] => {
    return [name, few.length, share(few.filter(isSame).length, few), share(few.filter(isOctave).length, few)]
  }
  return {
    title: 'MIDI files that say too little',
    notes: [
      `The metre is heard in the ${inFour.length} files of Freedoom in 4/4 throughout, without their signatures. Of measures of 3, 5 and 7 there are too few: they are cut out of the same files, the first 3 of each 4 beats, and the first 5 or 7 of each 8. Another metre than 4/4 is only heard where the music repeats itself after so many beats, and plainly not after four: else it stays in 4/4, and --metre says otherwise.`,
      `The beats are heard in the ${steady.length} files with one tempo, converted as programs do that know only seconds: at 120 bpm, with their notes where they sound. Where the music is near to that file’s beats by chance, as at 60 or 120 bpm, those are kept, and count as what they are.`,
    ],
    tables: [
      {
        title: 'Metre heard right, %',
        columns: [
          ['files', 0],
          ['right', 1],
        ],
        rows: metreRows,
      },
      {
        title: 'Tempo heard within 1 %, %',
        columns: [
          ['files', 0],
          ['right', 1],
          ['or half or double', 1],
        ],
        rows: [beatRow('all', verdicts)],
      },
    ],
    pictures: [],
    targets: [],
  }
}

const words = { 3: 'three', 4: 'four, as they are', 5: 'five', 7: 'seven' } as const

/** Freedoom's files, each once. */
function freedoomSongs(data: string): MidiSong[] {
  const folder = join(data, 'freedoom', 'musics')
  const bytes = readdirSync(folder)
    .filter((file) => file.endsWith('.mid'))
    .sort()
    .map((file) => readFileSync(join(folder, file)))
  return [...new Map(bytes.map((each) => [each.toString('base64'), each])).values()].map(readMidi)
}

function isInFour(song: MidiSong): boolean {
  const { map } = heardMeasures(song)
  return map.length === 1 && metreName(map[0].metre) === '4/4' && song.timeSignatures.length > 0
}

/** The number of beats in a measure of a song, heard without its signatures. */
function heardNumerator(song: MidiSong): number {
  const { map } = heardMeasures({ ...song, timeSignatures: [] })
  return (map.at(-1) ?? map[0]).metre.numerator
}

/** The same music with the first beats of each so many. */
function cut(song: MidiSong, beats: number, of: number): MidiSong {
  const cutNotes = (notes: readonly Note[]) =>
    notes.flatMap((note): Note[] => {
      const place = mod(note.beat, of)
      return place < beats ? [{ ...note, beat: Math.floor(note.beat / of) * beats + place }] : []
    })
  const parts = song.parts.map((part): MidiPart => {
    return { ...part, notes: cutNotes(part.notes), end: (part.end * beats) / of }
  })
  return { ...song, parts: parts.filter(({ notes }) => notes.length > 0) }
}

/** A tempo that was heard, and the right one. */
type Verdict = { readonly heard: Bpm; readonly right: Bpm }

/** The tempo that is heard in a song after a conversion. */
function beatVerdict(song: MidiSong): Verdict {
  const beatOf = (beat: Beats) => (secondsAt(song.timeline, beat) * converted) / 60
  const parts = song.parts.map((part): MidiPart => {
    const notes = part.notes.map((note) => {
      const beat = beatOf(note.beat)
      return { ...note, beat, beats: beatOf(note.beat + note.beats) - beat }
    })
    return { ...part, notes, end: beatOf(part.end) }
  })
  const heard = onHeardBeats({ ...song, timeline: timeline(converted), parts })
  return { heard: heard ? tempoAt(heard.timeline, 0) : converted, right: tempoAt(song.timeline, 0) }
}

function isNear(a: Bpm, b: Bpm): boolean {
  return Math.abs(a / b - 1) < 0.01
}

function isSame({ heard, right }: Verdict): boolean {
  return isNear(heard, right)
}

function isOctave({ heard, right }: Verdict): boolean {
  return [1 / 2, 1, 2].some((times) => isNear(heard, times * right))
}

function share(count: number, of: readonly unknown[]): number {
  return (100 * count) / of.length
}
