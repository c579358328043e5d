import * as v from 'valibot'
import { ContentError } from '../music/index.ts'
import { sessionFeatures } from './session.ts'
import { type Bindings, type Song, songSchemas } from './songs/index.ts'
import { bindingsToday, songToday } from './version-1.ts'

/** A song's file can't be used. */
export class SongError extends ContentError {
  override name = 'SongError'
}

/**
 * Reads a song or a set list, of this version or of an older one.
 *
 * @returns the songs, one or more.
 * @throws SongError that says where it is wrong.
 */
export function readSongs(text: string): Song[] {
  const json = songToday(parseJson(text))
  const { song, setList } = songSchemas(sessionFeatures)
  const isSetList = (json as { format?: unknown } | null)?.format === 'tradefours-set-list'
  return isSetList ? read(setList, json, 'set list').songs : [read(song, json, 'song')]
}

/**
 * Reads what controls do, as songs have it.
 *
 * @throws SongError that says where it is wrong.
 */
export function readBindings(text: string): Bindings {
  return read(songSchemas(sessionFeatures).bindings, bindingsToday(parseJson(text)), 'map of controls')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SongError(`is not JSON (${(error as Error).message}): mend it or export it again.`)
  }
}

function read<Schema extends v.GenericSchema>(schema: Schema, json: unknown, what: string): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  throw new SongError(`is not a valid ${what}: ${v.getDotPath(issue) ?? 'it'} ${issue.message}.`)
}
