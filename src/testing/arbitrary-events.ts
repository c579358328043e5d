import fc from 'fast-check'
import { sortHits } from '../groove/index.ts'
import type { Soloist } from '../improv/index.ts'
import { drums, fourFour, parseMetre } from '../music/index.ts'
import {
  type ActionId,
  type DialId,
  dialIds,
  dials,
  type Effect,
  type GrooveAnswer,
  type Happening,
  type SessionEvent,
  type SessionState,
  startSession,
  step,
  triggers,
} from '../session/index.ts'

/** Something that happens so many seconds after what was before. Its `request` counts back from the latest one. */
export type Cue = { readonly after: number; readonly happening: Happening }

/** What came of some events. */
export type Run = {
  readonly events: readonly SessionEvent[]
  readonly effects: readonly Effect[]
  readonly state: SessionState
}

/** Plays events one after the other. */
export function playEvents(events: Iterable<SessionEvent>, seed = 0, soloist: Soloist | null = null): Run {
  let state = startSession(seed)
  const played: SessionEvent[] = []
  const effects: Effect[] = []
  for (const event of events) {
    const next = step(state, event, soloist)
    state = next.state
    played.push(event)
    effects.push(...next.effects)
  }
  return { events: played, effects, state }
}

/** Turns cues into events, one after the other: each needs to know of the state before it. */
export class Prompter {
  at = 0

  /** The next event. */
  next({ after, happening }: Cue, { requests }: SessionState): SessionEvent {
    this.at = Math.max(0, this.at + after)
    const request = 'request' in happening && { request: requests - happening.request }
    return { ...happening, ...request, at: this.at } as SessionEvent
  }
}

/** Plays cues one after the other. */
export function playCues(cues: readonly Cue[], seed = 0, soloist: Soloist | null = null, from?: SessionState): Run {
  const prompter = new Prompter()
  let state = from ?? startSession(seed)
  if (from) prompter.at = from.now
  const events: SessionEvent[] = []
  const effects: Effect[] = []
  for (const cue of cues) {
    const event = prompter.next(cue, state)
    const next = step(state, event, soloist)
    state = next.state
    events.push(event)
    effects.push(...next.effects)
  }
  return { events, effects, state }
}

/** Few enough that keys meet, and the ends of the keyboard. */
const pitch = fc.oneof({ weight: 30, arbitrary: fc.integer({ min: 52, max: 66 }) }, fc.constantFrom(0, 1, 126, 127))
const velocity = fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 1, max: 127 }) }, fc.constant(0))
const optional = <Required extends object, Extra extends object>(
  required: { [Key in keyof Required]: fc.Arbitrary<Required[Key]> },
  extra: { [Key in keyof Extra]: fc.Arbitrary<Extra[Key]> },
) => fc.record({ ...required, ...extra }, { requiredKeys: Object.keys(required) as never })
const type = <Type extends string>(name: Type) => fc.constant(name)
const channel = { channel: fc.integer({ min: 1, max: 2 }) }

const keyDown = optional({ type: type('noteOn'), pitch, velocity }, channel)
const keyUp = optional({ type: type('noteOff'), pitch }, channel)
const pedal = optional({ type: type('control'), controller: fc.constant(64), value: fc.constantFrom(0, 127) }, channel)
const hands = fc.oneof(
  { weight: 6, arbitrary: keyDown },
  { weight: 5, arbitrary: keyUp },
  { weight: 1, arbitrary: pedal },
)

const control = optional(
  { type: type('control'), controller: fc.constantFrom(1, 2, 64, 120, 123), value: fc.integer({ min: 0, max: 127 }) },
  channel,
)
const program = optional({ type: type('program'), program: fc.nat(3) }, channel)

const triggerIds = Object.keys(triggers) as (keyof typeof triggers)[]
const trigger = fc.record({ type: type('act'), action: fc.constantFrom(...triggerIds) })

/** The dials that decide most about what sounds. */
const telling: DialId[] = [
  ...(['keys', 'doubler', 'improvise', 'live', 'hold', 'hand-over', 'fixed-groove'] as const),
  ...(['mute-solo', 'only-solo', 'mute-bass', 'only-bass', 'only-chords'] as const),
]
const dialMoved = optional({ type: type('act'), action: fc.constantFrom(...telling, ...dialIds) }, { by: fc.integer() })
const dialSet = fc
  .tuple(fc.constantFrom(...telling, ...dialIds), fc.double({ min: -0.1, max: 1.1, noNaN: true }))
  .map(([action, part]) => {
    const { least, most } = dials[action]
    return { type: 'act' as const, action, value: least + part * (most - least) }
  })
/** Turns that come to an end within a few keys or measures. */
const short = fc.oneof(
  fc.record({ type: type('act'), action: type('notes'), value: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ type: type('act'), action: type('trade-measures'), value: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ type: type('act'), action: type('measures'), value: fc.integer({ min: 1, max: 2 }) }),
)

const metreText = fc.constantFrom('4/4', '3/4', '7/8', '2+2+3/8', '5/16', '1/16', '3/2', '0/4', 'waltz', '2+2/3')
const metre = fc.record({ type: type('metre'), metre: metreText })
const chartText = fc.constantFrom('Dm7 | G7 | Cmaj7 | %', 'C', 'C F G', 'N.C. | Am7', ' ', '', '| |', 'H')
const chart = fc.record({ type: type('chart'), chart: chartText })

const action: fc.Arbitrary<ActionId> = fc.constantFrom(...triggerIds, ...telling, 'tempo', 'volume-solo')
const turnsPages = (id: ActionId) => /-(?:section|song)$/.test(id)
const deed = action.filter((id) => !turnsPages(id))
const learn = fc.record({ type: type('learn'), action: fc.option(action) })
const bindings = fc.dictionary(
  fc.constantFrom('cc 1', 'cc 64', 'cc 64 ch 2', 'cc 2 ch 1', 'note 60', 'note 61 ch 2', 'program', 'program 2'),
  fc.option(fc.oneof(action, optional({ action }, { value: fc.integer(), by: fc.integer() }))),
  { maxKeys: 3 },
)
const bind = fc.record({ type: type('bind'), bindings })

const hit = fc.record({
  step: fc.nat(31),
  drum: fc.constantFrom(...drums),
  velocity: fc.integer({ min: 1, max: 127 }),
  offsetMs: fc.double({ min: -300, max: 300, noNaN: true }),
})
/** Mostly of two measures in 4/4, as the loops that they are for; and some that fit nothing. */
const grooveAnswer: fc.Arbitrary<GrooveAnswer> = fc
  .record({
    metre: fc.oneof({ weight: 6, arbitrary: fc.constant(fourFour) }, fc.constant(parseMetre('3/4'))),
    measures: fc.constantFrom(2, 2, 2, 1, 3),
    hits: fc.uniqueArray(hit, { maxLength: 6, selector: ({ step, drum }) => `${step} ${drum}` }).map(sortHits),
  })
  .map((felt) => ({ felt, plain: { ...felt, hits: felt.hits.map((each) => ({ ...each, offsetMs: 0 })) } }))
const lopsided = fc.tuple(grooveAnswer, grooveAnswer).map(([{ plain }, { felt }]) => ({ plain, felt }))
const request = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -1, max: 3 }))
const groove = optional(
  {
    type: type('groove'),
    request,
    answer: fc.option(fc.oneof({ weight: 5, arbitrary: grooveAnswer }, lopsided), { freq: 8 }),
  },
  { message: fc.constant('It is out of order.') },
)
const melody = optional(
  { type: type('melody'), request, pitches: fc.option(fc.array(pitch, { maxLength: 6 }), { freq: 8 }) },
  { message: fc.constant('It is out of order.') },
)

const songNote = fc.record({
  pitch,
  beat: fc.double({ min: 0, max: 2.99, noNaN: true }),
  beats: fc.double({ min: 0, max: 2, noNaN: true }),
})
const measures = fc.integer({ min: 1, max: 2 })
const songLoop = fc.record({ measures, notes: fc.array(songNote, { maxLength: 4 }) })
const songHit = fc.record({ step: fc.nat(11), drum: fc.constantFrom(...drums) })
const songDrums = fc.record({ measures, hits: fc.array(songHit, { maxLength: 4 }) })
const songLoops = { bass: fc.option(songLoop), chords: fc.option(songLoop), drums: fc.option(songDrums) }
const metreOfSong = fc.constantFrom('4/4', '3/4', '7/8')
const sectionParts = {
  enter: fc.constantFrom('now' as const, 'measure' as const, 'loop' as const),
  leave: fc.constant('note' as const),
  next: fc.constant('1'),
  play: fc.boolean(),
  tempo: fc.integer({ min: 60, max: 240 }),
  chart: fc.option(fc.constantFrom('C | F', 'Bb7')),
  set: fc.constantFrom({}, { improvise: 1 }, { 'mute-solo': 1, swing: 2 / 3 }, { keys: 'bass', doubler: 1 } as const),
  do: fc.array(deed, { maxLength: 2 }),
  controls: bindings,
}
const section = fc.oneof(
  optional({}, { ...sectionParts, metre: metreOfSong }),
  optional({ metre: metreOfSong, loops: fc.record(songLoops, { requiredKeys: [] }) }, sectionParts),
)
const song = fc
  .record({ controls: bindings, sections: fc.array(section, { minLength: 1, maxLength: 3 }) })
  .map(({ controls, sections }) => ({
    ...({ format: 'tradefours-song', version: 1, title: 'Song', controls } as const),
    sections: sections.map((section, index) => ({ name: `${index + 1}`, ...section })),
  }))
const setList = fc.record({ type: type('setList'), songs: fc.array(song, { maxLength: 2 }) })
const page = fc.record({ type: type('act'), action: fc.constantFrom('next-section', 'previous-section', 'next-song') })

const happening = fc.oneof(
  { weight: 30, arbitrary: hands },
  { weight: 3, arbitrary: control },
  { weight: 1, arbitrary: program },
  { weight: 6, arbitrary: trigger },
  { weight: 3, arbitrary: dialMoved },
  { weight: 4, arbitrary: dialSet },
  { weight: 2, arbitrary: short },
  { weight: 2, arbitrary: metre },
  { weight: 1, arbitrary: chart },
  { weight: 1, arbitrary: learn },
  { weight: 1, arbitrary: bind },
  { weight: 3, arbitrary: groove },
  { weight: 3, arbitrary: melody },
  { weight: 1, arbitrary: page },
  { weight: 1, arbitrary: fc.record({ type: type('tick') }) },
) as fc.Arbitrary<Happening>

const hour = 3600
/** From keys struck together to an hour's break. */
const pause = fc.oneof(
  { weight: 20, arbitrary: fc.constant(0) },
  { weight: 20, arbitrary: fc.double({ min: 0, max: 0.08, noNaN: true }) },
  { weight: 40, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  { weight: 10, arbitrary: fc.double({ min: 0, max: 10, noNaN: true }) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 10 * hour, noNaN: true }) },
)
/** A clock that is set back. */
const setBack = fc.double({ min: -20, max: 0, noNaN: true })

/** Something that is done at once, or after a while. */
export const act = (action: ActionId, value?: number, after = 0): Cue => ({
  after,
  happening: { type: 'act', action, ...(value !== undefined && { value }) },
})
const asIs = (happening: fc.Arbitrary<object>) => happening.map((each) => ({ after: 0, happening: each as Happening }))
const keys = fc.array(
  fc.record({ after: fc.double({ min: 0, max: 1, noNaN: true }), happening: hands as fc.Arbitrary<Happening> }),
  { maxLength: 8 },
)

/** A take that is under way. */
const openTake = fc
  .tuple(fc.constantFrom<ActionId[]>('record-bass', 'record-chords', 'overdub-bass', 'overdub-chords'), keys)
  .map(([action, keys]): Cue[] => [
    ...[act('measures', 2), act(action)],
    ...[{ after: 2, happening: { type: 'noteOn', pitch: 40, velocity: 90 } } as const, ...keys],
  ])

/** A take from its first note to its end. */
const take = openTake.map((take): Cue[] => [...take, { after: 8, happening: { type: 'tick' } }])

/** A bassline and a groove to it. */
const newGroove = fc
  .tuple(take, asIs(groove), keys)
  .map(([take, answer, keys]): Cue[] => [...take, act('new-groove'), answer, ...keys])

/** A call, its answer and what is played on it. */
const callAndResponse = fc
  .tuple(fc.nat(1), fc.nat(3), fc.integer({ min: 1, max: 4 }), keys, asIs(melody), keys)
  .map(([live, handOver, notes, call, answer, response]): Cue[] => [
    ...[act('improvise', 1), act('live', live), act('hand-over', handOver), act('notes', notes)],
    ...[...call, act('take-response'), answer, ...response],
  ])

const show = fc
  .tuple(asIs(setList), fc.array(fc.tuple(keys, asIs(page)), { maxLength: 3 }))
  .map(([songs, pages]): Cue[] => [songs, ...pages.flatMap(([keys, page]) => [...keys, page])])

/** Whatever may happen, in its order. */
export const cues = (most = 120): fc.Arbitrary<Cue[]> =>
  fc
    .array(
      fc.oneof(
        { weight: 40, arbitrary: fc.record({ after: pause, happening }).map((cue) => [cue]) },
        { weight: 2, arbitrary: take },
        { weight: 1, arbitrary: newGroove },
        { weight: 2, arbitrary: callAndResponse },
        { weight: 1, arbitrary: show },
      ),
      { maxLength: most, size: 'max' },
    )
    .map((each) => each.flat())

/** Whatever may happen, with clocks that are set back in the middle of it. */
export const jumpyCues = (most = 120): fc.Arbitrary<Cue[]> =>
  fc
    .tuple(cues(most), fc.dictionary(fc.nat(300).map(String), setBack))
    .map(([cues, jumps]) => cues.map((cue, index) => ({ ...cue, after: jumps[index] ?? cue.after })))

/** Loops that play, and changes that are about to come by themselves. */
export const brinks: fc.Arbitrary<Cue[]> = fc
  .tuple(
    take,
    fc.array(
      fc.oneof(
        openTake,
        newGroove,
        callAndResponse,
        show,
        asIs(fc.oneof(metre, dialSet, page)).map((each) => [each]),
      ),
      { maxLength: 6 },
    ),
  )
  .map(([take, changes]) => [...take, ...changes.flat()])

/** Changes of the material: takes, grooves, charts and what is cleared. */
export const edits: fc.Arbitrary<Cue[]> = fc
  .array(
    fc.oneof(
      { weight: 2, arbitrary: take },
      { weight: 2, arbitrary: newGroove },
      asIs(fc.record({ type: type('chart'), chart: fc.stringMatching(/^([A-G]m?7? \| ){3}[A-G]$/) })).map((each) => [
        each,
      ]),
      fc.constantFrom<ActionId[]>('clear-bass', 'clear-drums', 'clear-chords', 'clear-all').map((id) => [act(id)]),
    ),
    { minLength: 60, maxLength: 80, size: 'max' },
  )
  .map((each) => each.flat())

/** Everything comes up. */
export const lettingGo: readonly Cue[] = [1, 2].flatMap((channel) => [
  ...Array.from({ length: 128 }, (_, pitch) => ({ after: 0, happening: { type: 'noteOff' as const, pitch, channel } })),
  { after: 0, happening: { type: 'control' as const, controller: 64, value: 0, channel } },
])

const noMoment = fc.constantFrom(Number.NaN, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, undefined)
const noByte = fc.constantFrom(Number.NaN, -1, 128, 200, 0.5, Number.POSITIVE_INFINITY, undefined, null, '60')
const noNumber = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, '1', null)

/** Events that nothing can be made of, whatever sent them. */
export const absurdities = fc.oneof(
  fc.record({ at: noMoment, happening }).map(({ at, happening }) => ({ ...happening, at })),
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
    { type: type('act'), action: fc.constantFrom('explode', 'toString', '__proto__', null, 3) },
    { type: type('act'), action, value: noNumber },
    { type: type('act'), action, by: noNumber },
    { type: type('metre'), metre: fc.constantFrom(null, 4, '4'.repeat(20_000)) },
    { type: type('chart'), chart: fc.constantFrom(null, 4, 'C '.repeat(20_000)) },
    { type: type('learn'), action: fc.constantFrom('explode', undefined, 3) },
    { type: type('bind'), bindings: fc.constantFrom({ 'cc 1': 'explode' }, { knob: 'play' }, null, 'cc 1') },
    { type: type('setList'), songs: fc.constantFrom(null, [{}], [{ format: 'tradefours-song' }], Array(65).fill({})) },
    {
      type: type('groove'),
      request: fc.nat(3),
      answer: fc.constantFrom({}, { plain: {}, felt: {} }, undefined, 'boom'),
    },
    { type: type('groove'), request: noNumber, answer: grooveAnswer },
    { type: type('melody'), request: fc.nat(3), pitches: fc.constantFrom([200], [0.5], ['60'], undefined, 60) },
    { type: fc.constantFrom('explode', '', undefined, null, 3) },
    {},
  ].map((parts) => fc.record({ at: fc.double({ min: 0, max: 1e6, noNaN: true }), ...(parts as object) })),
) as unknown as fc.Arbitrary<SessionEvent>
