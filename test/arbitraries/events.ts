import fc from 'fast-check'
import { sortHits } from '../../src/groove/index.ts'
import { drums, fourFour, parseMetre } from '../../src/music/index.ts'
import {
  type ActionId,
  type ActionName,
  actions,
  command,
  type GrooveAnswer,
  isAmount,
  isChoice,
  type SessionEvent,
  type SessionInput,
  type SettingId,
  settingIds,
  settings,
} from '../../src/session/index.ts'
import { sung } from '../cues.ts'

type Arbitraries<Fields> = { [Field in keyof Fields]: fc.Arbitrary<Fields[Field]> }

/** A record of which some fields may be absent. */
export const optional = <Required, Extra>(required: Arbitraries<Required>, extra: Arbitraries<Extra>) =>
  fc
    .tuple(fc.record<Required>(required), fc.record<Extra, never>(extra, { requiredKeys: [] }))
    .map(([some, more]) => ({ ...some, ...more }))

/** A number from one to another, and not only a whole one. */
export const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true })

const type = <Type extends string>(name: Type) => fc.constant(name)

/** Few enough that keys meet, and the ends of the keyboard. */
export const pitch = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: 52, max: 66 }) },
  fc.constantFrom(0, 1, 126, 127),
)
const velocity = fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 1, max: 127 }) }, fc.constant(0))
const channel = { channel: fc.integer({ min: 1, max: 2 }) }

/** Keys and the sustain pedal. */
export const hands: fc.Arbitrary<SessionInput> = fc.oneof(
  { weight: 6, arbitrary: optional({ type: type('noteOn'), pitch, velocity }, channel) },
  { weight: 5, arbitrary: optional({ type: type('noteOff'), pitch }, channel) },
  optional({ type: type('control'), controller: fc.constant(64), value: fc.constantFrom(0, 127) }, channel),
)
const controller = fc.constantFrom(1, 2, 64, 66, 120, 123)
const control = optional({ type: type('control'), controller, value: fc.integer({ min: 0, max: 127 }) }, channel)
const program = optional({ type: type('program'), program: fc.nat(3) }, channel)

const zoned = { channel: fc.constantFrom(1, 2, 3, 15, 16) }
const seven = fc.integer({ min: 0, max: 127 })

/** Wheels, pressure and pedals, and zones of MPE that are configured. */
export const expression: fc.Arbitrary<SessionInput> = fc.oneof(
  { weight: 3, arbitrary: optional({ type: type('bend'), value: fc.constantFrom(-8192, 0, 1, 8191) }, zoned) },
  { weight: 2, arbitrary: optional({ type: type('pressure'), value: seven }, zoned) },
  optional({ type: type('keyPressure'), pitch, value: seven }, zoned),
  optional({ type: type('control'), controller: fc.constantFrom(1, 11, 64, 66, 67, 74, 121), value: seven }, zoned),
  {
    weight: 2,
    arbitrary: optional(
      { type: type('control'), controller: fc.constantFrom(98, 99, 100, 101, 6, 38), value: fc.constantFrom(0, 6, 14) },
      zoned,
    ),
  },
)

const does = (...ids: ActionId[]) => fc.constantFrom(...ids).map(command)

/** Pages of a set list are turned. */
export const page: fc.Arbitrary<SessionInput> = does('next-section', 'previous-section', 'next-song')

/** The settings that decide most about what sounds. */
const telling: readonly SettingId[] = [
  ...(['keys', 'zones', 'left', 'doubler', 'improvise', 'live', 'hold', 'hand-over', 'fixed-groove'] as const),
  ...(['source-bass', 'source-chords'] as const),
  ...(['mute-lead', 'solo-lead', 'mute-bass', 'solo-bass', 'solo-chords'] as const),
]
const setting = fc.constantFrom(...telling, ...settingIds)
const settingMoved: fc.Arbitrary<SessionInput> = fc.oneof(
  setting.map(command),
  fc.record({ type: type('nudge'), setting, by: fc.integer() }),
)

/** A setting is set, a number sometimes further than it goes. */
export const settingSet: fc.Arbitrary<SessionInput> = fc.tuple(setting, between(-0.1, 1.1)).map(([id, part]) => {
  const setting = settings[id]
  if (isAmount(setting)) return set(id, setting.least + part * (setting.most - setting.least))
  const values = isChoice(setting) ? setting.words : [false, true]
  return set(id, values[Math.min(values.length - 1, Math.max(0, Math.round(part * (values.length - 1))))] ?? false)
})

const set = (setting: SettingId, value: number | string | boolean) => ({ type: 'set', setting, value }) as SessionInput

/** Turns and loops that come to an end within a few keys or measures. */
const short: fc.Arbitrary<SessionInput> = fc.record({
  type: type('set'),
  setting: fc.constantFrom('notes', 'trade-measures', 'measures'),
  value: fc.integer({ min: 1, max: 3 }),
})

const metreText = fc.constantFrom('4/4', '3/4', '7/8', '2+2+3/8', '5/16', '1/16', '3/2', '0/4', 'waltz', '2+2/3')
export const metre: fc.Arbitrary<SessionInput> = fc.record({ type: type('metre'), metre: metreText })

const chartText = fc.constantFrom('Dm7 | G7 | Cmaj7 | %', 'C', 'C F G', 'N.C. | Am7', ' ', '', '| |', 'H')
export const chart: fc.Arbitrary<SessionInput> = fc.record({ type: type('chart'), chart: chartText })

const styleFile = fc.constantFrom(
  ...['{"name":"Ours","like":"funk","swing":{"slow":0.6,"fast":0.55}}', '\n{"like":"waltz","drums":"swing"}'],
  ...['{"like":"bossa","swing":{"slow":"late"}}', '{"like":"swing","swing":7,"drums":[]}', '{"like":"__proto__"}'],
  ...['null', '[]', '{', ''],
)
const bandStyle: fc.Arbitrary<SessionInput> = fc.record({ type: type('bandStyle'), file: styleFile })

const actionNames = Object.keys(actions) as ActionName[]
const action = fc.constantFrom<ActionId[]>(...actionNames, ...telling, 'tempo', 'volume-lead')

/** What a section may do by itself. */
export const sectionAction = action.filter((id) => !/-(?:section|song)$/.test(id))

const controls = [
  'cc 1',
  'cc 64',
  'cc 66',
  'cc 64 ch 2',
  'cc 2 ch 1',
  'note 60',
  'note 61 ch 2',
  'program',
  'program 2',
]
export const bindings = fc.dictionary(
  fc.constantFrom(...controls),
  fc.option(fc.oneof(action, optional({ action }, { value: fc.oneof(fc.integer(), fc.boolean()), by: fc.integer() }))),
  { maxKeys: 3 },
)

const hit = fc.record({
  step: fc.nat(31),
  drum: fc.constantFrom(...drums),
  velocity: fc.integer({ min: 1, max: 127 }),
  offsetMs: between(-300, 300),
})
/** Mostly of two measures in 4/4, as the loops that they are for, or of eight, as their rounds; and some that fit nothing. */
const answer: fc.Arbitrary<GrooveAnswer> = fc
  .record({
    metre: fc.constantFrom(...new Array(6).fill(fourFour), parseMetre('3/4')),
    measures: fc.constantFrom(2, 2, 2, 8, 1, 3),
    hits: fc.uniqueArray(hit, { maxLength: 6, selector: ({ step, drum }) => `${step} ${drum}` }).map(sortHits),
  })
  .chain((groove) => fc.constantFrom(groove, groove, { ...groove, stepsPerBeat: 6 as const }))
  .map((felt) => ({ felt, plain: { ...felt, hits: felt.hits.map((each) => ({ ...each, offsetMs: 0 })) } }))
const lopsided = fc.tuple(answer, answer).map(([{ plain }, { felt }]) => ({ plain, felt }))

const request = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -1, max: 3 }))
const message = { message: fc.constant('It is out of order.') }
const answers = fc.option(fc.oneof({ weight: 5, arbitrary: answer }, lopsided), { freq: 8 })
const pitches = fc.option(fc.array(pitch, { maxLength: 6 }), { freq: 8 })
const melodies = pitches.map((some) => some && sung(some))
export const groove: fc.Arbitrary<SessionInput> = optional(
  {
    type: type('answer'),
    job: fc.constantFrom('groove' as const, 'round' as const, 'drum-solo' as const),
    request,
    answer: answers,
  },
  message,
)
export const melody: fc.Arbitrary<SessionInput> = optional(
  { type: type('answer'), job: fc.constant('melody' as const), request, answer: melodies },
  message,
)
const bandNote = fc.record({
  pitch: fc.integer({ min: 28, max: 79 }),
  velocity: fc.integer({ min: 1, max: 127 }),
  beat: fc.constantFrom(0, 0.5, 1, 2.75, 7),
  beats: fc.constantFrom(0.1, 1, 5),
})
const bandNotes = fc.option(fc.record({ notes: fc.array(bandNote, { maxLength: 4 }) }), { freq: 8 })
/** The band plans a measure. */
const band: fc.Arbitrary<SessionInput> = optional(
  { type: type('answer'), job: fc.constantFrom('bass' as const, 'comping' as const), request, answer: bandNotes },
  message,
)

const phraseNote = fc.record({
  pitch: fc.integer({ min: 52, max: 66 }),
  velocity: fc.integer({ min: 1, max: 127 }),
  beat: fc.constantFrom(0, 0.25, 0.5, 1, 2.75, 7),
  beats: fc.constantFrom(0.1, 0.5, 3),
})
const phraseNotes = fc.option(fc.record({ notes: fc.array(phraseNote, { maxLength: 6 }) }), { freq: 8 })
/** A turn, or a gap, is filled with a phrase. */
export const phrase: fc.Arbitrary<SessionInput> = optional(
  {
    type: type('answer'),
    job: fc.constant('phrase' as const),
    request,
    answer: phraseNotes,
  },
  message,
)

/** Whatever may happen. A `request` counts back from the latest one. */
export const inputs: fc.Arbitrary<SessionInput> = fc.oneof(
  { weight: 30, arbitrary: hands },
  { weight: 3, arbitrary: control },
  { weight: 5, arbitrary: expression },
  { weight: 1, arbitrary: program },
  { weight: 6, arbitrary: does(...actionNames) },
  { weight: 3, arbitrary: settingMoved },
  { weight: 4, arbitrary: settingSet },
  { weight: 2, arbitrary: short },
  { weight: 2, arbitrary: metre },
  { weight: 1, arbitrary: chart },
  { weight: 1, arbitrary: bandStyle },
  { weight: 1, arbitrary: fc.record({ type: type('learn'), action: fc.option(action) }) },
  { weight: 1, arbitrary: fc.record({ type: type('bind'), bindings }) },
  { weight: 3, arbitrary: groove },
  { weight: 3, arbitrary: melody },
  { weight: 3, arbitrary: band },
  { weight: 2, arbitrary: phrase },
  { weight: 1, arbitrary: page },
  { weight: 1, arbitrary: fc.record({ type: type('tick') }) },
)

/** What may happen without a word about whose turn it is. */
export const idleInputs: fc.Arbitrary<SessionInput> = fc.oneof(
  { weight: 4, arbitrary: hands },
  metre,
  chart,
  groove,
  does('tempo', 'volume-lead', 'wildness', 'doubler', 'record-bass', 'new-groove', 'undo', 'tap'),
  fc.record({
    type: type('answer'),
    job: fc.constant('melody' as const),
    request: fc.integer({ min: 1, max: 9 }),
    answer: fc.constant(sung([60])),
  }),
  fc.record({ type: type('tick') }),
)

/** What comes at a bar line. */
export const barLineInputs: fc.Arbitrary<SessionInput> = fc.oneof(
  metre,
  groove,
  does('next-groove', 'fixed-groove', 'new-groove', 'longer-measure'),
)

const noMoment = fc.constantFrom(Number.NaN, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, undefined)
const noByte = fc.constantFrom(Number.NaN, -1, 128, 200, 0.5, Number.POSITIVE_INFINITY, undefined, null, '60')
const noNumber = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, '1', null)
const noAction = fc.constantFrom('explode', 'toString', '__proto__', undefined, 3)
const noMelody = fc.constantFrom({}, { melody: 60 }, sung([200]), undefined, [60])
const noGroove = fc.constantFrom({}, { plain: {}, felt: {} }, undefined, 'boom')

/** Events that nothing can be made of, whatever sent them. */
export const absurdities = fc.oneof(
  fc.record({ at: noMoment, input: inputs }).map(({ at, input }) => ({ ...input, at })),
  ...[
    { type: type('noteOn'), pitch: noByte, velocity },
    { type: type('noteOn'), pitch, velocity: fc.oneof(noByte, fc.constant(999)) },
    { type: type('noteOn'), pitch, velocity, channel: fc.constantFrom(0, 17, 1.5, null) },
    { type: type('noteOn'), pitch, velocity, answer: fc.constantFrom(-1, 128, 60.5, null) },
    { type: type('noteOff'), pitch: noByte },
    { type: type('noteOff'), pitch, channel: fc.constantFrom(0, 17, null) },
    { type: type('control'), controller: noByte, value: pitch },
    { type: type('control'), controller: pitch, value: noByte },
    { type: type('program'), program: noByte },
    { type: type('bend'), value: fc.constantFrom(-8193, 8192, 0.5, null, '0') },
    { type: type('pressure'), value: noByte },
    { type: type('keyPressure'), pitch: noByte, value: pitch },
    { type: type('run'), action: noAction },
    { type: type('set'), setting: noAction, value: fc.constant(1) },
    { type: type('set'), setting, value: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, null, undefined, {}) },
    { type: type('nudge'), setting, by: noNumber },
    { type: type('toggle'), setting: noAction },
    { type: type('metre'), metre: fc.constantFrom(null, 4, '4'.repeat(20_000)) },
    { type: type('chart'), chart: fc.constantFrom(null, 4, 'C '.repeat(20_000)) },
    { type: type('learn'), action: noAction },
    { type: type('bind'), bindings: fc.constantFrom({ 'cc 1': 'explode' }, { knob: 'play' }, null, 'cc 1') },
    { type: type('setList'), songs: fc.constantFrom(null, [{}], [{ format: 'tradefours-song' }], Array(65).fill({})) },
    { type: type('answer'), job: type('groove'), request: fc.nat(3), answer: noGroove },
    { type: type('answer'), job: type('groove'), request: noNumber, answer },
    { type: type('answer'), job: type('melody'), request: fc.nat(3), answer: noMelody },
    {
      type: type('answer'),
      job: fc.constantFrom('flute', undefined, null),
      request: fc.nat(3),
      answer: fc.constant(null),
    },
    { type: fc.constantFrom('explode', '', undefined, null, 3) },
    {},
  ].map((parts) => fc.record({ at: between(0, 1e6), ...(parts as object) })),
) as unknown as fc.Arbitrary<SessionEvent>
