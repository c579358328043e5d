import * as v from 'valibot'
import { drums, measureBeats, parseChart, parseMetre, stepBeat } from '../music/index.ts'
import { type ActionId, isAction } from './actions.ts'
import type { Bindings } from './controls.ts'
import { type Dial, dialIds, dials } from './dials.ts'

/**
 * Songs as data: sections that change the metre, the tempo, the loops, the chart, what controls do and any dial, and
 * are left by pedal, program change, key or note. JSON; `docs/songs.md` describes it. Each message here is the end of a
 * sentence that begins with where it is wrong.
 */

const count = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message))
}
const between = (least: number, most: number) => {
  const message = `must be a number from ${least} to ${most}`
  return v.pipe(v.number(message), v.minValue(least, message), v.maxValue(most, message))
}
const oneOf = <const Words extends readonly string[]>(words: Words) =>
  v.picklist(words, `must be one of ${words.map((word) => `"${word}"`).join(', ')}`)
const exactly = <const Value extends string | number>(value: Value) =>
  v.literal(value, `must be ${JSON.stringify(value)}`)
const text = (most: number) =>
  v.pipe(v.string('must be a text'), v.maxLength(most, `must have ${most} letters at most`))
const yesOrNo = v.boolean('must be true or false')
const list = <Item extends v.GenericSchema>(item: Item, least: number, most: number) =>
  v.pipe(
    v.array(item, 'must be a list in [ ]'),
    v.minLength(least, 'must not be empty'),
    v.maxLength(most, `must have ${most} at most`),
  )
const fields = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject(entries, ({ expected, received }) => {
    if (expected === 'never') return 'is no field that is known here: correct its name or take it out'
    return received === 'undefined' ? 'is missing' : 'must be fields in { }'
  })
const parsed = (parse: (text: string) => unknown) =>
  v.pipe(
    text(10_000),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      try {
        parse(dataset.value)
      } catch (error) {
        addIssue({ message: `can’t be read: ${(error as Error).message.replace(/\.$/, '')}` })
      }
    }),
  )

const name = text(200)
const pitch = count(0, 127)
const velocity = count(1, 127)
const measures = count(1, 256)
const beat = between(0, 4096)

const note = fields({ pitch, beat, beats: beat, velocity: v.optional(velocity) })
const loop = fields({ measures, notes: list(note, 0, 4096) })
const hit = fields({ step: count(0, 16_384), drum: oneOf(drums), velocity: v.optional(velocity) })
const drumLoop = fields({ measures, hits: list(hit, 0, 4096) })

const isKnown = (value: unknown): value is ActionId => typeof value === 'string' && isAction(value)
const action = v.custom<ActionId>(isKnown, 'is no action: docs/songs.md has them all')

/** Sections that called each other would never come to an end. */
const leavesSection: ReadonlySet<ActionId> = new Set(['next-section', 'previous-section', 'next-song', 'previous-song'])
const deed = v.pipe(
  action,
  v.check((id) => !leavesSection.has(id), 'leaves the section, which only the performer can do'),
)

/** A choice is set by its word, all else by a number: 1 and 0 are on and off. */
const setting = ({ least, most, step, words }: Dial) =>
  words ? oneOf(words) : step ? count(least, most) : between(least, most)
const settings = fields(
  Object.fromEntries(dialIds.filter((id) => id !== 'tempo').map((id) => [id, v.optional(setting(dials[id]))])),
)

const number127 = '(?:12[0-7]|1[01]\\d|[1-9]?\\d)'
const controlName = new RegExp(`^(?:(?:cc|note|program) ${number127}(?: ch (?:1[0-6]|[1-9]))?|program)$`)

/** What controls do, such as `{ "cc 41": "play", "program": "next-section" }`; null unbinds one. */
export const bindingsSchema = v.record(
  v.pipe(v.string(), v.regex(controlName, 'is no control: write it like "cc 41", "note 36 ch 10" or "program"')),
  v.nullable(
    v.union(
      [action, v.strictObject({ action, value: v.optional(v.number()), by: v.optional(v.number()) })],
      'must be an action, such as "play" or { "action": "measures", "by": 1 }: docs/songs.md has them all',
    ),
  ),
  'must be fields in { }',
)

const sectionFields = fields({
  name,
  /** Where it begins after it was called: at once, at the next measure (unless it says otherwise), or after the loop. */
  enter: v.optional(oneOf(['now', 'measure', 'loop'])),
  /** `note`: the next note leaves it for the section that follows. */
  leave: v.optional(oneOf(['note'])),
  /** The section that follows, by its name; unless it says otherwise, the next in the list. */
  next: v.optional(name),
  /** Whether the music plays from here on. */
  play: v.optional(yesOrNo),
  tempo: v.optional(between(dials.tempo.least, dials.tempo.most)),
  /** Measures are counted anew in it, and its loops are written in it. */
  metre: v.optional(parsed(parseMetre)),
  chart: v.optional(v.nullable(parsed(parseChart))),
  /** What is written out; null takes a loop away. */
  loops: v.optional(
    fields({
      bass: v.optional(v.nullable(loop)),
      chords: v.optional(v.nullable(loop)),
      drums: v.optional(v.nullable(drumLoop)),
    }),
  ),
  /** Dials, set as it begins. */
  set: v.optional(settings),
  /** Actions, done as it begins: `record-bass` gets ready to record. */
  do: v.optional(list(deed, 0, 32)),
  /** What controls do in this section. */
  controls: v.optional(bindingsSchema),
})

const section = v.pipe(
  sectionFields,
  v.rawCheck(({ dataset, addIssue }) => {
    const message = dataset.typed ? loopTrouble(dataset.value) : null
    if (message !== null) addIssue({ message })
  }),
)

/** What a song's file may hold. */
export const songSchema = v.pipe(
  fields({
    format: exactly('tradefours-song'),
    version: exactly(1),
    title: name,
    sections: list(section, 1, 256),
    /** What controls do in the whole song. */
    controls: v.optional(bindingsSchema),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const { sections } = dataset.value
    const lost = sections.find(({ next }) => next !== undefined && !sections.some(({ name }) => name === next))
    if (lost) addIssue({ message: `goes on from “${lost.name}” to “${lost.next}”, but no section has that name` })
  }),
)

const setListSchema = fields({
  format: exactly('tradefours-set-list'),
  version: exactly(1),
  title: name,
  songs: list(songSchema, 1, 64),
})

/** A song, as its file has it. */
export type Song = v.InferOutput<typeof songSchema>
/** A section of a song: what changes as it begins. */
export type Section = Song['sections'][number]
/** A loop that is written out; beats count from its start, in the section's metre. */
export type SongLoop = v.InferOutput<typeof loop>
/** A groove that is written out, in steps from its start. */
export type SongDrums = v.InferOutput<typeof drumLoop>

/** A file that can't be used; the message is the rest of a sentence that begins with its name. */
export class SongError extends Error {
  override name = 'SongError'
}

/**
 * Reads a song or a set list.
 *
 * @returns the songs, one or more.
 * @throws SongError that says where it is wrong.
 */
export function readSongs(text: string): Song[] {
  const json = parseJson(text)
  const isSetList = (json as { format?: unknown } | null)?.format === 'tradefours-set-list'
  if (isSetList) return read(setListSchema, json).songs
  return [read(songSchema, json)]
}

/**
 * Reads what controls do, as songs have it.
 *
 * @throws SongError that says where it is wrong.
 */
export function readBindings(text: string): Bindings {
  return read(bindingsSchema, parseJson(text), 'map of controls')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SongError(`is no JSON (${(error as Error).message}): mend it or export it again.`)
  }
}

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  what = 'song that can be played',
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  throw new SongError(`is no ${what}: ${v.getDotPath(issue) ?? 'it'} ${issue.message}.`)
}

/** What is wrong with the loops of a section, if anything is: their notes belong into their measures. */
function loopTrouble({ metre, loops }: v.InferOutput<typeof sectionFields>): string | null {
  const { bass, chords, drums } = loops ?? {}
  if (!bass && !chords && !drums) return null
  if (metre === undefined) return 'has loops: add the "metre" that they are written in'
  const length = measureBeats(parseMetre(metre))
  for (const [track, written] of Object.entries({ bass, chords })) {
    const late = written?.notes.findIndex(({ beat }) => beat >= written.measures * length) ?? -1
    if (late >= 0) return `has a loop that is over before it comes to loops.${track}.notes.${late}`
  }
  const late = drums?.hits.findIndex(({ step }) => stepBeat(step) >= drums.measures * length) ?? -1
  return late < 0 ? null : `has a loop that is over before it comes to loops.drums.hits.${late}`
}
