import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idleCues } from '../../test/arbitraries/cues.ts'
import { playCues, sung } from '../../test/cues.ts'
import { randomSoloist } from '../../test/fakes/soloist.ts'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { runs } from '../../test/runs.ts'
import { type HandOver, step } from './index.ts'

const numRuns = runs(200)
const soloist = randomSoloist()
const pitches = fc.array(fc.integer({ min: 40, max: 80 }), { minLength: 1, maxLength: 12 })

/** A performer who improvises, classic or live. */
function improviser(live: boolean, handOver: HandOver): Performer {
  return new Performer(0, soloist).act('improvise', true).act('live', live).act('hand-over', handOver)
}

/** A performer whose call has been handed over to a model. */
function caller(handOver: 'count' | 'phrase' | 'pedal', call: readonly number[]): Performer {
  const performer = improviser(false, handOver).act('notes', handOver === 'count' ? call.length : 64)
  performer.play(call.map((pitch, index) => note(index / 2, pitch, 1 / 4)))
  if (handOver === 'phrase') performer.wait(performer.beat + 4)
  return handOver === 'pedal' ? performer.act('hand-over-now') : performer
}

/** What a key lets sound, and who chose it. */
function press(performer: Performer, pitch: number): { pitch: number | undefined; by: string | undefined } {
  performer.do({ type: 'noteOn', pitch, velocity: 90 })
  const sound = performer.all('sound').findLast(({ track }) => track === 'lead')
  return { pitch: sound?.pitch, by: sound?.by }
}

describe('a classic call', () => {
  it('asks once, whatever happens until the answer comes; then keys sound its pitches, one for one', () => {
    const handOver = fc.constantFrom('count', 'phrase', 'pedal')
    fc.assert(
      fc.property(handOver, pitches, idleCues, pitches, (handOver, call, cues, answer) => {
        const performer = caller(handOver, call)
        const request = performer.state.requests
        expect(performer.asks('melody').map(({ call }) => call.map(({ pitch }) => pitch))).toEqual([call])
        const { state, effects } = playCues(cues, 0, null, performer.state)
        expect(effects.filter(({ type }) => type === 'ask')).toEqual([])
        performer.state = state
        performer.do({ type: 'answer', job: 'melody', request, answer: sung(answer) }, state.now).act('keys', 'lead')
        for (const pitch of answer.slice(0, state.settings.notes)) {
          expect(press(performer, 100)).toEqual({ pitch, by: 'machine' })
        }
        expect(press(performer, 100)).toEqual({ pitch: 100, by: 'human' })
      }),
      { numRuns },
    )
  })

  it('takes no second answer, and none to an older call', () => {
    fc.assert(
      fc.property(pitches, pitches, fc.integer({ min: -1, max: 3 }), (call, answer, request) => {
        const performer = caller('pedal', call)
          .act('take-call')
          .play([note(0, 60)], 20)
          .act('hand-over-now')
        performer.do({ type: 'answer', job: 'melody', request: 2, answer: sung(answer) })
        const { state } = performer
        expect(step(state, { type: 'answer', job: 'melody', request, answer: sung([1]), at: state.now })).toEqual({
          state,
          effects: [],
        })
      }),
      { numRuns },
    )
  })

  it('that was held for minutes is not told to be late the moment it is let go', () => {
    const performer = improviser(false, 'phrase')
      .act('hold', true)
      .play([note(0, 60)])
    performer.act('hold', false, 500).do({ type: 'tick' }, 500.1)
    expect(performer.asks('melody')).toHaveLength(1)
    expect(performer.notices).toEqual([])
    expect(performer.do({ type: 'tick' }, 502.1).notices).toEqual(['melody-late'])
  })
})

describe('a turn of some measures', () => {
  it('begins with the music, not with its count-in', () => {
    const performer = improviser(true, 'measures').act('trade-measures', 2).act('play')
    const turn = (beat: number) => performer.wait(beat).state.trading.trade.turn
    expect([-1, 1, 7.9, 8, 15.9, 16].map(turn)).toEqual(['call', 'call', 'call', 'response', 'response', 'call'])
  })

  it('in which nothing was called is passed over in silence, classic', () => {
    const performer = improviser(false, 'measures').act('trade-measures', 1).act('play').wait(100)
    expect(performer.notices).toEqual([])
    expect(performer.state.trading.trade.turn).toBe('call')
  })

  it.each([
    ['live', 1, 0],
    ['live and held', 1, 1],
    ['classic', 0, 0],
    ['classic and held', 0, 1],
  ] as const)('is the one that it would be anyway after hours away, %s', (_, live, hold) => {
    const length = 4
    const trading = (stops: readonly number[], answer: number, held: number) => {
      const performer = improviser(live === 1, 'measures')
        .act('tempo', 240)
        .act('trade-measures', 1)
        .act('play')
      performer
        .play([note(1, 60)])
        .wait(answer)
        .do({ type: 'answer', job: 'melody', request: 1, answer: sung([61, 62]) })
      performer.wait(held).act('hold', hold)
      for (const beat of stops) performer.wait(beat)
      return { ...performer.state.trading, effects: performer.effects.map(({ at, ...effect }) => effect) }
    }
    fc.assert(
      fc.property(fc.nat(8), fc.nat(8), fc.nat(10_000), (answer, held, beats) => {
        const end = answer + held + beats
        const each = Array.from({ length: Math.ceil(end / length) }, (_, turn) => length * turn)
        const stops = each.filter((beat) => beat > answer + held)
        expect(trading([end], answer, answer + held)).toEqual(trading([...stops, end], answer, answer + held))
      }),
      { numRuns: 10 },
    )
  })
})
