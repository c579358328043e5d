import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jumpy } from '../../test/arbitraries/cues.ts'
import { hands } from '../../test/arbitraries/events.ts'
import { act, type Cue, playCues } from '../../test/cues.ts'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { runs } from '../../test/runs.ts'
import { type Beats, measureBeats, mod, type Note, parseMetre } from '../music/index.ts'
import { type ActionId, loopTracks, type SessionState, step } from './index.ts'

const numRuns = runs(300)
const part = fc.double({ min: 0, max: 1, noNaN: true })

/** Sixteenths, triplets, swung eighths, and anything. */
const phase = fc.oneof(fc.constantFrom(0, 0, 1 / 4, 1 / 2, 3 / 4, 1 / 3, 2 / 3, 0.62), part)

/** A take in parts of its measures: a pitch for each note. */
const takes = fc.record({
  metre: fc.constantFrom('2/4', '3/4', '4/4', '5/4', '6/8', '7/8', '12/8'),
  measures: fc.integer({ min: 1, max: 3 }),
  places: fc.array(fc.record({ part, phase, beats: fc.double({ min: 0.05, max: 6, noNaN: true }) }), {
    minLength: 1,
    maxLength: 40,
  }),
  pickups: fc.array(part, { maxLength: 4 }),
  hasOne: fc.boolean(),
  tempo: fc.integer({ min: 40, max: 240 }),
  quantise: fc.oneof(fc.constantFrom(0, 1), part),
  swing: fc.oneof(fc.constant(0.5), fc.double({ min: 0.5, max: 0.75, noNaN: true })),
  grid: fc.constantFrom('auto', 'auto', 'sixteenths', 'triplets', 'off'),
})

type AnyTake = typeof takes extends fc.Arbitrary<infer Each> ? Each : never

/** The notes of a take, from its beat one: a pickup of up to so much of a measure, and the rest. */
function notesOf({ metre, measures, places, pickups, hasOne }: AnyTake, longestPickup: number): Note[] {
  const measure = measureBeats(parseMetre(metre))
  const length = measures * measure
  const on = places.map(({ part, phase, beats }, index) => {
    const beat = Math.min(length - 0.01, Math.floor(part * length) + phase)
    return note(beat, 30 + index, beats)
  })
  const before = pickups.map((part, index) => note(-Math.max(0.14, part * longestPickup * measure), 100 + index, 0.1))
  return [...(hasOne ? [note(0, 29, 0.1)] : []), ...on, ...before]
}

/** The first note is released by then. */
function afterFirst(played: Note): Note {
  return { ...played, beat: Math.max(0.11, played.beat) }
}

/** How far a note may be moved: to the nearest triplet, as the swing stretches it. */
function tolerance({ settings }: SessionState): Beats {
  return settings.swing / 3 + 1e-6
}

/** Expects every note in a pass of the loop, once, near to where it was played. */
function expectAll(performer: Performer, played: readonly Note[], start: Beats, length: Beats): void {
  // No grid has a place there, and what is early for beat one is after it.
  const from = start + 4 * length - 0.2371
  const due = performer.wait(from).due('bass', from, from + length)
  expect(due.map(({ pitch }) => pitch).sort()).toEqual(played.map(({ pitch }) => pitch).sort())
  for (const { pitch, beat, beats } of played) {
    const found = due.find((each) => each.pitch === pitch)
    const apart = mod((found?.beat ?? 0) - start - beat, length)
    expect(Math.min(apart, length - apart)).toBeLessThanOrEqual(tolerance(performer.state))
    if (performer.state.settings.swing === 0.5) expect(found?.beats).toBeCloseTo(Math.min(beats, length), 6)
  }
}

function performerOf({ metre, measures, tempo, quantise, swing, grid }: AnyTake): Performer {
  const performer = new Performer().do({ type: 'metre', metre }).act('tempo', tempo).act('measures', measures)
  return performer.act('quantise', quantise).act('swing', swing).act('grid', grid)
}

describe('every note of a take is in its loop once, within its grid’s tolerance of where it was played', () => {
  it('after a count-in', () => {
    fc.assert(
      fc.property(takes, (take) => {
        const length = take.measures * measureBeats(parseMetre(take.metre))
        const played = notesOf(take, 1)
        expectAll(performerOf(take).act('record-bass').play(played), played, 0, length)
      }),
      { numRuns },
    )
  })

  it('while the music plays', () => {
    fc.assert(
      fc.property(takes, fc.integer({ min: 1, max: 5 }), (take, measure) => {
        const one = measureBeats(parseMetre(take.metre))
        const played = notesOf(take, 0.69)
        const performer = performerOf(take).act('count-in', 0).act('play')
        performer.wait((measure - 1) * one).act('record-bass')
        expectAll(performer.play(played, measure * one), played, measure * one, take.measures * one)
      }),
      { numRuns },
    )
  })

  it('where the first note starts the clock', () => {
    fc.assert(
      fc.property(takes, (take) => {
        const length = take.measures * measureBeats(parseMetre(take.metre))
        const later = notesOf({ ...take, pickups: [], hasOne: false }, 0)
        const performer = performerOf(take).act('count-in', 0).act('record-bass').wait(3)
        performer.do({ type: 'noteOn', pitch: 29, velocity: 90 })
        expect(performer.beat).toBe(0)
        performer.do({ type: 'noteOff', pitch: 29 }, performer.secondsAt(0.1)).play(later.map(afterFirst))
        expectAll(performer, [note(0, 29, 0.1), ...later.map(afterFirst)], 0, length)
      }),
      { numRuns },
    )
  })

  it('though few keys are struck again and again', () => {
    fc.assert(
      fc.property(takes, (take) => {
        const length = take.measures * measureBeats(parseMetre(take.metre))
        const played = notesOf({ ...take, pickups: [], hasOne: true }, 0).flatMap((each, index) =>
          each.beat < length - 0.2 ? [{ ...each, pitch: 30 + (index % 3), beats: 0.05 }] : [],
        )
        const { bass } = performerOf(take).act('record-bass').play(played).wait(length).state.material.loops
        expect(bass?.notes.map(({ pitch }) => pitch).sort()).toEqual(played.map(({ pitch }) => pitch).sort())
      }),
      { numRuns },
    )
  })

  it('in as many layers as are added', () => {
    fc.assert(
      fc.property(takes, fc.integer({ min: 2, max: 4 }), (take, passes) => {
        const length = take.measures * measureBeats(parseMetre(take.metre))
        const performer = performerOf(take)
          .act('record-bass')
          .play([note(0, 20, 0.1)])
          .wait(length)
          .act('overdub-bass')
        const layers = Array.from({ length: passes }, (_, pass) => note(pass * length + 0.25, 40 + pass, 0.1))
        performer
          .play(layers, length)
          .wait(length * (passes + 1) - 0.2)
          .act('overdub-bass')
        expect(performer.state.recording).toMatchObject({ take: null, armed: null })
        const pitches = () => performer.state.material.loops.bass?.notes.map(({ pitch }) => pitch).sort((a, b) => a - b)
        expect(pitches()).toEqual([20, ...layers.map(({ pitch }) => pitch)])
        performer.act('undo')
        expect(pitches()).toEqual([20, ...layers.slice(0, -1).map(({ pitch }) => pitch)])
      }),
      { numRuns },
    )
  })
})

describe('whatever is pressed', () => {
  const presses: ActionId[] = loopTracks.flatMap((track) => [`record-${track}`, `overdub-${track}`] as const)
  const cue: fc.Arbitrary<Cue> = fc.record({
    after: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3, noNaN: true })),
    input: fc.oneof(
      { weight: 4, arbitrary: hands },
      { weight: 2, arbitrary: fc.constantFrom(...presses).map((id) => act(id).input) },
      fc.constantFrom<ActionId[]>('play', 'stop').map((id) => act(id).input),
      fc.constant({ type: 'tick' } as const),
    ),
  })

  it('no take is lost: when it is over, its notes are in its loop', () => {
    fc.assert(
      fc.property(jumpy(fc.array(cue, { maxLength: 80, size: 'max' })), (cues) => {
        let state = playCues([act('measures', 1)]).state
        for (const cue of cues) {
          const before = state.recording.take
          state = playCues([cue], 0, null, state).state
          if (!before) continue
          const { take } = state.recording
          const loop = state.material.loops[before.track]?.notes ?? []
          const kept = new Set([...(take?.track === before.track ? take.notes : []), ...loop].map(({ pitch }) => pitch))
          expect(before.notes.filter(({ pitch }) => !kept.has(pitch))).toEqual([])
        }
      }),
      { numRuns },
    )
  })

  it('10,000 notes fill a take, and nothing hangs', () => {
    const performer = new Performer().act('measures', 16).act('tempo', 20).act('record-bass')
    for (let index = 0; index < 10_000; index++) {
      const at = performer.secondsAt(index / 200)
      performer.do({ type: 'noteOn', pitch: 30 + (index % 60), velocity: 90 }, at)
      performer.do({ type: 'noteOff', pitch: 30 + (index % 60) }, at + 0.001)
    }
    expect(performer.notices).toEqual(['take-full'])
    expect(performer.wait(64).state.material.loops.bass?.notes).toHaveLength(4096)
    expect(performer.sounding('bass')).toEqual([])
    expect(step(performer.state, { type: 'tick', at: performer.at + 3600 }).effects).toEqual([])
  })
})
