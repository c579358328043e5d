import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Performer } from '../../../test/performer.ts'
import { runs } from '../../../test/runs.ts'
import { type ClockMessage, ticksPerBeat } from '../../timing/index.ts'
import { createClockIn } from './clock-in.ts'

/** What another instrument says, so many milliseconds after the beginning. */
type Said = { readonly message: ClockMessage; readonly ms: number; readonly input?: string }

/** A session that follows, woken each 25 ms. */
function setUp() {
  const performer = new Performer()
  performer.act('count-in', 0)
  const began = performance.now()
  const seconds = (timeStampMs: number) => (timeStampMs - began) / 1000
  const done: string[] = []
  const act = (action: 'play' | 'stop', timeStampMs: number) => {
    done.push(action)
    performer.act(action, undefined, seconds(timeStampMs))
  }
  const clock = createClockIn(
    {
      play: (at) => act('play', at),
      stop: (at) => act('stop', at),
      tempo: (bpm, at) => performer.act('tempo', bpm, seconds(at)),
      count: (bpm, past, at) => performer.do({ type: 'clock', bpm, past }, seconds(at)),
    },
    { of: seconds },
  )
  let wakes = began
  let bpm: number | null = null
  const runTo = (ms: number) => {
    for (; wakes <= began + ms; wakes += 25) {
      vi.advanceTimersByTime(Math.max(0, wakes - performance.now()))
      performer.do({ type: 'tick' }, seconds(wakes))
      bpm = clock.wake(performer.state.transport, performer.state.recording.free !== null)
    }
    vi.advanceTimersByTime(Math.max(0, began + ms - performance.now()))
    performer.do({ type: 'tick' }, ms / 1000)
  }
  return {
    performer,
    done,
    runTo,
    bpm: () => bpm,
    hear(all: readonly Said[]) {
      for (const { message, ms, input = 'Drums' } of all) {
        runTo(ms)
        clock.receive(message, began + ms, input)
      }
    },
  }
}

const say = (type: 'start' | 'continue' | 'stop', ms: number, input?: string): Said => ({
  message: { type },
  ms,
  ...(input && { input }),
})

/** Ticks from a moment on. */
function ticks(
  count: number,
  bpm: (tick: number) => number,
  fromMs = 0,
  copies: (tick: number) => number = () => 1,
  lateMs: (tick: number) => number = () => 0,
): Said[] {
  const said: Said[] = []
  let ms = fromMs
  for (let tick = 0; tick < count; tick++) {
    for (let copy = 0; copy < copies(tick); copy++) {
      said.push({ message: { type: 'clock' }, ms: Math.max(said.at(-1)?.ms ?? fromMs, ms + lateMs(tick) + copy) })
    }
    ms += 60_000 / bpm(tick) / ticksPerBeat
  }
  return said
}

beforeEach(() => void vi.useFakeTimers({ now: 1000, toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

describe('a session that follows a clock', () => {
  it.each([
    [120, 120],
    [90, 90],
    [173.5, 173.5],
    [90, 150],
    [150, 90],
    [120, 60],
    [60, 120],
  ])('is on its beat at %d, and when it leaps to %d', (before, after) => {
    const { performer, hear, bpm } = setUp()
    const at = 10 * ticksPerBeat
    hear([say('start', 0), ...ticks(24 * ticksPerBeat + 1, (tick) => (tick < at ? before : after))])
    expect(Math.abs(performer.beat - 24)).toBeLessThan(0.01)
    expect(bpm()).toBeCloseTo(after, 1)
    expect(performer.state.settings.tempo).toBeCloseTo(after, 0)
  })

  it('is on its beat whatever the wire does to the ticks, once it has heard two beats', () => {
    const count = 32 * ticksPerBeat + 1
    const fate = fc.record({
      copies: fc.constantFrom(...Array<number>(18).fill(1), 0, 2),
      lateMs: fc.double({ min: -4, max: 4, noNaN: true }),
    })
    const fates = fc.array(fate, { minLength: count, maxLength: count })
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 200 }), fates, (bpm, fates) => {
        const { performer, hear } = setUp()
        const isWhole = (tick: number) => tick < 2 * ticksPerBeat || tick === count - 1
        const copies = (tick: number) => (isWhole(tick) ? 1 : (fates[tick]?.copies ?? 1))
        const lateMs = (tick: number) => (isWhole(tick) ? 0 : (fates[tick]?.lateMs ?? 0))
        hear([say('start', 0), ...ticks(count, () => bpm, 0, copies, lateMs)])
        expect((Math.abs(performer.beat - 32) * 60_000) / bpm).toBeLessThan(6)
      }),
      { numRuns: runs(60) },
    )
  })

  it('plays on through a silence, in which no clock is said to come', () => {
    const { performer, hear, runTo, bpm } = setUp()
    const isSilent = (tick: number) => tick >= 8 * ticksPerBeat && tick < 11 * ticksPerBeat
    const all = ticks(
      20 * ticksPerBeat + 1,
      () => 132,
      0,
      (tick) => (isSilent(tick) ? 0 : 1),
    )
    const before = all.filter(({ ms }) => ms < (8 * 60_000) / 132)
    hear([say('start', 0), ...before])
    runTo((10.5 * 60_000) / 132)
    expect([performer.state.transport.playing, bpm()]).toEqual([true, null])
    hear(all.slice(before.length))
    expect(Math.abs(performer.beat - 20)).toBeLessThan(0.01)
    expect(bpm()).toBeCloseTo(132, 1)
  })

  it.each([
    [120, 40],
    [40, 120],
    [400, 20],
    [20, 300],
    [90, 97],
  ])('is never a beat off, from its own %d on, where the ticks of %d begin only with the song', (own, bpm) => {
    const { performer, hear, runTo } = setUp()
    performer.act('tempo', own)
    runTo(1000)
    hear([say('start', 1000), ...ticks(4, () => bpm, 1000)])
    const all = ticks(8 * ticksPerBeat + 1, () => bpm, 1000)
    let farthest = 0
    for (const [tick, said] of all.entries()) {
      if (tick < 4) continue
      hear([said])
      farthest = Math.max(farthest, Math.abs(performer.beat - tick / ticksPerBeat))
    }
    expect(farthest).toBeLessThan(0.25)
    expect(Math.abs(performer.beat - 8)).toBeLessThan(0.02)
  })

  it('is never a beat off, whatever tempo either has, and though the ticks jitter', () => {
    const jitter = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 30, maxLength: 30 })
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 400 }), fc.integer({ min: 30, max: 300 }), jitter, (own, bpm, late) => {
        const { performer, hear } = setUp()
        performer.act('tempo', own)
        const count = 12 * ticksPerBeat + 1
        const lateMs = (tick: number) => (tick === count - 1 ? 0 : (late[tick % late.length] ?? 0))
        hear([
          say('start', 0),
          ...ticks(
            count,
            () => bpm,
            2,
            () => 1,
            lateMs,
          ),
        ])
        expect(Math.abs(performer.beat - 12)).toBeLessThan(0.1)
      }),
      { numRuns: runs(100) },
    )
  })

  it('has its own tempo again where a song begins and no second tick comes', () => {
    const { performer, hear, runTo } = setUp()
    performer.act('tempo', 120)
    hear([say('start', 1000), ...ticks(1, () => 120, 1000)])
    runTo(3000)
    expect(performer.state.transport.playing).toBe(true)
    expect(performer.state.settings.tempo).toBe(120)
  })

  it('has a free take in the tempo of a clock that ticks without a song, however unsteadily it is played', () => {
    const { performer, hear } = setUp()
    const beatMs = 60_000 / 137
    const foot = (beat: number) => performer.act('free-bass', undefined, (beat * beatMs) / 1000)
    const keys = [4, 5, 6, 7, 8, 9, 10, 11].map((beat) => ({ beat, ms: (beat + 0.06 * Math.sin(7 * beat)) * beatMs }))
    hear(ticks(4 * ticksPerBeat, () => 137).slice(0, -2))
    foot(3.97)
    for (const { beat, ms } of keys) {
      performer.do({ type: 'noteOn', pitch: 36 + (beat % 4), velocity: 90 }, ms / 1000)
      hear(ticks(ticksPerBeat, () => 137, beat * beatMs + 30))
      performer.do({ type: 'noteOff', pitch: 36 + (beat % 4) })
    }
    foot(12.04)
    expect(performer.state.settings.tempo).toBeCloseTo(137, 0)
    expect(performer.state.material.loops.bass).toMatchObject({ measures: 2, metre: { numerator: 4 } })
  })

  it('has the tempo of a clock that ticks before its song begins', () => {
    const { performer, hear, done } = setUp()
    hear(ticks(60, () => 100))
    expect(performer.state.settings.tempo).toBeCloseTo(100)
    expect(done).toEqual([])
  })

  it('begins anew with the song, also where it plays already, and stops with it', () => {
    const { performer, hear, done } = setUp()
    performer.act('play')
    hear(ticks(50, () => 120))
    const begins = (50 * 500) / ticksPerBeat
    hear([say('start', begins), ...ticks(49, () => 120, begins)])
    expect(performer.beat).toBeCloseTo(2)
    expect(done).toEqual(['stop', 'play'])
    hear([say('stop', begins + 1100), say('stop', begins + 1200)])
    expect(done).toEqual(['stop', 'play', 'stop'])
  })

  it('joins a song that goes on in the middle of a bar at the next one', () => {
    const { performer, hear } = setUp()
    const position: Said = { message: { type: 'position', beat: 6 }, ms: 0 }
    hear([position, say('continue', 0), ...ticks(2 * ticksPerBeat, () => 120)])
    expect(performer.state.transport.playing).toBe(false)
    hear(ticks(3 * ticksPerBeat + 1, () => 120, 1000))
    expect(performer.beat).toBeCloseTo(3)
  })

  it('keeps the beat that it has where a song goes on, or leaps to another place', () => {
    const { performer, hear, done } = setUp()
    performer.act('play')
    const position: Said = { message: { type: 'position', beat: 64 }, ms: 2000 }
    hear([say('continue', 0), ...ticks(4 * ticksPerBeat, () => 120), position])
    hear(ticks(4 * ticksPerBeat + 1, () => 120, 2000))
    expect(performer.beat).toBeCloseTo(8)
    expect(done).toEqual([])
  })

  it('follows one input of several: the one whose song plays', () => {
    const { performer, hear, done, bpm } = setUp()
    const others = ticks(180, () => 97).map((said) => ({ ...said, input: 'Keys' }))
    const song = [say('start', 1000), ...ticks(200, () => 140, 1000)]
    hear([...others, ...song].sort((a, b) => a.ms - b.ms))
    expect(done).toEqual(['play'])
    expect(bpm()).toBeCloseTo(140, 1)
    expect(performer.state.settings.tempo).toBeCloseTo(140, 0)
  })
})
