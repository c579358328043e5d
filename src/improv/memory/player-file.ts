import * as v from 'valibot'
import { ContentError } from '../../music/index.ts'
import { chordKinds, type PlayedNote } from './played-note.ts'
import { mostPlayerNotes, type Player } from './player.ts'

/** A player's file can't be used. */
export class PlayerError extends ContentError {
  override name = 'PlayerError'
}

/** The largest player's file, in bytes. */
export const maxPlayerBytes: number = 1024 * 1024

const format = 'tradefours-player'
const version = 1
const mostEvenings = 4000
const mostBeats = 9999

/**
 * What is known of a performer, as a file: JSON, a row of numbers a note.
 *
 * A row is pitch, velocity, beats since the note before (null where a line begins), beats that it sounded, beats into the
 * measure; and where a chord was known, its root's pitch class and the number of its kind in {@link chordKinds}.
 */
export function writePlayer({ name, evenings }: Player): string {
  const rows = evenings.map(({ id, day, notes }) => {
    const head = JSON.stringify({ id, day, notes: [] }).slice(0, -2)
    return notes.length === 0
      ? `${head}]}`
      : `${head}\n${notes.map((note) => JSON.stringify(rowOf(note))).join(',\n')}\n]}`
  })
  return `{"format":"${format}","version":${version},"name":${JSON.stringify(name)},"evenings":[\n${rows.join(',\n')}\n]}\n`
}

/**
 * Reads a player's file.
 *
 * @throws PlayerError with the rest of a sentence that begins with the file's name.
 */
export function readPlayer(text: string): Player {
  const json = parsed(text)
  const head = v.safeParse(headSchema, json)
  if (!head.success) throw new PlayerError('is not a player’s file: choose one that tradefours player learn has made.')
  if (head.output.version > version) {
    throw new PlayerError('was saved by a newer Tradefours: update this one to open it.')
  }
  const player = v.safeParse(schema, json)
  if (!player.success) {
    const where = v.getDotPath(player.issues[0]) ?? 'its beginning'
    throw new PlayerError(`is damaged at ${where}: take an older copy, or learn from the recordings again.`)
  }
  const { name, evenings } = player.output
  if (evenings.reduce((sum, { notes }) => sum + notes.length, 0) > mostPlayerNotes) {
    throw new PlayerError(`has more than ${mostPlayerNotes} notes: learn from fewer recordings.`)
  }
  return { name, evenings: evenings.map((evening) => ({ ...evening, notes: evening.notes.map(noteOf) })) }
}

function parsed(text: string): unknown {
  if (text.length > maxPlayerBytes) throw new PlayerError('is larger than 1 MiB: choose a player’s file.')
  try {
    return JSON.parse(text)
  } catch {
    if (!text.trimStart().startsWith(`{"format":"${format}"`)) return null
    throw new PlayerError('is damaged: take an older copy, or learn from the recordings again.')
  }
}

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const beats = v.pipe(v.number(), v.minValue(0), v.maxValue(mostBeats))
const bare = [whole(0, 127), whole(1, 127), v.nullable(beats), beats, beats] as const
const row = v.union([v.strictTuple([...bare]), v.strictTuple([...bare, whole(0, 11), whole(0, chordKinds.length - 1)])])
const headSchema = v.object({ format: v.literal(format), version: v.pipe(v.number(), v.integer(), v.minValue(1)) })
const schema = v.object({
  name: v.pipe(v.string(), v.maxLength(100)),
  evenings: v.pipe(
    v.array(
      v.object({
        id: v.pipe(v.string(), v.maxLength(100)),
        day: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/)),
        notes: v.pipe(v.array(row), v.maxLength(mostPlayerNotes)),
      }),
    ),
    v.maxLength(mostEvenings),
  ),
})

function rowOf({ pitch, velocity, since, beats, place, chord }: PlayedNote): (number | null)[] {
  const row = [pitch, velocity, since === null ? null : rounded(since), rounded(beats), rounded(place)]
  return chord ? [...row, chord.root, chordKinds.indexOf(chord.kind)] : row
}

function noteOf([pitch, velocity, since, beats, place, root, kind]: v.InferOutput<typeof row>): PlayedNote {
  const name = kind === undefined ? undefined : chordKinds[kind]
  return { pitch, velocity, since, beats, place, chord: root === undefined || !name ? null : { root, kind: name } }
}

/** To a hundredth of a beat: a player's own timing is not what a memory is for. */
function rounded(beats: number): number {
  return Math.round(Math.min(mostBeats, Math.max(0, beats)) * 100) / 100
}
