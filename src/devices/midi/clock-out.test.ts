import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Performer } from '../../../test/performer.ts'
import { runs } from '../../../test/runs.ts'
import type { SessionState } from '../../session/index.ts'
import { clockBeat, clockTempo, receiveClock, silentClock } from '../../timing/index.ts'
import { sentAheadMs } from '../time-stamp.ts'
import { createClockOut, createClocksOut } from './clock-out.ts'
import { createMidiDecoder, type MidiMessage } from './message.ts'

/** A clock that is woken each 25 ms of a performance, and what it sent; the performance begins at 0. */
function setUp() {
  const performer = new Performer()
  const sent: { readonly message: MidiMessage; readonly at: number; readonly sentAt: number }[] = []
  const decode = createMidiDecoder()
  const send = (bytes: Uint8Array, at: number) => {
    for (const message of decode(bytes)) sent.push({ message, at, sentAt: performance.now() })
  }
  const began = performance.now()
  const clock = createClockOut(send, { of: (timeStamp) => (timeStamp - began) / 1000 })
  const wake = (transport: SessionState['transport'] = performer.state.transport) => clock.wake(transport)
  return {
    performer,
    sent,
    began,
    wake,
    end: clock.end,
    runTo(seconds: number) {
      for (const end = began + 1000 * seconds; performance.now() < end - 1e-6; wake()) {
        vi.advanceTimersByTime(Math.min(25, end - performance.now()))
        performer.do({ type: 'tick' }, (performance.now() - began) / 1000)
      }
    },
    types: () => sent.map(({ message }) => message.type).filter((type, index, all) => type !== all[index - 1]),
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

describe('the clock that is sent', () => {
  it('ticks through the count-in, and starts others on the first beat', () => {
    const { performer, sent, wake, runTo, types } = setUp()
    performer.act('play')
    wake()
    runTo(4)
    performer.act('stop')
    wake()
    runTo(5)
    expect(types()).toEqual(['clock', 'start', 'clock', 'stop'])
    const start = sent.findIndex(({ message }) => message.type === 'start')
    expect(start).toBe(4 * 24)
    expect(sent[start]?.at).toBeCloseTo(1999)
    expect(sent[start + 1]?.at).toBeCloseTo(2000)
    expect(sent.every(({ at, sentAt }) => at - sentAt <= sentAheadMs)).toBe(true)
  })

  it('starts at once where there is no count-in, and again each time', () => {
    const { performer, wake, runTo, types } = setUp()
    performer.act('count-in', 0).act('play')
    runTo(1)
    performer.act('stop').act('play')
    runTo(2)
    performer.act('stop')
    wake()
    expect(types()).toEqual(['start', 'clock', 'stop', 'start', 'clock', 'stop'])
  })

  it('stops others when it ends, if they play, and lets them join in when it begins again', () => {
    const { performer, end, runTo, types } = setUp()
    end()
    performer.act('count-in', 0).act('play')
    runTo(1.11)
    end()
    end()
    expect(types()).toEqual(['start', 'clock', 'stop'])
    runTo(2)
    expect(types()).toEqual(['start', 'clock', 'stop', 'clock', 'position', 'continue', 'clock'])
  })

  it('lets others join in where the music plays already', () => {
    const { performer, sent, types } = setUp()
    performer.act('count-in', 0).act('play')
    vi.advanceTimersByTime(1030)
    const { transport } = performer.state
    const late = setUp()
    // Its clock says 0 when the music has played for 1.03 seconds.
    const { timeline, ...rest } = transport
    const earlier = timeline.map((each) => ({ ...each, seconds: each.seconds - 1.03 })) as unknown as typeof timeline
    late.wake({ ...rest, timeline: earlier })
    vi.advanceTimersByTime(100)
    late.wake({ ...rest, timeline: earlier })
    expect([types(), sent]).toEqual([[], []])
    expect(late.types()).toEqual(['clock', 'position', 'continue', 'clock'])
    expect(late.sent.find(({ message }) => message.type === 'position')?.message).toEqual({
      type: 'position',
      beat: 2.25,
    })
  })

  it('is followed to the beat, whatever happens to the tempo', () => {
    const tempi = fc.array(
      fc.record({ bpm: fc.integer({ min: 80, max: 160 }), seconds: fc.integer({ min: 2, max: 4 }) }),
      {
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(tempi, (changes) => {
        const { performer, sent, began, runTo } = setUp()
        performer.act('play')
        let end = 4
        runTo(end)
        for (const { bpm, seconds } of changes) {
          performer.act('tempo', bpm)
          end += seconds
          runTo(end)
        }
        end += 4
        runTo(end)
        let follower = silentClock
        for (const { message, at } of sent.toSorted((a, b) => a.at - b.at)) {
          if (message.type === 'clock' || message.type === 'start')
            follower = receiveClock(follower, message, at / 1000)
        }
        expect(clockTempo(follower)).toBeCloseTo(performer.state.settings.tempo, 1)
        expect(clockBeat(follower, began / 1000 + end)).toBeCloseTo(performer.beat, 2)
      }),
      { numRuns: runs(600) },
    )
  })
})

describe('the clocks that are sent', () => {
  it('let an output that comes late, or comes back, join in with the position', () => {
    const performer = new Performer()
    performer.act('count-in', 0).act('play')
    const sent: Record<string, string[]> = { Drums: [], Synth: [] }
    const decode = createMidiDecoder()
    const clocks = createClocksOut(
      (output, bytes) => sent[output]?.push(...decode(bytes).flatMap(({ type }) => (type === 'clock' ? [] : type))),
      { of: (timeStamp) => timeStamp / 1000 },
    )
    for (const outputs of [['Drums'], ['Drums', 'Synth'], ['Synth'], ['Drums', 'Synth']]) {
      for (let woken = 0; woken < 40; woken++) {
        clocks.wake(performer.state.transport, new Set(outputs))
        vi.advanceTimersByTime(25)
      }
    }
    clocks.end()
    expect(sent).toEqual({
      Drums: ['start', 'stop', 'position', 'continue', 'stop'],
      Synth: ['position', 'continue', 'stop'],
    })
  })
})
