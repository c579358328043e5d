import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { type Drum, drumPitch } from '../../music/index.ts'
import type { Click, PlayedTrack, Track } from '../../session/index.ts'
import { sentAheadMs } from '../time-stamp.ts'
import { createOscOutput } from './osc-output.ts'
import { readOsc, type TimeTag, unixMsOf } from './packet.ts'

/** Where the wall clock begins in these tests. */
const begun = 1_800_000_000_000

/** When a packet says that it is due, from {@link begun}; null for a plain message, which is for at once. */
function tagged(bytes: Uint8Array): number | null {
  if (bytes[0] !== '#'.charCodeAt(0)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const tag: TimeTag = [view.getUint32(8), view.getUint32(12)]
  return tag[0] === 0 ? null : unixMsOf(tag) - begun
}

/** An output, and what SuperCollider gets of it. */
function rig(options: { readonly leadMs?: number } = {}) {
  const sent: { readonly bytes: Uint8Array; readonly at: number; readonly sentAt: number }[] = []
  const send = (bytes: Uint8Array, at?: number) => {
    sent.push({ bytes, at: at ?? performance.now(), sentAt: performance.now() })
  }
  const clock = { of: (timeStamp: number) => timeStamp / 1000 }
  const output = createOscOutput(send, clock, (timeStampMs) => begun + timeStampMs, options)
  const sound = (track: PlayedTrack, pitch: number, velocity = 80, gain = 1) =>
    output.sound({ type: 'sound', track, pitch, velocity, gain, by: 'human', key: pitch })
  const stop = (track: PlayedTrack, pitch: number) => output.stop({ type: 'stop', track, pitch })
  const schedule = (
    track: Track,
    pitch: number,
    inMs: number,
    ms: number,
    more: { drum?: Drum; click?: Click } = {},
  ) => {
    const at = (performance.now() + inMs) / 1000
    output.schedule({ track, pitch, velocity: 80, gain: 1, beat: 0, beats: 1, ...more }, at, ms / 1000)
  }
  const pass = (ms: number) => {
    const end = performance.now() + ms
    for (; performance.now() < end; output.wake()) vi.advanceTimersByTime(Math.min(25, end - performance.now()))
  }
  /** The moment, and the message, in the order in which they arrive. */
  const told = () =>
    sent
      .toSorted((a, b) => a.at - b.at)
      .flatMap(({ bytes, at }) =>
        readOsc(bytes).messages.map(({ address, values }): [number, string] => [at, [address, ...values].join(' ')]),
      )
  return { output, sent, sound, stop, schedule, pass, told }
}

beforeEach(() => void vi.useFakeTimers({ now: 1000, toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

describe('an output by ML-Jam’s addresses', () => {
  it('plays keys at once and plainly, each track on its sound, as loud as it is turned up', () => {
    const { sound, stop, pass, told, sent } = rig()
    const start = performance.now()
    sound('bass', 40, 100, 0.5)
    sound('chords', 60, 100, 5)
    sound('solo', 72, 1, 0.1)
    sound('solo', 73, 80, 0)
    pass(100)
    stop('bass', 40)
    stop('chords', 60)
    stop('solo', 72)
    expect(told()).toEqual([
      [start, '/playbass 40 50'],
      [start, '/playchords 60 127'],
      [start, '/playwurly 72 1'],
      [start + 100, '/stopbass 40 0'],
      [start + 100, '/stopchords 60 0'],
      [start + 100, '/stopnote 72 0'],
    ])
    expect(sent.every(({ bytes, at, sentAt }) => at === sentAt && tagged(bytes) === null)).toBe(true)
  })

  it('plays loops in bundles that say their moments, and sends them then', () => {
    const { schedule, pass, told, sent } = rig()
    const start = performance.now()
    schedule('bass', 40, 120, 300)
    schedule('chords', 60, 20, 2000)
    pass(3000)
    expect(told()).toEqual([
      [start + 20, '/playchords 60 80'],
      [start + 120, '/playbass 40 80'],
      [start + 420, '/stopbass 40 0'],
      [start + 2020, '/stopchords 60 0'],
    ])
    for (const { bytes, at, sentAt } of sent) {
      expect(tagged(bytes)).toBeCloseTo(at, 3)
      expect(at - sentAt).toBeLessThanOrEqual(sentAheadMs)
    }
  })

  it('sends bundles earlier to whoever waits for their time', () => {
    const leadMs = 40
    const { schedule, pass, sent } = rig({ leadMs })
    const start = performance.now()
    schedule('bass', 40, 120, 300)
    pass(1000)
    expect(sent.map(({ bytes }) => tagged(bytes))).toEqual([120, 420].map((ms) => expect.closeTo(start + ms, 3)))
    expect(sent.map(({ at }) => at)).toEqual([80, 380].map((ms) => start + ms))
  })

  it('strikes every drum and click by its name, and ends none', () => {
    const { schedule, pass, told } = rig()
    const strokes: Record<Drum, string> = {
      kick: '/playkick',
      snare: '/playsnare',
      'closed-hat': '/playclhat',
      'open-hat': '/playophat',
      'low-tom': '/playlowtom',
      'mid-tom': '/playmidtom',
      'high-tom': '/playhightom',
      crash: '/playcrash',
      ride: '/playride',
    }
    let inMs = 1
    for (const drum of Object.keys(strokes) as Drum[]) schedule('drums', drumPitch(drum), inMs++, 60, { drum })
    for (const click of ['loop', 'bar', 'beat'] as const) schedule('click', 76, inMs++, 60, { click })
    pass(500)
    const clicks = ['/playclick0 80', '/playclick1 80', '/playclick2 80']
    expect(told().map(([, what]) => what)).toEqual([
      ...Object.values(strokes).map((address) => `${address} 80`),
      ...clicks,
    ])
  })

  it('ends a pitch that is struck again first, in the same bundle', () => {
    const { schedule, pass, told, sent } = rig()
    schedule('bass', 40, 20, 200)
    schedule('bass', 40, 120, 100)
    pass(400)
    expect(told().map(([, what]) => what)).toEqual([
      '/playbass 40 80',
      '/stopbass 40 0',
      '/playbass 40 80',
      '/stopbass 40 0',
    ])
    expect(sent).toHaveLength(3)
  })

  it('stops what rings and all notes that are passed on by MIDI, when everything is to be silent', () => {
    const { output, schedule, pass, told } = rig()
    schedule('drums', 49, 1, 60, { drum: 'crash' })
    schedule('bass', 40, 1, 9000)
    pass(1000)
    const start = performance.now()
    output.silence(null)
    output.silence(null)
    expect(told().slice(2)).toEqual([
      [start, '/stopbass 40 0'],
      [start, '/stopcrash'],
      [start, '/allnotesoff'],
      [start, '/allnotesoff'],
    ])
  })

  it('silences a drum after its last stroke, when that is on its way', () => {
    const { output, schedule, told } = rig()
    const start = performance.now()
    schedule('drums', 49, 30, 60, { drum: 'crash' })
    output.silence(null)
    expect(told()).toEqual([
      [start + 30, '/playcrash 80'],
      [start + 31, '/stopcrash'],
      [start + 31, '/allnotesoff'],
    ])
  })

  it('leaves nothing sounding, whatever is played', () => {
    const deed = fc.record({
      do: fc.constantFrom('bass', 'solo', 'loop', 'loop', 'wait', 'wait', 'silence'),
      pitch: fc.integer({ min: 60, max: 61 }),
      ms: fc.nat(200),
    })
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), fc.nat(60), (deeds, leadMs) => {
        const stage = rig({ leadMs })
        for (const { do: what, pitch, ms } of deeds) {
          if (what === 'loop') stage.schedule(ms % 2 ? 'bass' : 'chords', pitch, ms / 2, ms)
          else if (what === 'wait') stage.pass(ms)
          else if (what === 'silence') stage.output.silence(ms % 2 ? 'bass' : null)
          else {
            stage.stop(what as PlayedTrack, pitch)
            stage.sound(what as PlayedTrack, pitch)
          }
        }
        stage.output.end()
        stage.pass(1000)
        const sounding = new Map<string, boolean>()
        for (const [, what] of stage.told()) {
          const [address = '', pitch] = what.replace('/stopnote', '/stopwurly').split(' ')
          if (pitch !== undefined) sounding.set(`${address.slice(5)} ${pitch}`, address.startsWith('/play'))
        }
        expect([...sounding.values()]).not.toContain(true)
      }),
      { numRuns: runs(500) },
    )
  })
})
