import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runs } from '../../../test/runs.ts'
import type { PlayedTrack, Track } from '../../session/index.ts'
import { sentAheadMs } from '../time-stamp.ts'
import { createMidiDecoder } from './message.ts'
import { createMidiOutput, usualChannels } from './midi-output.ts'

type Sent = { readonly output: string; readonly bytes: Uint8Array; readonly at: number; readonly sentAt: number }

/** An output with all its tracks on one instrument, on the usual channels, and what was sent to it. */
function rig(channels: Readonly<Record<Track, number>> = usualChannels) {
  const sent: Sent[] = []
  const send = (output: string, bytes: Uint8Array, at?: number) => {
    sent.push({ output, bytes, at: at ?? performance.now(), sentAt: performance.now() })
  }
  const midi = createMidiOutput(send, { of: (timeStamp) => timeStamp / 1000 })
  for (const [track, channel] of Object.entries(channels)) midi.route(track as Track, { output: 'Synth', channel })
  const sound = (track: PlayedTrack, pitch: number, velocity = 80, gain = 1) =>
    midi.sound({ type: 'sound', track, pitch, velocity, gain, by: 'human', key: pitch })
  const stop = (track: PlayedTrack, pitch: number) => midi.stop({ type: 'stop', track, pitch })
  /** A note of a loop, so many milliseconds from now, and so long. */
  const schedule = (track: Track, pitch: number, inMs: number, ms: number, velocity = 80, gain = 1) => {
    const at = (performance.now() + inMs) / 1000
    midi.schedule({ track, pitch, velocity, gain, beat: 0, beats: 1 }, at, ms / 1000)
  }
  /** Lets time pass, with a wake-up each 25 ms. */
  const pass = (ms: number) => {
    const end = performance.now() + ms
    for (; performance.now() < end; midi.wake()) vi.advanceTimersByTime(Math.min(25, end - performance.now()))
  }
  /** What the instrument was told, in the order in which it hears it: the moment, and what. */
  const told = () =>
    sent
      .toSorted((a, b) => a.at - b.at)
      .flatMap(({ bytes, at }) =>
        createMidiDecoder()(bytes).map((message): [number, string] => {
          if (message.type === 'noteOn') return [at, `${message.channel}: ${message.pitch} at ${message.velocity}`]
          if (message.type === 'noteOff') return [at, `${message.channel}: ${message.pitch} off`]
          return [at, message.type]
        }),
      )
  return { midi, sent, sound, stop, schedule, pass, told }
}

beforeEach(() => void vi.useFakeTimers({ now: 1000, toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

describe('an output to MIDI', () => {
  it('plays keys at once, each track on its channel, as loud as it is turned up', () => {
    const { sound, stop, pass, told, sent } = rig()
    const begun = performance.now()
    sound('bass', 40, 100, 0.5)
    sound('chords', 60, 100, 5)
    sound('solo', 72, 1, 0.1)
    sound('solo', 73, 80, 0)
    pass(100)
    stop('bass', 40)
    stop('solo', 73)
    expect(told()).toEqual([
      [begun, '1: 40 at 50'],
      [begun, '2: 60 at 127'],
      [begun, '3: 72 at 1'],
      [begun + 100, '1: 40 off'],
    ])
    expect(sent.every(({ at, sentAt }) => at === sentAt)).toBe(true)
  })

  it('plays loops at their times, and sends nothing further ahead than it has to', () => {
    const { schedule, pass, told, sent } = rig()
    const begun = performance.now()
    schedule('drums', 36, 20, 60)
    schedule('click', 76, 120, 30)
    schedule('bass', 40, 150, 2000)
    pass(3000)
    expect(told()).toEqual([
      [begun + 20, '10: 36 at 80'],
      [begun + 80, '10: 36 off'],
      [begun + 120, '10: 76 at 80'],
      [begun + 150, '10: 76 off'],
      [begun + 150, '1: 40 at 80'],
      [begun + 2150, '1: 40 off'],
    ])
    expect(sent.every(({ at, sentAt }) => at - sentAt <= sentAheadMs)).toBe(true)
  })

  it('ends a pitch that is struck again first', () => {
    const { schedule, pass, told } = rig()
    const begun = performance.now()
    schedule('bass', 40, 20, 100)
    schedule('bass', 40, 120, 100)
    schedule('bass', 40, 170, 100)
    pass(400)
    expect(told()).toEqual([
      [begun + 20, '1: 40 at 80'],
      [begun + 120, '1: 40 off'],
      [begun + 120, '1: 40 at 80'],
      [begun + 170, '1: 40 off'],
      [begun + 170, '1: 40 at 80'],
      [begun + 270, '1: 40 off'],
    ])
  })

  it('lets a pitch sound as long as a loop or a key holds it', () => {
    const { schedule, sound, stop, pass, told } = rig()
    const begun = performance.now()
    schedule('bass', 40, 0, 500)
    pass(100)
    sound('bass', 40)
    pass(100)
    stop('bass', 40)
    pass(200)
    sound('bass', 40)
    pass(300)
    stop('bass', 40)
    const ends = told().flatMap(([at, what]) => (what === '1: 40 off' ? [at - begun] : []))
    expect(ends).toEqual([100, 400, 700])
  })

  it('strikes a key again that a note-off on its way would end', () => {
    const { schedule, sound, stop, pass, told } = rig()
    const begun = performance.now()
    schedule('bass', 40, 0, 100)
    pass(75)
    sound('bass', 40, 99)
    pass(200)
    stop('bass', 40)
    expect(told().slice(1)).toEqual([
      [begun + 75, '1: 40 off'],
      [begun + 75, '1: 40 at 99'],
      [begun + 100, '1: 40 off'],
      [begun + 101, '1: 40 at 99'],
      [begun + 275, '1: 40 off'],
    ])
  })

  it('calls off what is scheduled and ends what sounds of a track, and leaves keys and other tracks alone', () => {
    const { midi, schedule, sound, stop, pass, told } = rig()
    const begun = performance.now()
    schedule('bass', 40, 0, 4000)
    schedule('bass', 41, 140, 100)
    schedule('bass', 42, 30, 100)
    schedule('drums', 36, 140, 100)
    sound('bass', 43)
    midi.silence('bass')
    pass(1000)
    stop('bass', 43)
    expect(told()).toEqual([
      [begun, '1: 40 at 80'],
      [begun, '1: 43 at 80'],
      [begun + 1, '1: 40 off'],
      [begun + 30, '1: 42 at 80'],
      [begun + 31, '1: 42 off'],
      [begun + 140, '10: 36 at 80'],
      [begun + 240, '10: 36 off'],
      [begun + 1000, '1: 43 off'],
    ])
  })

  it('tells every channel that is used to be silent, when everything is to be', () => {
    const { midi, sent } = rig()
    midi.silence(null)
    expect(sent.map(({ bytes }) => [...bytes])).toEqual([
      [0xb9, 123, 0],
      [0xb0, 123, 0],
      [0xb1, 123, 0],
      [0xb2, 123, 0],
    ])
  })

  it('ends a note where it began, when its track is sent elsewhere meanwhile', () => {
    const { midi, sound, stop, schedule, pass, sent } = rig()
    sound('solo', 60)
    schedule('bass', 40, 0, 500)
    midi.route('solo', { output: 'Other', channel: 5 })
    midi.route('bass', null)
    sound('solo', 61)
    schedule('bass', 41, 0, 500)
    pass(1000)
    stop('solo', 60)
    stop('solo', 61)
    expect(sent.map(({ output, bytes }) => [output, ...bytes])).toEqual([
      ['Synth', 0x92, 60, 80],
      ['Synth', 0x90, 40, 80],
      ['Other', 0x94, 61, 80],
      ['Synth', 0x80, 40, 0],
      ['Synth', 0x82, 60, 0],
      ['Other', 0x84, 61, 0],
    ])
  })

  it('ends keys too when the page is closed', () => {
    const { midi, sound, told } = rig()
    sound('solo', 60)
    midi.end()
    expect(told().map(([, what]) => what)).toContain('3: 60 off')
  })

  describe('whatever is played by two tracks and a loop on one channel', () => {
    type Deed = {
      readonly do: 'bass' | 'solo' | 'loop' | 'wait' | 'silence'
      readonly pitch: number
      readonly ms: number
    }
    const deeds: fc.Arbitrary<Deed[]> = fc.array(
      fc.record({
        do: fc.constantFrom('bass', 'bass', 'solo', 'solo', 'loop', 'loop', 'loop', 'wait', 'wait', 'wait', 'silence'),
        pitch: fc.integer({ min: 60, max: 61 }),
        ms: fc.nat(200),
      }),
      { maxLength: 40 },
    )

    /** What holds a pitch, from when to when. */
    type Hold = { readonly pitch: number; readonly by: string; readonly from: number; to: number }

    /** Does it all, and lets the keys that are down go up at the end. */
    function play(all: readonly Deed[]) {
      const stage = rig({ ...usualChannels, drums: 1, solo: 1 })
      const holds: Hold[] = []
      const end = (which: (hold: Hold) => boolean) => {
        for (const hold of holds.filter(which)) hold.to = Math.min(hold.to, performance.now())
      }
      const press = (by: 'bass' | 'solo', pitch: number) => {
        const isMine = (hold: Hold) => hold.by === by && hold.pitch === pitch && hold.to === Number.POSITIVE_INFINITY
        if (holds.some(isMine)) stage.stop(by, pitch)
        else stage.sound(by, pitch)
        if (holds.some(isMine)) end(isMine)
        else holds.push({ by, pitch, from: performance.now(), to: Number.POSITIVE_INFINITY })
      }
      for (const { do: deed, pitch, ms } of all) {
        if (deed === 'loop') {
          const from = performance.now() + ms / 2
          stage.schedule('drums', pitch, ms / 2, ms)
          holds.push({ by: 'loop', pitch, from, to: from + Math.max(1, ms) })
        } else if (deed === 'wait') stage.pass(ms)
        else if (deed === 'silence') {
          stage.midi.silence('drums')
          end(({ by }) => by === 'loop')
        } else press(deed, pitch)
      }
      for (const { by, pitch, to } of [...holds]) if (to === Number.POSITIVE_INFINITY) press(by as 'bass', pitch)
      stage.pass(1000)
      return { ...stage, holds }
    }

    it('each note-on has its note-off', () => {
      fc.assert(
        fc.property(deeds, (all) => {
          const unanswered = new Map<number, number>()
          for (const { bytes } of play(all).sent.toSorted((a, b) => a.at - b.at)) {
            for (const message of createMidiDecoder()(bytes)) {
              if (message.type !== 'noteOn' && message.type !== 'noteOff') continue
              const before = unanswered.get(message.pitch) ?? 0
              unanswered.set(message.pitch, message.type === 'noteOn' ? before + 1 : Math.max(0, before - 1))
            }
          }
          expect([...unanswered.values()].every((count) => count === 0)).toBe(true)
        }),
        { numRuns: runs(1000) },
      )
    })

    it('a pitch sounds when something holds it, and else not, but for what was on its way', () => {
      fc.assert(
        fc.property(deeds, (all) => {
          const { holds, told } = play(all)
          const heard = told()
          const near = sentAheadMs + 5
          for (const { pitch } of holds) {
            const mine = holds.filter((hold) => hold.pitch === pitch)
            const edges = mine.flatMap(({ from, to }) => [from, to])
            for (const moment of edges.flatMap((edge) => [edge - near - 1, edge + near + 1])) {
              if (edges.some((edge) => Math.abs(edge - moment) <= near)) continue
              const last = heard.findLast(([at, what]) => at <= moment && what.includes(` ${pitch} `))
              const sounds = last !== undefined && !last[1].endsWith('off')
              expect(sounds).toBe(mine.some(({ from, to }) => from <= moment && moment < to))
            }
          }
        }),
        { numRuns: runs(1000) },
      )
    })
  })
})
