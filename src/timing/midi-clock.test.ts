import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import {
  type ClockMessage,
  clockBeat,
  clockStatus,
  clockTempo,
  clockTicksBetween,
  type MidiClock,
  receiveClock,
  silentClock,
  ticksPerBeat,
} from './midi-clock.ts'

const said = (type: 'clock' | 'start' | 'continue' | 'stop'): ClockMessage => ({ type })
const started = receiveClock(silentClock, said('start'), 0)

/** A sender of ticks: how long each lasts, and what the wire does to them. */
type Wire = {
  readonly ticks: number
  readonly bpm: (tick: number) => number
  /** How many of each tick arrive; one unless it is given. */
  readonly copies?: (tick: number) => number
  /** How late each arrives, in seconds; below 0 is early. */
  readonly late?: (tick: number) => number
}

/** What a follower makes of a wire. */
function follow({ ticks, bpm, copies = () => 1, late = () => 0 }: Wire, from = started) {
  let clock = from
  let at = 10
  const heard: {
    readonly clock: MidiClock
    readonly at: number
    readonly tempoOff: number
    readonly lateBy: number
  }[] = []
  for (let tick = 0; tick < ticks; tick++) {
    for (let copy = 0; copy < copies(tick); copy++)
      clock = receiveClock(clock, said('clock'), at + late(tick) + copy / 500)
    const period = 60 / bpm(tick) / ticksPerBeat
    const tempoOff = (clockTempo(clock) ?? Number.NaN) / bpm(tick) - 1
    const lateBy = ((clockBeat(clock, at) ?? Number.NaN) * ticksPerBeat - tick) * period
    heard.push({ clock, at, tempoOff: Math.abs(tempoOff), lateBy: Math.abs(lateBy) })
    at += period
  }
  const worstFrom = (beat: number) => {
    const later = heard.slice(beat * ticksPerBeat)
    const most = (of: 'tempoOff' | 'lateBy') => later.reduce((worst, each) => Math.max(worst, each[of]), 0)
    return { tempo: most('tempoOff'), seconds: most('lateBy') }
  }
  return { clock, heard, at, worstFrom }
}

const tempo = fc.double({ min: 40, max: 130, noNaN: true })
const quick = fc.double({ min: 130, max: 240, noNaN: true })

/** For each tick up to so many seconds early or late, without a pattern. */
const jitter = (most: number) => {
  const microseconds = fc.integer({ min: -most * 1e6, max: most * 1e6 })
  const each = fc.array(microseconds, { minLength: 400, maxLength: 400 })
  return fc.noShrink(fc.noBias(each)).map((late) => late.map((each) => each / 1e6))
}

describe('a MIDI clock', () => {
  it('is exact where its ticks are', () => {
    fc.assert(
      fc.property(fc.oneof(tempo, quick), (bpm) => {
        const { worstFrom } = follow({ ticks: 100, bpm: () => bpm })
        expect(worstFrom(1).tempo).toBeLessThan(1e-9)
        expect(worstFrom(1).seconds).toBeLessThan(1e-9)
      }),
    )
  })

  it.each([
    ['2 ms', quick, 0.002, { tempo: 0.025, seconds: 0.003 }],
    ['5 ms', tempo, 0.005, { tempo: 0.025, seconds: 0.01 }],
  ])('is right from the second beat on where its ticks are %s early or late', (_, tempi, most, worst) => {
    fc.assert(
      fc.property(tempi, jitter(most), (bpm, late) => {
        const { tempo, seconds } = follow({
          ticks: 400,
          bpm: () => bpm,
          late: (tick) => late[tick] as number,
        }).worstFrom(2)
        expect(tempo).toBeLessThan(worst.tempo)
        expect(seconds).toBeLessThan(worst.seconds)
      }),
      { numRuns: runs(100) },
    )
  })

  it('stays on the beat when ticks are missing or come twice', () => {
    fc.assert(
      fc.property(tempo, jitter(0.002), fc.integer({ min: 7, max: 60 }), (bpm, late, every) => {
        for (const copies of [0, 2]) {
          const odd = (tick: number) => (tick > ticksPerBeat && tick % every === 0 ? copies : 1)
          const wire = { ticks: 400, bpm: () => bpm, late: (tick: number) => late[tick] as number }
          expect(follow({ ...wire, copies: odd }).worstFrom(2).seconds).toBeLessThan(0.003)
        }
      }),
      { numRuns: runs(100) },
    )
  })

  it('stays on the beat through a silence of a second, and says that it is lost', () => {
    fc.assert(
      fc.property(tempo, jitter(0.003), (bpm, late) => {
        const first = 3 * ticksPerBeat
        const silent = Math.ceil((bpm / 60) * ticksPerBeat)
        const copies = (tick: number) => (tick >= first && tick < first + silent ? 0 : 1)
        const { heard, worstFrom } = follow({
          ticks: 400,
          bpm: () => bpm,
          copies,
          late: (tick) => late[tick] as number,
        })
        expect(worstFrom(2).seconds).toBeLessThan(0.005)
        const status = (tick: number) => clockStatus((heard[tick] as (typeof heard)[0]).clock, heard[tick]?.at ?? 0)
        expect([first - 1, first + silent - 1, first + silent].map(status)).toEqual(['locked', 'lost', 'locked'])
      }),
      { numRuns: runs(100) },
    )
  })

  it('counts ticks once that were held up and come all together', () => {
    const held = (tick: number) => (tick >= 100 && tick < 110 ? (110 - tick) * (60 / 120 / ticksPerBeat) : 0)
    expect(follow({ ticks: 300, bpm: () => 120, late: held }).worstFrom(7).seconds).toBeLessThan(0.001)
  })

  it.each([
    [120, 121],
    [120, 140],
    [140, 105],
    [100, 150],
    [120, 80],
    [60, 120],
    [120, 60],
    [90, 180],
  ])('follows a leap from %d to %d within a beat, and has lost none of its ticks', (before, after) => {
    const bpm = (tick: number) => (tick < 5 * ticksPerBeat ? before : after)
    const { worstFrom } = follow({ ticks: 300, bpm })
    expect(worstFrom(6).tempo).toBeLessThan(0.003)
    expect(worstFrom(6).seconds).toBeLessThan(0.001)
  })

  it('follows a tempo that rises or falls by 2 % each beat', () => {
    fc.assert(
      fc.property(fc.constantFrom(1.02, 1 / 1.02), jitter(0.001), (rate, late) => {
        const bpm = (tick: number) => 110 * rate ** Math.max(0, tick / ticksPerBeat - 4)
        const { worstFrom } = follow({ ticks: 400, bpm, late: (tick) => late[tick] as number })
        expect(worstFrom(4).tempo).toBeLessThan(0.03)
        expect(worstFrom(4).seconds).toBeLessThan(0.006)
      }),
      { numRuns: runs(100) },
    )
  })

  it('says what state it is in', () => {
    expect(clockStatus(silentClock, 0)).toBe('silent')
    const { heard, clock, at } = follow({ ticks: 48, bpm: () => 120 })
    expect([0, 22, 23].map((tick) => clockStatus(heard[tick]?.clock ?? silentClock, heard[tick]?.at ?? 0))).toEqual([
      'measured',
      'measured',
      'locked',
    ])
    expect([5, 6].map((tick) => clockTempo(heard[tick]?.clock ?? silentClock)?.toFixed(3))).toEqual([
      undefined,
      '120.000',
    ])
    expect(clockStatus(clock, at + 1)).toBe('lost')
  })

  it('has no beat before it starts and after it stops, and goes on where it stood', () => {
    const idle = follow({ ticks: 48, bpm: () => 120 }, silentClock)
    expect(clockBeat(idle.clock, idle.at)).toBeNull()
    const hear = (clock: MidiClock, ...messages: ClockMessage[]) =>
      messages.reduce((heard, message) => receiveClock(heard, message, idle.at), clock)
    const tick = said('clock')
    const playing = hear(idle.clock, said('start'), tick)
    expect(clockBeat(playing, 11)).toBeCloseTo(0)
    expect(clockBeat(playing, 11.75)).toBeCloseTo(1.5)
    const stopped = hear(playing, said('stop'), tick, tick, tick)
    expect(clockBeat(stopped, 11)).toBeNull()
    expect(stopped.cue).toBe(1)
    expect(hear(stopped, said('continue'), tick).ticks.at(-1)?.number).toBe(1)
    expect(hear(stopped, { type: 'position', beat: 8 }, said('continue'), tick).ticks.at(-1)?.number).toBe(192)
    expect(hear(stopped, { type: 'position', beat: 8 }, said('start'), tick).ticks.at(-1)?.number).toBe(0)
    expect(hear(playing, { type: 'position', beat: 8 }, tick).ticks.at(-1)?.number).toBe(192)
  })

  it('measures anew after a silence of many seconds, and when time runs backwards', () => {
    const { clock, at } = follow({ ticks: 48, bpm: () => 120 })
    expect(receiveClock(clock, said('clock'), at + 10).ticks).toHaveLength(1)
    expect(receiveClock(clock, said('clock'), at - 10).ticks).toHaveLength(1)
  })

  it('makes a number of everything, whatever comes', () => {
    const number = fc.oneof(fc.double(), fc.double({ min: 0, max: 2, noNaN: true }), fc.constantFrom(0, 1, Number.NaN))
    const message = fc.oneof(
      { weight: 6, arbitrary: fc.constant(said('clock')) },
      fc.constantFrom(said('start'), said('continue'), said('stop')),
      fc.record({ type: fc.constant('position' as const), beat: fc.nat(4095) }),
    )
    const heard = fc.array(fc.tuple(message, number), { maxLength: 200 })
    fc.assert(
      fc.property(heard, fc.boolean(), (messages, sorted) => {
        const moments = messages.map(([, at]) => at)
        if (sorted) moments.sort((a, b) => a - b)
        let clock = silentClock
        for (const [index, [each]] of messages.entries()) {
          clock = receiveClock(clock, each, moments[index] as number)
          for (const value of [clockTempo(clock), clockBeat(clock, 1)]) {
            expect(value === null || Number.isFinite(value)).toBe(true)
          }
        }
      }),
    )
  })
})

describe('the ticks of a clock that is sent', () => {
  it('are each in one of the windows that lie side by side', () => {
    const place = (parts: number) => fc.integer({ min: -8 * parts, max: 40 * parts }).map((part) => part / parts)
    const places = fc.array(fc.oneof(place(ticksPerBeat), place(1000)), { maxLength: 20 })
    fc.assert(
      fc.property(places, (inner) => {
        const edges = [-8, ...inner, 40].sort((a, b) => a - b)
        const ticks = edges.slice(1).flatMap((to, index) => clockTicksBetween(edges[index] as number, to))
        expect(ticks).toEqual(
          Array.from({ length: 48 * ticksPerBeat }, (_, tick) => (tick - 8 * ticksPerBeat) / ticksPerBeat),
        )
      }),
    )
  })

  it('begin with the window and end before its end', () => {
    expect(clockTicksBetween(1, 1 + 3 / 24)).toEqual([1, 25 / 24, 26 / 24])
    expect(clockTicksBetween(1, 1)).toEqual([])
    expect(clockTicksBetween(2, 1)).toEqual([])
  })
})
