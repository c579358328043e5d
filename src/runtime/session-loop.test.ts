import { describe, expect, it } from 'vitest'
import { sung } from '../../test/cues.ts'
import { note } from '../../test/notes.ts'
import { song, writtenBass } from '../../test/songs.ts'
import type { Ask, DueNote, ModelAnswer, SessionEvent, SessionInput } from '../session/index.ts'
import { createSessionLoop, type Output, wakeMs } from './index.ts'

/** A session whose clock is set by hand, and whose one output writes down what it receives. */
function run(answer: (question: Ask) => Promise<ModelAnswer | null> = async () => null) {
  let now = 0
  const events: SessionEvent[] = []
  const received: { what: string; at: number; note?: DueNote }[] = []
  let onSound = () => {}
  const output: Output = {
    sound({ track, pitch }) {
      received.push({ what: `sound ${track} ${pitch}`, at: now })
      onSound()
    },
    stop: ({ track, pitch }) => received.push({ what: `stop ${track} ${pitch}`, at: now }),
    schedule: (due, at) => received.push({ what: `${due.track} ${due.pitch}`, at, note: due }),
    express: ({ track, expression }) => received.push({ what: `${expression.kind} ${track}`, at: now }),
    silence: (track) => received.push({ what: `silence ${track}`, at: now }),
  }
  const clock = { now: () => now, of: (timeStamp: number) => timeStamp / 1000 }
  const observe = (event: SessionEvent) => void events.push(event)
  const loop = createSessionLoop({ clock, outputs: [output], soloist: null, ask: answer, observe }, 1)
  return {
    loop,
    received,
    events,
    onSound(listener: () => void) {
      onSound = listener
    },
    /** Wakes the session as often as it wants, or less often, until a moment. */
    runTo(until: number, everyMs: number = wakeMs) {
      for (; now < until; now = Math.min(until, now + everyMs / 1000)) loop.wake()
      loop.wake()
    },
    dispatch: (input: SessionInput, at = now) => {
      now = Math.max(now, at)
      loop.dispatch(input, at)
    },
  }
}

const key = (pitch: number): SessionInput => ({ type: 'noteOn', pitch, velocity: 80 })
const keyUp = (pitch: number): SessionInput => ({ type: 'noteOff', pitch })

/** Records a bass of one measure at 120, from second 2 on; the count-in begins at 0. */
function withBass() {
  const session = run()
  session.dispatch({ type: 'set', setting: 'measures', value: 1 })
  session.dispatch({ type: 'run', action: 'record-bass' })
  for (const { beat, pitch } of [note(0, 36), note(1.5, 38), note(3, 41)]) {
    session.runTo(2 + beat / 2)
    session.dispatch(key(pitch))
    session.runTo(2 + beat / 2 + 0.2)
    session.dispatch(keyUp(pitch))
  }
  return session
}

describe('a live session', () => {
  it('hands every note of a loop over once, in time and exactly in its place', () => {
    const session = withBass()
    session.runTo(602)
    const bass = session.received.flatMap(({ what, at, note }) =>
      note && what.startsWith('bass') && at < 602 ? [at] : [],
    )
    expect(bass).toEqual(
      Array.from({ length: 299 }, (_, pass) => [0, 0.75, 1.5].map((place) => 4 + 2 * pass + place)).flat(),
    )
    expect([session.loop.diagnostics.missed, session.loop.diagnostics.lateness.quantile(1)]).toEqual([0, 0])
  })

  it('misses nothing when it is woken late, up to the look-ahead, and counts what it missed after that', () => {
    const [steady, sleepy] = [withBass(), withBass()]
    steady.runTo(60)
    sleepy.runTo(60, 130)
    const notes = ({ received }: typeof steady) =>
      received.flatMap(({ what, at, note }) => (note && at < 60 ? [`${what} ${at}`] : []))
    expect(notes(sleepy)).toEqual(notes(steady))
    expect(sleepy.loop.diagnostics.missed).toBe(0)
    sleepy.runTo(80, 5000)
    expect(sleepy.loop.diagnostics.missed).toBeGreaterThan(50)
  })

  it('sounds a key before anything else, and ends it', () => {
    const session = run()
    session.dispatch(key(60))
    session.dispatch(keyUp(60))
    expect(session.received.map(({ what }) => what)).toEqual(['sound lead 60', 'stop lead 60'])
    expect(session.loop.diagnostics.keys.count).toBe(1)
  })

  it('sounds a key before the rest of its step, which counts it', () => {
    const session = run()
    const voices: number[] = []
    session.onSound(() => voices.push(session.loop.state.keys.voices.length))
    session.dispatch(key(60))
    session.dispatch(key(64))
    expect(voices).toEqual([0, 1])
    expect(session.loop.state.keys.voices).toHaveLength(2)
  })

  it('begins with the first click of the count-in, and stops at once', () => {
    const session = run()
    session.dispatch({ type: 'run', action: 'play' }, 7)
    expect(session.received.map(({ what, at }) => [what, at])).toEqual([['click 76', 7]])
    session.runTo(7.7)
    session.dispatch({ type: 'run', action: 'stop' })
    const count = session.received.length
    expect(session.received.at(-1)?.what).toBe('silence null')
    session.runTo(9)
    expect(session.received).toHaveLength(count)
  })

  it('goes on with the next song at once, in the middle of one', () => {
    const session = run()
    const songs = [36, 48].map((pitch) => song([{ play: true, metre: '4/4', loops: writtenBass(pitch, 1) }]))
    session.dispatch({ type: 'setList', songs })
    session.runTo(20.1)
    session.received.length = 0
    session.dispatch({ type: 'run', action: 'next-song' })
    session.runTo(21.9)
    const bass = session.received.flatMap(({ what, at }) =>
      what.startsWith('bass') ? [`${what} ${at.toFixed(1)}`] : [],
    )
    expect(bass).toEqual(['bass 48 20.1', 'bass 49 20.6', 'bass 50 21.1', 'bass 51 21.6'])
    expect(session.loop.diagnostics.missed).toBe(0)
  })

  it.each([
    ['late', 0.005, [2.005, 2.5, 3]],
    ['early', -0.005, [2, 2.5, 3]],
    ['far too late', 0.2, [2.5, 3]],
  ])('begins on the tapped beat, though it is  received to %s', (_, late, clicks) => {
    const session = run()
    for (const at of [0, 0.5, 1, 1.5]) session.dispatch({ type: 'run', action: 'tap' }, at)
    session.dispatch({ type: 'run', action: 'play' }, 2 + late)
    session.runTo(3.2)
    const begun = session.received.flatMap(({ what, at }) => (what.startsWith('click') && at < 3.2 ? [at] : []))
    expect(begun).toEqual(clicks.map((at) => expect.closeTo(at, 6)))
    expect(session.loop.diagnostics.missed).toBe(0)
  })

  it('passes questions on, and answers back as events of the models', async () => {
    const asked: Ask[] = []
    const session = run(async (question) => {
      asked.push(question)
      return { answer: sung([90]) }
    })
    callOfOne(session)
    await settled()
    session.dispatch(key(61))
    expect(asked).toHaveLength(1)
    expect(session.received.map(({ what }) => what)).toEqual(['sound lead 60', 'sound lead 90'])
    expect(session.events.find(({ type }) => type === 'answer')).toMatchObject({ source: 'models', answer: sung([90]) })
  })

  it('asks once for what is wanted now, however many turns a machine slept through', () => {
    const asked: Ask[] = []
    const session = run(async (question) => {
      asked.push(question)
      return null
    })
    for (const setting of ['improvise', 'own-phrases'] as const) session.dispatch({ type: 'set', setting, value: true })
    session.dispatch({ type: 'set', setting: 'hand-over', value: 'measures' })
    session.dispatch({ type: 'run', action: 'play' })
    session.dispatch({ type: 'tick' }, 3600)
    expect(session.loop.state.requests).toBeGreaterThan(200)
    expect(asked).toHaveLength(1)
  })

  it.each([
    ['rejects', () => Promise.reject(new Error('The worker is gone.')), 'The worker is gone.'],
    ['rejects at length', () => Promise.reject(new Error('x'.repeat(1e6))), 'x'.repeat(1000)],
    ['rejects with no error', () => Promise.reject('gone'), 'gone'],
    [
      'throws',
      () => {
        throw new Error('It can’t be asked.')
      },
      'It can’t be asked.',
    ],
  ])('is answered nothing, and why, where asking %s: it waits no longer, and plays on', async (_, ask, message) => {
    const session = run(ask)
    callOfOne(session)
    session.dispatch({ type: 'run', action: 'record-bass' })
    for (const each of [key(40), keyUp(40)]) session.dispatch(each, 3)
    session.dispatch({ type: 'run', action: 'new-groove' }, 8)
    await settled()
    const answers = session.events.filter(({ type }) => type === 'answer')
    expect(answers).toMatchObject([
      { job: 'melody', source: 'models', answer: null, message },
      { job: 'groove', source: 'models', answer: null, message },
    ])
    expect(session.loop.state.asked).toEqual({ groove: null, melody: null })
    expect(session.loop.state.refused).toBe(0)
  })

  it('passes over what comes after its end: keys, wake-ups and answers', async () => {
    const session = run(async () => ({ answer: sung([90]) }))
    callOfOne(session)
    session.loop.end()
    await settled()
    session.dispatch(key(61))
    session.loop.wake()
    expect(session.events.at(-1)).toMatchObject({ type: 'noteOn', pitch: 60 })
  })

  it('does not record what makes no sense: the recording could not be opened', () => {
    const session = run()
    for (const bad of [
      { type: 'act', action: 'play' },
      { type: 'chart', chart: 7 },
    ])
      session.dispatch(bad as never)
    session.dispatch(key(300))
    session.dispatch(key(60))
    expect(session.loop.state.refused).toBe(3)
    expect(session.events).toMatchObject([{ type: 'noteOn', pitch: 60 }])
  })

  it('hands an output the source of each key, and records it', () => {
    const sources: (string | undefined)[] = []
    const output = { ...silent, sound: (_: unknown, source?: string) => sources.push(source) }
    const events: SessionEvent[] = []
    const clock = { now: () => 0, of: () => 0 }
    const observe = (event: SessionEvent) => void events.push(event)
    const loop = createSessionLoop({ clock, outputs: [output], soloist: null, ask: async () => null, observe }, 1)
    loop.dispatch(key(60), 1, 'microphone')
    loop.dispatch(key(62), 2)
    expect(sources).toEqual(['microphone', undefined])
    expect(events).toEqual([
      { ...key(60), at: 1, source: 'microphone' },
      { ...key(62), at: 2 },
    ])
  })
})

const silent: Output = { sound() {}, stop() {}, express() {}, schedule() {}, silence() {} }

/** Plays a call of one note, which the melody model is asked to answer. */
function callOfOne({ dispatch }: ReturnType<typeof run>) {
  dispatch({ type: 'set', setting: 'live', value: false })
  dispatch({ type: 'set', setting: 'hand-over', value: 'count' })
  dispatch({ type: 'set', setting: 'notes', value: 1 })
  dispatch({ type: 'set', setting: 'improvise', value: true })
  dispatch(key(60))
}

/** What has been asked is answered. */
const settled = () => new Promise((resolve) => setTimeout(resolve))
