import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cues, jumpy } from '../../test/arbitraries/cues.ts'
import { absurdities } from '../../test/arbitraries/events.ts'
import { act, lettingGo, playCues, playEvents, sung } from '../../test/cues.ts'
import { randomSoloist } from '../../test/fakes/soloist.ts'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { runs } from '../../test/runs.ts'
import { Sounding } from '../../test/sounding.ts'
import { measureBeats } from '../music/index.ts'
import { settled } from './core/index.ts'
import {
  gridBeat,
  notesBetween,
  recorded,
  type SessionEvent,
  settingIds,
  settings,
  startSession,
  step,
} from './index.ts'

const numRuns = runs(200)
const soloist = randomSoloist()
const seed = fc.nat()

describe('no note hangs, and nothing stays bent', () => {
  it('after all keys and the pedal have come up, whatever happened', () => {
    fc.assert(
      fc.property(jumpy(cues()), seed, (cues, seed) => {
        const sounding = new Sounding()
        sounding.hear(playCues([...cues, ...lettingGo], seed, soloist).effects)
        expect(sounding.count).toBe(0)
        expect([...sounding.moved.keys()]).toEqual([])
      }),
      { numRuns },
    )
  })

  it.each([
    ['panic', []],
    ['stop, where it ends keys', [act('stop-ends-keys', true)]],
  ])('after %s, though no key has come up', (name, first) => {
    const end = act(name === 'panic' ? 'panic' : 'stop')
    fc.assert(
      fc.property(jumpy(cues()), seed, (cues, seed) => {
        const sounding = new Sounding()
        sounding.hear(playCues([...cues, ...first, end], seed, soloist).effects)
        expect(sounding.count).toBe(0)
        expect([...sounding.moved.keys()]).toEqual([])
      }),
      { numRuns },
    )
  })
})

describe('a performance that is played again', () => {
  it('is the same, effect by effect and in all that it leaves', () => {
    fc.assert(
      fc.property(jumpy(cues()), seed, (cues, seed) => {
        const run = playCues(cues, seed, soloist)
        expect(playEvents(run.events, startSession(seed), soloist)).toEqual(run)
      }),
      { numRuns },
    )
  })

  it('from the middle on is the same each time: a state is a value', () => {
    fc.assert(
      fc.property(jumpy(cues()), fc.nat(), seed, (cues, place, seed) => {
        const { events } = playCues(cues, seed, soloist)
        const middle = place % (events.length + 1)
        const { state } = playEvents(events.slice(0, middle), startSession(seed), soloist)
        const rest = () => playEvents(events.slice(middle), state, soloist)
        expect(rest()).toEqual(rest())
      }),
      { numRuns },
    )
  })

  it('needs no soloist, if the keys hold what the soloist answered', () => {
    fc.assert(
      fc.property(jumpy(cues()), seed, (cues, seed) => {
        const { events, effects } = playCues(cues, seed, soloist)
        let state = startSession(seed)
        const kept = events.map((event) => {
          const next = step(state, event, soloist)
          state = next.state
          return recorded(event, next.state) ?? event
        })
        expect(playEvents(kept, startSession(seed)).effects).toEqual(effects)
      }),
      { numRuns },
    )
  })
})

describe('a clock', () => {
  it('may tick as often as it likes', () => {
    const parts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 })
    fc.assert(
      fc.property(cues(), parts, seed, (cues, parts, seed) => {
        const { events, effects, state } = playCues(cues, seed, soloist)
        const again = playEvents(withTicks(events, parts), startSession(seed), soloist)
        expect(again.effects).toEqual(effects)
        expect({ ...again.state, now: state.now }).toEqual(state)
      }),
      { numRuns },
    )
  })
})

/** Events with ticks between them, each so far on the way from one to the next. */
function withTicks(events: readonly SessionEvent[], parts: readonly number[]): SessionEvent[] {
  return events.flatMap((event, index) => {
    const from = events[index - 1]?.at ?? event.at
    const ticks = [...parts].sort((a, b) => a - b).map((part) => Math.min(event.at, from + part * (event.at - from)))
    return [...ticks.map((at): SessionEvent => ({ type: 'tick', at })), event]
  })
}

describe('what makes no sense', () => {
  it('is counted, and changes nothing', () => {
    fc.assert(
      fc.property(jumpy(cues(20)), absurdities, (cues, absurd) => {
        const { state } = playCues(cues)
        expect(step(state, absurd)).toEqual({ state: { ...state, refused: state.refused + 1 }, effects: [] })
      }),
      { numRuns, examples: [[[], { type: 'noteOn', at: 0, pitch: 60, velocity: 9, channel: null as never }]] },
    )
  })
})

describe('weeks in which the machine sleeps', () => {
  it('ask models for no more than an evening does', () => {
    fc.assert(
      fc.property(jumpy(cues()), seed, (cues, seed) => {
        const { state } = playCues(cues, seed, soloist)
        const { effects } = step(state, { type: 'tick', at: state.now + 1000 * 3600 }, soloist)
        expect(effects.length).toBeLessThan(50_000)
      }),
      { numRuns },
    )
  })
})

describe('after a storm', () => {
  it('everything is in order', () => {
    fc.assert(
      fc.property(jumpy(cues()), seed, (cues, seed) => {
        const { state } = playCues(cues, seed, soloist)
        const { grooves, material, keys, recording, transport, trading, asked } = state
        for (const place of [grooves.chosen, grooves.playing, grooves.next?.playing ?? -1]) {
          expect(place).toBeGreaterThanOrEqual(-1)
          expect(place).toBeLessThan(material.grooves.length || 1)
        }
        for (const { plain, felt } of material.grooves) {
          expect(plain.measures).toBeGreaterThan(0)
          expect(felt.measures).toBe(plain.measures)
        }
        for (const loop of [material.loops.bass, material.loops.chords]) {
          const length = loop ? loop.measures * measureBeats(loop.metre) : 0
          for (const { beat, beats } of loop?.notes ?? []) {
            expect(beat).toBeGreaterThanOrEqual(-1)
            expect(gridBeat(beat)).toBeLessThan(length)
            expect(beats).toBeGreaterThanOrEqual(0)
          }
        }
        for (const id of settingIds)
          expect(settled(settings[id], state.settings[id], 'no value')).toBe(state.settings[id])
        expect(new Set(keys.voices.map(({ id }) => id)).size).toBe(keys.voices.length)
        expect(asked.melody != null).toBe(trading.trade.turn === 'waiting')
        expect(recording.take === null || transport.playing).toBe(true)
        expect(transport.timeline).toEqual([...transport.timeline].sort((a, b) => a.beat - b.beat))
      }),
      { numRuns },
    )
  })

  it('an ordinary performance goes as on any other evening', () => {
    const usual = ordinaryPerformance(new Performer())
    expect(usual.due.length).toBeGreaterThan(40)
    fc.assert(
      fc.property(jumpy(cues()), seed, (cues, seed) => {
        const performer = new Performer()
        performer.state = playCues(cues, seed, soloist).state
        performer.at = performer.state.now + 10
        tidyUp(performer)
        expect(ordinaryPerformance(performer)).toEqual(usual)
      }),
      { numRuns },
    )
  })
})

/** Brings all that may have been set or bound back to how it begins. */
function tidyUp(performer: Performer): void {
  performer.act('panic').act('clear-all').do({ type: 'setList', songs: [] }).do({ type: 'learn', action: null })
  const bound = Object.keys(performer.state.controls.bindings)
  performer.do({ type: 'bind', bindings: Object.fromEntries(bound.map((control) => [control, null])) })
  performer.do({ type: 'metre', metre: '4/4' })
  for (const id of settingIds) performer.act(id, settings[id].initial)
}

/** A bassline, chords over it and a call with its answer: what was heard of it. */
function ordinaryPerformance(performer: Performer) {
  const from = performer.effects.length
  performer
    .act('record-bass')
    .play([note(0, 40), note(1.5, 43), note(4, 45)])
    .wait(8)
  performer
    .act('record-chords')
    .play([note(8, 60), note(8, 64), note(8, 67)])
    .wait(16)
  performer
    .act('improvise', true)
    .act('live', false)
    .act('hand-over', 'count')
    .act('notes', 3)
    .play([note(16, 70), note(17, 72), note(18, 74)])
  performer.do({ type: 'answer', job: 'melody', request: performer.state.requests, answer: sung([80, 81, 82]) })
  performer.play([note(20, 60), note(21, 60), note(22, 60)])
  const sounds = performer.effects.slice(from).filter(({ type }) => type === 'sound' || type === 'stop')
  return {
    sounds: sounds.map(({ at, ...sound }) => sound),
    due: notesBetween(performer.state, 24, 40).map(({ track, pitch, beat }) => ({ track, pitch, beat })),
  }
}
