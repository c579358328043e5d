import fc from 'fast-check'
import type { ActionId, SessionInput } from '../../src/session/index.ts'
import { act, type Cue } from '../cues.ts'
import { between, chart, groove, hands, idleInputs, inputs, melody, metre, page, phrase, settingSet } from './events.ts'
import { setList } from './songs.ts'

const hour = 3600

/** From keys struck together to weeks of a break. */
const pause = fc.oneof(
  { weight: 20, arbitrary: fc.constant(0) },
  { weight: 20, arbitrary: between(0, 0.08) },
  { weight: 40, arbitrary: between(0, 1) },
  { weight: 10, arbitrary: between(0, 10) },
  { weight: 2, arbitrary: between(0, 1000 * hour) },
)

const cued = (input: fc.Arbitrary<SessionInput>, after: fc.Arbitrary<number> = fc.constant(0)): fc.Arbitrary<Cue> =>
  fc.record({ after, input })
const keys = fc.array(cued(hands, between(0, 1)), { maxLength: 8 })

/** A take that is under way. */
const openTake = fc
  .tuple(fc.constantFrom<ActionId[]>('record-bass', 'record-chords', 'overdub-bass', 'overdub-chords'), keys)
  .map(([action, keys]): Cue[] => [
    act('measures', 2),
    act(action),
    { after: 2, input: { type: 'noteOn', pitch: 40, velocity: 90 } },
    ...keys,
  ])

/** A take from its first note to its end. */
const take = openTake.map((take): Cue[] => [...take, { after: 8, input: { type: 'tick' } }])

/** A bassline and a groove to it. */
const newGroove = fc
  .tuple(take, cued(groove), keys)
  .map(([take, answer, keys]): Cue[] => [...take, act('new-groove'), answer, ...keys])

/** A call, its answer and what is played on it. */
const callAndResponse = fc
  .tuple(
    fc.boolean(),
    fc.constantFrom('count', 'phrase', 'measures', 'pedal'),
    fc.integer({ min: 1, max: 4 }),
    keys,
    cued(melody),
    keys,
  )
  .map(([live, handOver, notes, call, answer, response]): Cue[] => [
    ...[act('improvise', true), act('live', live), act('hand-over', handOver), act('notes', notes)],
    ...[...call, act('take-response'), answer, ...response],
  ])

/** Notes with long rests between them, which the machine may fill. */
const gaps = fc
  .array(fc.tuple(between(3, 6), cued(phrase, between(0, 1)), keys), { minLength: 3, maxLength: 6 })
  .map((rests): Cue[] => [
    ...[act('duet', true), act('keys', 'lead'), act('play')],
    ...rests.flatMap(([rest, answer, keys]) => [
      { after: 0.1, input: { type: 'noteOn', pitch: 70, velocity: 90 } } as const,
      { after: 0.2, input: { type: 'noteOff', pitch: 70 } } as const,
      { after: rest / 4, input: { type: 'tick' } } as const,
      answer,
      { after: rest, input: { type: 'tick' } } as const,
      ...keys,
    ]),
  ])

/** A set list, some of whose pages are turned. */
const show = fc
  .tuple(cued(setList), fc.array(fc.tuple(keys, cued(page)), { maxLength: 3 }))
  .map(([songs, pages]): Cue[] => [songs, ...pages.flatMap(([keys, page]) => [...keys, page])])

const alone = (cue: fc.Arbitrary<Cue>): fc.Arbitrary<Cue[]> => cue.map((each) => [each])

/** Whatever may happen, in its order. */
export const cues = (most = 120): fc.Arbitrary<Cue[]> =>
  fc
    .array(
      fc.oneof(
        { weight: 40, arbitrary: alone(cued(inputs, pause)) },
        { weight: 2, arbitrary: take },
        { weight: 1, arbitrary: newGroove },
        { weight: 2, arbitrary: callAndResponse },
        { weight: 1, arbitrary: gaps },
        { weight: 1, arbitrary: show },
      ),
      { maxLength: most, size: 'max' },
    )
    .map((scenes) => scenes.flat())

/** The same, with a clock that is set back now and then. */
export const jumpy = (cues: fc.Arbitrary<Cue[]>): fc.Arbitrary<Cue[]> =>
  fc.tuple(cues, fc.array(fc.tuple(fc.nat(), between(-20, 0)), { maxLength: 4 })).map(([cues, jumps]) => {
    const backs = new Map(jumps.map(([place, after]) => [place % cues.length, after]))
    return cues.map((cue, index) => ({ ...cue, after: backs.get(index) ?? cue.after }))
  })

/** Loops that play, and changes that are about to come by themselves. */
export const brinks: fc.Arbitrary<Cue[]> = fc
  .tuple(
    take,
    fc.array(
      fc.oneof(openTake, newGroove, callAndResponse, gaps, show, alone(cued(fc.oneof(metre, settingSet, page)))),
      {
        maxLength: 6,
      },
    ),
  )
  .map(([take, changes]) => [...take, ...changes.flat()])

/** What a performer may do without a thought of whose turn it is. */
export const idleCues: fc.Arbitrary<Cue[]> = fc.array(cued(idleInputs, pause), { maxLength: 30 })

/** Changes of the material, each with all that it takes: takes, grooves, charts and what is cleared. */
export const edits: fc.Arbitrary<Cue[][]> = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: take },
    { weight: 2, arbitrary: newGroove },
    { weight: 2, arbitrary: alone(cued(chart)) },
    fc.constantFrom<ActionId[]>('clear-bass', 'clear-drums', 'clear-chords', 'clear-all').map((id) => [act(id)]),
  ),
  { minLength: 80, maxLength: 100, size: 'max' },
)
