/** One suite, for every output to other instruments: what `createNoteOutput` promises, whatever the port speaks. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NoteOutput } from '../../src/devices/note-output.ts'
import type { Clock } from '../../src/devices/output.ts'
import { sentAheadMs } from '../../src/devices/time-stamp.ts'
import type { DueNote, PlayedTrack, Track } from '../../src/session/index.ts'
import { runs } from '../runs.ts'

/** What an instrument does on a message: a pitch of a voice begins as hard as that, or ends where there is no velocity. */
type Heard = { readonly voice: string; readonly pitch: number; readonly velocity: number | null }

/** A packet, when it leaves, and when it was handed over, in milliseconds. */
type Sent = { readonly bytes: Uint8Array; readonly at: number; readonly sentAt: number }

/** An output under test, and how the instruments behind it read what it sends. */
export type Instruments<Output extends NoteOutput> = {
  create(send: (bytes: Uint8Array, at?: number) => void, clock: Pick<Clock, 'of'>): Output
  /** What is heard of a packet that sustains; strokes that get no end are left out. */
  read(bytes: Uint8Array): readonly Heard[]
  /** Whether an end ends all that its pitch began; otherwise each beginning needs an end of its own, as in MIDI. */
  readonly endsAll: boolean
  /** The voice that a track sounds on. */
  voiceOf(track: Track): string
}

/** Stops the clock, for the tests of a file: time passes as {@link playNotes} lets it. */
export function standStill(): void {
  beforeEach(() => void vi.useFakeTimers({ now: 1000, toFake: ['performance'] }))
  afterEach(() => void vi.useRealTimers())
}

/** An output, somebody who plays on it, and what was sent. */
export function playNotes<Output extends NoteOutput>(create: Instruments<Output>['create']) {
  const sent: Sent[] = []
  const send = (bytes: Uint8Array, at?: number) => {
    sent.push({ bytes, at: at ?? performance.now(), sentAt: performance.now() })
  }
  const output = create(send, { of: (timeStamp) => timeStamp / 1000 })
  return {
    output,
    /** In the order in which it was handed over. */
    sent,
    /** In the order in which it leaves. */
    inTurn: () => sent.toSorted((a, b) => a.at - b.at),
    sound: (track: PlayedTrack, pitch: number, velocity = 80, gain = 1) =>
      output.sound({ type: 'sound', track, pitch, velocity, gain, by: 'human', key: pitch }),
    stop: (track: PlayedTrack, pitch: number) => output.stop({ type: 'stop', track, pitch }),
    /** A note of a loop, so many milliseconds from now, and so long. */
    schedule(track: Track, pitch: number, inMs: number, ms: number, more: Partial<DueNote> = {}) {
      const at = (performance.now() + inMs) / 1000
      output.schedule({ track, pitch, velocity: 80, gain: 1, beat: 0, beats: 1, ...more }, at, ms / 1000)
    },
    /** Lets time pass, with a wake-up each 25 ms. */
    pass(ms: number) {
      const end = performance.now() + ms
      for (; performance.now() < end; output.wake()) vi.advanceTimersByTime(Math.min(25, end - performance.now()))
    },
  }
}

/** What performers and a loop do in the laws. */
type Move = {
  readonly do: 'bass' | 'lead' | 'loop' | 'wait' | 'silence'
  readonly pitch: number
  readonly ms: number
}

const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({
    do: fc.constantFrom('bass', 'bass', 'lead', 'lead', 'loop', 'loop', 'loop', 'wait', 'wait', 'wait', 'silence'),
    pitch: fc.integer({ min: 60, max: 61 }),
    ms: fc.nat(200),
  }),
  { maxLength: 40 },
)

/** What holds a pitch of a voice, from when to when. */
type Hold = { readonly place: string; readonly by: string; readonly pitch: number; readonly from: number; to: number }

/**
 * The suite that every output to other instruments must pass.
 *
 * @param loopTrack the track of the loop in the laws: a voice may sound for it and for a key at once.
 */
export function noteOutputLaws<Output extends NoteOutput>(
  { create, read, endsAll, voiceOf }: Instruments<Output>,
  loopTrack: Track,
): void {
  const begins = (track: Track, pitch: number, velocity = 80) => `${voiceOf(track)} ${pitch} at ${velocity}`
  const ends = (track: Track, pitch: number) => `${voiceOf(track)} ${pitch} ends`

  /** A player, and what the instruments were told since: how many milliseconds after the beginning, and what. */
  function setUp() {
    const player = playNotes(create)
    const begun = performance.now()
    const heard = () =>
      player.inTurn().flatMap(({ bytes, at }) => read(bytes).map((each) => ({ ...each, at: at - begun })))
    const told = () =>
      heard().map(({ voice, pitch, velocity, at }): [number, string] => [
        at,
        `${voice} ${pitch} ${velocity === null ? 'ends' : `at ${velocity}`}`,
      ])
    return { ...player, heard, told }
  }

  it('plays keys at once, each track on its voice, as loud as it is turned up', () => {
    const { sound, stop, pass, told, sent } = setUp()
    sound('bass', 40, 100, 0.5)
    sound('chords', 60, 100, 5)
    sound('lead', 72, 1, 0.1)
    sound('lead', 73, 80, 0)
    pass(100)
    stop('bass', 40)
    stop('lead', 73)
    expect(told()).toEqual([
      [0, begins('bass', 40, 50)],
      [0, begins('chords', 60, 127)],
      [0, begins('lead', 72, 1)],
      [100, ends('bass', 40)],
    ])
    expect(sent.every(({ at, sentAt }) => at === sentAt)).toBe(true)
  })

  it('plays loops at their times, and sends nothing further ahead than it has to', () => {
    const { schedule, pass, told, sent } = setUp()
    schedule('chords', 60, 20, 60)
    schedule('bass', 40, 150, 2000)
    pass(3000)
    expect(told()).toEqual([
      [20, begins('chords', 60)],
      [80, ends('chords', 60)],
      [150, begins('bass', 40)],
      [2150, ends('bass', 40)],
    ])
    expect(sent.every(({ at, sentAt }) => at - sentAt <= sentAheadMs)).toBe(true)
  })

  it('ends a pitch that is struck again first', () => {
    const { schedule, pass, told } = setUp()
    schedule('bass', 40, 20, 100)
    schedule('bass', 40, 120, 100)
    schedule('bass', 40, 170, 100)
    pass(400)
    expect(told()).toEqual([
      [20, begins('bass', 40)],
      [120, ends('bass', 40)],
      [120, begins('bass', 40)],
      [170, ends('bass', 40)],
      [170, begins('bass', 40)],
      [270, ends('bass', 40)],
    ])
  })

  it('lets a pitch sound as long as a loop or a key holds it', () => {
    const { schedule, sound, stop, pass, told } = setUp()
    schedule('bass', 40, 0, 500)
    pass(100)
    sound('bass', 40)
    pass(100)
    stop('bass', 40)
    pass(200)
    sound('bass', 40)
    pass(300)
    stop('bass', 40)
    expect(told().flatMap(([at, what]) => (what === ends('bass', 40) ? [at] : []))).toEqual([100, 400, 700])
  })

  it('strikes a key again that an end on its way would end', () => {
    const { schedule, sound, stop, pass, told } = setUp()
    schedule('bass', 40, 0, 100)
    pass(75)
    sound('bass', 40, 99)
    pass(200)
    stop('bass', 40)
    expect(told().slice(1)).toEqual([
      [75, ends('bass', 40)],
      [75, begins('bass', 40, 99)],
      [100, ends('bass', 40)],
      [101, begins('bass', 40, 99)],
      [275, ends('bass', 40)],
    ])
  })

  it('calls off what is scheduled and ends what sounds of a track, and leaves keys and other tracks alone', () => {
    const { output, schedule, sound, stop, pass, told } = setUp()
    schedule('bass', 40, 0, 4000)
    schedule('bass', 41, 140, 100)
    schedule('bass', 42, 30, 100)
    schedule('chords', 60, 140, 100)
    sound('bass', 43)
    output.silence('bass')
    pass(1000)
    stop('bass', 43)
    expect(told()).toEqual([
      [0, begins('bass', 40)],
      [0, begins('bass', 43)],
      [1, ends('bass', 40)],
      [30, begins('bass', 42)],
      [31, ends('bass', 42)],
      [140, begins('chords', 60)],
      [240, ends('chords', 60)],
      [1000, ends('bass', 43)],
    ])
  })

  it('ends keys too when the page is closed', () => {
    const { output, sound, told } = setUp()
    sound('lead', 60)
    output.end()
    expect(told().map(([, what]) => what)).toContain(ends('lead', 60))
  })

  describe('whatever is played by two tracks and a loop', () => {
    /** Does it all, and lets the keys that are down go up at the end. */
    function play(all: readonly Move[]) {
      const player = setUp()
      const begun = performance.now()
      const now = () => performance.now() - begun
      const holds: Hold[] = []
      const end = (which: (hold: Hold) => boolean) => {
        for (const hold of holds.filter(which)) hold.to = Math.min(hold.to, now())
      }
      const place = (track: Track, pitch: number) => `${voiceOf(track)} ${pitch}`
      const press = (by: 'bass' | 'lead', pitch: number) => {
        const isMine = (hold: Hold) => hold.by === by && hold.pitch === pitch && hold.to === Number.POSITIVE_INFINITY
        if (holds.some(isMine)) {
          player.stop(by, pitch)
          end(isMine)
        } else {
          player.sound(by, pitch)
          holds.push({ place: place(by, pitch), by, pitch, from: now(), to: Number.POSITIVE_INFINITY })
        }
      }
      for (const { do: what, pitch, ms } of all) {
        if (what === 'loop') {
          const from = now() + ms / 2
          player.schedule(loopTrack, pitch, ms / 2, ms)
          holds.push({ place: place(loopTrack, pitch), by: 'loop', pitch, from, to: from + Math.max(1, ms) })
        } else if (what === 'wait') player.pass(ms)
        else if (what === 'silence') {
          player.output.silence(loopTrack)
          end(({ by }) => by === 'loop')
        } else press(what, pitch)
      }
      for (const { by, pitch, to } of [...holds]) if (to === Number.POSITIVE_INFINITY) press(by as 'bass', pitch)
      player.pass(1000)
      return { ...player, holds }
    }

    it('each beginning has its end', () => {
      fc.assert(
        fc.property(moves, (all) => {
          const unanswered = new Map<string, number>()
          for (const { voice, pitch, velocity } of play(all).heard()) {
            const before = unanswered.get(`${voice} ${pitch}`) ?? 0
            unanswered.set(`${voice} ${pitch}`, velocity !== null ? before + 1 : endsAll ? 0 : Math.max(0, before - 1))
          }
          expect([...unanswered.values()].every((count) => count === 0)).toBe(true)
        }),
        { numRuns: runs(1000) },
      )
    })

    it('a pitch sounds when something holds it, and else not, but for what was on its way', () => {
      fc.assert(
        fc.property(moves, (all) => {
          const { holds, heard } = play(all)
          const messages = heard()
          const near = sentAheadMs + 5
          for (const place of new Set(holds.map(({ place }) => place))) {
            const mine = holds.filter((hold) => hold.place === place)
            const edges = mine.flatMap(({ from, to }) => [from, to])
            for (const moment of edges.flatMap((edge) => [edge - near - 1, edge + near + 1])) {
              if (edges.some((edge) => Math.abs(edge - moment) <= near)) continue
              const last = messages.findLast(({ at, voice, pitch }) => at <= moment && `${voice} ${pitch}` === place)
              const sounds = last !== undefined && last.velocity !== null
              expect(sounds).toBe(mine.some(({ from, to }) => from <= moment && moment < to))
            }
          }
        }),
        { numRuns: runs(1000) },
      )
    })

    it('nothing sounds after the end', () => expectSilenceInTheEnd({ create, read }))
  })
}

/** Plays whatever there is to play, ends the output, and finds that nothing sounds. */
export function expectSilenceInTheEnd<Output extends NoteOutput>({
  create,
  read,
}: Pick<Instruments<Output>, 'create' | 'read'>): void {
  fc.assert(
    fc.property(moves, (all) => {
      const { sound, schedule, stop, output, pass, inTurn } = playNotes(create)
      for (const { do: what, pitch, ms } of all) {
        if (what === 'loop') schedule(ms % 2 ? 'bass' : 'chords', pitch, ms / 2, ms)
        else if (what === 'wait') pass(ms)
        else if (what === 'silence') output.silence(ms % 2 ? 'bass' : null)
        else {
          stop(what, pitch)
          sound(what, pitch)
        }
      }
      output.end()
      pass(1000)
      const heard = inTurn().flatMap(({ bytes }) => read(bytes))
      const sounding = new Map(heard.map(({ voice, pitch, velocity }) => [`${voice} ${pitch}`, velocity !== null]))
      expect([...sounding.values()]).not.toContain(true)
    }),
    { numRuns: runs(500) },
  )
}
