import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absurdities, cues, jumpyCues, lettingGo, playCues, playEvents } from '../testing/arbitrary-events.ts'
import { randomSoloist } from '../testing/random-soloist.ts'
import { Sounding } from '../testing/sounding.ts'
import { recorded, type SessionEvent, startSession, step } from './index.ts'

const numRuns = Number(process.env.N ?? 300)
const soloist = randomSoloist()
const seed = fc.nat()

describe('no note hangs', () => {
  it('after all keys and the pedal have come up, whatever happened', () => {
    fc.assert(
      fc.property(jumpyCues(), seed, (cues, seed) => {
        const sounding = new Sounding()
        sounding.hear(playCues([...cues, ...lettingGo], seed, soloist).effects)
        expect(sounding.count).toBe(0)
      }),
      { numRuns },
    )
  })

  it.each(['panic', 'stop'] as const)('after %s, though no key has come up', (action) => {
    fc.assert(
      fc.property(jumpyCues(), seed, (cues, seed) => {
        const sounding = new Sounding()
        const end = { after: 0, happening: { type: 'act', action } } as const
        sounding.hear(playCues([...cues, end], seed, soloist).effects)
        expect(sounding.count).toBe(0)
      }),
      { numRuns },
    )
  })
})

describe('a performance that is played again', () => {
  it('is the same, effect by effect and in all that it leaves', () => {
    fc.assert(
      fc.property(jumpyCues(), seed, (cues, seed) => {
        const run = playCues(cues, seed, soloist)
        expect(playEvents(run.events, seed, soloist)).toEqual(run)
      }),
      { numRuns },
    )
  })

  it('needs no soloist, if the keys hold what the soloist answered', () => {
    fc.assert(
      fc.property(jumpyCues(), seed, (cues, seed) => {
        const { events, effects } = playCues(cues, seed, soloist)
        let state = startSession(seed)
        const kept = events.map((event) => {
          const next = step(state, event, soloist)
          state = next.state
          return recorded(event, next.effects) ?? event
        })
        expect(playEvents(kept, seed).effects).toEqual(effects)
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
        const again = playEvents(withTicks(events, parts), seed, soloist)
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
      fc.property(jumpyCues(20), absurdities, (cues, absurd) => {
        const { state } = playCues(cues)
        expect(step(state, absurd)).toEqual({ state: { ...state, refused: state.refused + 1 }, effects: [] })
      }),
      { numRuns },
    )
  })
})
