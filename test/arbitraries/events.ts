import fc from 'fast-check'
import { sortHits } from '../../src/groove/index.ts'
import { drums, fourFour, parseMetre } from '../../src/music/index.ts'
import {
  type ActionId,
  type DialId,
  dialIds,
  dials,
  type GrooveAnswer,
  type Happening,
  type SessionEvent,
  triggers,
} from '../../src/session/index.ts'

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
export const hands: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: optional({ type: type('noteOn'), pitch, velocity }, channel) },
  { weight: 5, arbitrary: optional({ type: type('noteOff'), pitch }, channel) },
  optional({ type: type('control'), controller: fc.constant(64), value: fc.constantFrom(0, 127) }, channel),
)
const controller = fc.constantFrom(1, 2, 64, 120, 123)
const control = optional({ type: type('control'), controller, value: fc.integer({ min: 0, max: 127 }) }, channel)
const program = optional({ type: type('program'), program: fc.nat(3) }, channel)

const does = (...actions: ActionId[]) => fc.record({ type: type('act'), action: fc.constantFrom(...actions) })

/** Pages of a set list are turned. */
export const page: fc.Arbitrary<Happening> = does('next-section', 'previous-section', 'next-song')

/** The dials that decide most about what sounds. */
const telling: readonly DialId[] = [
  ...(['keys', 'doubler', 'improvise', 'live', 'hold', 'hand-over', 'fixed-groove'] as const),
  ...(['mute-solo', 'only-solo', 'mute-bass', 'only-bass', 'only-chords'] as const),
]
const dial = fc.constantFrom(...telling, ...dialIds)
const dialMoved = optional({ type: type('act'), action: dial }, { by: fc.integer() })

/** A dial is set, sometimes further than it goes. */
export const dialSet: fc.Arbitrary<Happening> = fc.tuple(dial, between(-0.1, 1.1)).map(([action, part]) => {
  const { least, most } = dials[action]
  return { type: 'act', action, value: least + part * (most - least) }
})

/** Turns and loops that come to an end within a few keys or measures. */
const short = fc.record({
  type: type('act'),
  action: fc.constantFrom('notes', 'trade-measures', 'measures'),
  value: fc.integer({ min: 1, max: 3 }),
})

const metreText = fc.constantFrom('4/4', '3/4', '7/8', '2+2+3/8', '5/16', '1/16', '3/2', '0/4', 'waltz', '2+2/3')
export const metre: fc.Arbitrary<Happening> = fc.record({ type: type('metre'), metre: metreText })

const chartText = fc.constantFrom('Dm7 | G7 | Cmaj7 | %', 'C', 'C F G', 'N.C. | Am7', ' ', '', '| |', 'H')
export const chart: fc.Arbitrary<Happening> = fc.record({ type: type('chart'), chart: chartText })

const triggerIds = Object.keys(triggers) as (keyof typeof triggers)[]
const action = fc.constantFrom<ActionId[]>(...triggerIds, ...telling, 'tempo', 'volume-solo')

/** What a section may do by itself. */
export const deed = action.filter((id) => !/-(?:section|song)$/.test(id))

const controls = ['cc 1', 'cc 64', 'cc 64 ch 2', 'cc 2 ch 1', 'note 60', 'note 61 ch 2', 'program', 'program 2']
export const bindings = fc.dictionary(
  fc.constantFrom(...controls),
  fc.option(fc.oneof(action, optional({ action }, { value: fc.integer(), by: fc.integer() }))),
  { maxKeys: 3 },
)

const hit = fc.record({
  step: fc.nat(31),
  drum: fc.constantFrom(...drums),
  velocity: fc.integer({ min: 1, max: 127 }),
  offsetMs: between(-300, 300),
})
/** Mostly of two measures in 4/4, as the loops that they are for; and some that fit nothing. */
const answer: fc.Arbitrary<GrooveAnswer> = fc
  .record({
    metre: fc.constantFrom(...new Array(6).fill(fourFour), parseMetre('3/4')),
    measures: fc.constantFrom(2, 2, 2, 2, 1, 3),
    hits: fc.uniqueArray(hit, { maxLength: 6, selector: ({ step, drum }) => `${step} ${drum}` }).map(sortHits),
  })
  .map((felt) => ({ felt, plain: { ...felt, hits: felt.hits.map((each) => ({ ...each, offsetMs: 0 })) } }))
const lopsided = fc.tuple(answer, answer).map(([{ plain }, { felt }]) => ({ plain, felt }))

const request = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -1, max: 3 }))
const message = { message: fc.constant('It is out of order.') }
const answers = fc.option(fc.oneof({ weight: 5, arbitrary: answer }, lopsided), { freq: 8 })
const pitches = fc.option(fc.array(pitch, { maxLength: 6 }), { freq: 8 })
export const groove: fc.Arbitrary<Happening> = optional({ type: type('groove'), request, answer: answers }, message)
export const melody: fc.Arbitrary<Happening> = optional({ type: type('melody'), request, pitches }, message)

/** Whatever may happen. A `request` counts back from the latest one. */
export const happenings: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 30, arbitrary: hands },
  { weight: 3, arbitrary: control },
  { weight: 1, arbitrary: program },
  { weight: 6, arbitrary: does(...triggerIds) },
  { weight: 3, arbitrary: dialMoved },
  { weight: 4, arbitrary: dialSet },
  { weight: 2, arbitrary: short },
  { weight: 2, arbitrary: metre },
  { weight: 1, arbitrary: chart },
  { weight: 1, arbitrary: fc.record({ type: type('learn'), action: fc.option(action) }) },
  { weight: 1, arbitrary: fc.record({ type: type('bind'), bindings }) },
  { weight: 3, arbitrary: groove },
  { weight: 3, arbitrary: melody },
  { weight: 1, arbitrary: page },
  { weight: 1, arbitrary: fc.record({ type: type('tick') }) },
)

/** What may happen without a word about whose turn it is. */
export const idleHappenings: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: hands },
  metre,
  chart,
  groove,
  does('tempo', 'volume-solo', 'wildness', 'doubler', 'record-bass', 'new-groove', 'undo', 'tap'),
  fc.record({ type: type('melody'), request: fc.integer({ min: 1, max: 9 }), pitches: fc.constant([60]) }),
  fc.record({ type: type('tick') }),
)

/** What comes at a bar line. */
export const laterHappenings: fc.Arbitrary<Happening> = fc.oneof(
  metre,
  groove,
  does('next-groove', 'fixed-groove', 'new-groove', 'longer-measure'),
)

const noMoment = fc.constantFrom(Number.NaN, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, undefined)
const noByte = fc.constantFrom(Number.NaN, -1, 128, 200, 0.5, Number.POSITIVE_INFINITY, undefined, null, '60')
const noNumber = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, '1', null)
const noAction = fc.constantFrom('explode', 'toString', '__proto__', undefined, 3)
const noGroove = fc.constantFrom({}, { plain: {}, felt: {} }, undefined, 'boom')

/** Events that nothing can be made of, whatever sent them. */
export const absurdities = fc.oneof(
  fc.record({ at: noMoment, happening: happenings }).map(({ at, happening }) => ({ ...happening, at })),
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
    { type: type('act'), action: noAction },
    { type: type('act'), action, value: noNumber },
    { type: type('act'), action, by: noNumber },
    { type: type('metre'), metre: fc.constantFrom(null, 4, '4'.repeat(20_000)) },
    { type: type('chart'), chart: fc.constantFrom(null, 4, 'C '.repeat(20_000)) },
    { type: type('learn'), action: noAction },
    { type: type('bind'), bindings: fc.constantFrom({ 'cc 1': 'explode' }, { knob: 'play' }, null, 'cc 1') },
    { type: type('setList'), songs: fc.constantFrom(null, [{}], [{ format: 'tradefours-song' }], Array(65).fill({})) },
    { type: type('groove'), request: fc.nat(3), answer: noGroove },
    { type: type('groove'), request: noNumber, answer },
    { type: type('melody'), request: fc.nat(3), pitches: fc.constantFrom([200], [0.5], ['60'], undefined, 60) },
    { type: fc.constantFrom('explode', '', undefined, null, 3) },
    {},
  ].map((parts) => fc.record({ at: between(0, 1e6), ...(parts as object) })),
) as unknown as fc.Arbitrary<SessionEvent>
