import * as v from 'valibot'
import { drums, measureBeats, parseChart, parseMetre } from '../../music/index.ts'
import { type FeatureSet, isChoice, isSwitch, type Setting, type SettingValue, settingValue } from '../core/index.ts'
import { type LoopTrack, loopTracks } from '../track.ts'

/**
 * Songs as data: sections that change the metre, the tempo, the loops, the chart, what controls do and any setting,
 * and are left by pedal, program change, key or note. JSON; `docs/songs.md` describes it. Each message here is the end of a
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
    if (expected === 'never') return 'is not a known field: correct its name or remove it'
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
const number = v.pipe(v.number(), v.finite())
const pitch = count(0, 127)
const velocity = count(1, 127)
const measures = count(1, 256)
const beat = between(0, 4096)

const note = fields({ pitch, beat, beats: beat, velocity: v.optional(velocity) })
const loop = fields({ measures, notes: list(note, 0, 4096) })
const hit = fields({ step: count(0, 16_384), drum: oneOf(drums), velocity: v.optional(velocity) })
const drumLoop = fields({
  measures,
  hits: list(hit, 0, 4096),
  /** 4 for sixteenths, unless it says 6, for triplets and their halves. */
  stepsPerBeat: v.optional(v.picklist([4, 6], 'must be 4, for sixteenths, or 6, for triplets and their halves')),
})
const writtenLoops = Object.fromEntries(loopTracks.map((track) => [track, v.optional(v.nullable(loop))])) as Record<
  LoopTrack,
  v.OptionalSchema<v.NullableSchema<typeof loop, undefined>, undefined>
>

/** The version of songs and set lists. */
export const songVersion = 2

/** A switch is set by true or false, a choice by its word, all else by a number. */
function settingSchema(setting: Setting): v.GenericSchema<SettingValue> {
  if (isSwitch(setting)) return yesOrNo
  if (isChoice(setting)) return oneOf(setting.words)
  const { least, most, step } = setting
  return step ? count(least, most) : between(least, most)
}

const number127 = '(?:12[0-7]|1[01]\\d|[1-9]?\\d)'
const controlName = new RegExp(`^(?:(?:cc|note|program) ${number127}(?: ch (?:1[0-6]|[1-9]))?|program)$`)

/**
 * What a control does: an action is run; a setting is turned or toggled, set to a value, or moved by some steps. A knob
 * turns it over its whole range, or evenly from one number to another: beyond the range it stays at its end.
 */
export type Binding =
  | string
  | {
      readonly action: string
      readonly value?: SettingValue | undefined
      readonly by?: number | undefined
      readonly from?: number | undefined
      readonly to?: number | undefined
    }

/**
 * What each control does. A control is named `cc 41`, `note 36` or `program 2`, on any channel, or with one, `cc 41 ch
 * 10`; `program` is any program change. Null unbinds a name.
 */
export type Bindings = Readonly<Record<string, Binding | null>>

/** The schemas of songs and of what controls do, which name the actions and settings of a session. */
function schemasOf({ actions, settings }: FeatureSet) {
  const isKnown = (name: unknown): name is string =>
    typeof name === 'string' && (Object.hasOwn(actions, name) || Object.hasOwn(settings, name))
  const action = v.custom<string>(isKnown, 'is not an action: docs/songs.md lists them all')
  // Sections that called each other would never come to an end.
  const sectionAction = v.pipe(
    action,
    v.check((name) => !actions[name]?.leavesSection, 'leaves the section, which only the performer can do'),
  )
  const { tempo, ...others } = settings
  const set = Object.entries(others).map(([id, setting]) => [id, v.optional(settingSchema(setting))])
  const bindings = v.record(
    v.pipe(v.string(), v.regex(controlName, 'is not a control: write it like "cc 41", "note 36 ch 10" or "program"')),
    v.nullable(
      v.union(
        [
          action,
          v.strictObject({
            action,
            value: v.optional(settingValue),
            by: v.optional(number),
            from: v.optional(number),
            to: v.optional(number),
          }),
        ],
        'must be an action, such as "play" or { "action": "measures", "by": 1 }: docs/songs.md lists them all',
      ),
    ),
    'must be fields in { }',
  )
  const sectionFields = fields({
    name,
    /** Where it begins after it was called: at once, at the next measure (unless it says otherwise), or after the loop. */
    enter: v.optional(oneOf(['now', 'measure', 'loop'])),
    /** `note`: the next note leaves it for the section that follows. `end`: so does the end of its chart, or of its loop. */
    leave: v.optional(oneOf(['note', 'end'])),
    /** The section that follows, by its name; unless it says otherwise, the next in the list. */
    next: v.optional(name),
    /** Whether the music plays from here on. */
    play: v.optional(yesOrNo),
    tempo: v.optional(tempo ? settingSchema(tempo) : v.number()) as v.OptionalSchema<
      v.GenericSchema<number>,
      undefined
    >,
    /** Measures are counted anew in it, and its loops are written in it. */
    metre: v.optional(parsed(parseMetre)),
    chart: v.optional(v.nullable(parsed(parseChart))),
    /** What is written out; null takes a loop away. */
    loops: v.optional(fields({ ...writtenLoops, drums: v.optional(v.nullable(drumLoop)) })),
    /** Settings, set as it begins. */
    set: v.optional(
      fields(Object.fromEntries(set) as Record<string, v.OptionalSchema<v.GenericSchema<SettingValue>, undefined>>),
    ),
    /** Actions, done as it begins: `record-bass` gets ready to record. */
    do: v.optional(list(sectionAction, 0, 32)),
    /** What controls do in this section. */
    controls: v.optional(bindings),
  })
  const section = v.pipe(
    sectionFields,
    v.rawCheck(({ dataset, addIssue }) => {
      const message = dataset.typed ? loopTrouble(dataset.value) : null
      if (message !== null) addIssue({ message })
    }),
  )
  const song = v.pipe(
    fields({
      format: exactly('tradefours-song'),
      version: exactly(songVersion),
      title: name,
      sections: list(section, 1, 256),
      /** What controls do in the whole song. */
      controls: v.optional(bindings),
    }),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      const { sections } = dataset.value
      const lost = sections.find(({ next }) => next !== undefined && !sections.some(({ name }) => name === next))
      if (lost) addIssue({ message: `goes on from “${lost.name}” to “${lost.next}”, but no section has that name` })
    }),
  )
  const setList = fields({
    format: exactly('tradefours-set-list'),
    version: exactly(songVersion),
    title: name,
    songs: list(song, 1, 64),
  })
  return { bindings, song, setList }
}

/** The schemas of a session, made once. */
export function songSchemas(features: FeatureSet): ReturnType<typeof schemasOf> {
  const known = made.get(features) ?? schemasOf(features)
  made.set(features, known)
  return known
}

const made = new WeakMap<FeatureSet, ReturnType<typeof schemasOf>>()

type Schemas = ReturnType<typeof schemasOf>

/** A song, as its file has it. */
export type Song = v.InferOutput<Schemas['song']>
/** A section of a song: what changes as it begins. */
export type Section = Song['sections'][number]
/** A loop that is written out; beats count from its start, in the section's metre. */
export type SongLoop = v.InferOutput<typeof loop>
/** A groove that is written out, in steps from its start. */
export type SongDrums = v.InferOutput<typeof drumLoop>

/** What is wrong with the loops of a section, if anything is: their notes belong into their measures. */
function loopTrouble({ metre, loops }: Pick<Section, 'metre' | 'loops'>): string | null {
  if (!loops || Object.values(loops).every((each) => !each)) return null
  if (metre === undefined) return 'has loops: add the "metre" that they are written in'
  const length = measureBeats(parseMetre(metre))
  for (const track of loopTracks) {
    const written = loops[track]
    const late = written?.notes.findIndex(({ beat }) => beat >= written.measures * length) ?? -1
    if (late >= 0) return `has a loop that is over before it comes to loops.${track}.notes.${late}`
  }
  const { drums } = loops
  const late = drums?.hits.findIndex(({ step }) => step / (drums.stepsPerBeat ?? 4) >= drums.measures * length) ?? -1
  return late < 0 ? null : `has a loop that is over before it comes to loops.drums.hits.${late}`
}
