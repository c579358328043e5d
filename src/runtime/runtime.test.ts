import { describe, expect, it, vi } from 'vitest'
import { createMidiDevice } from '../devices/midi/index.ts'
import { createOscDevice, readOsc } from '../devices/osc/index.ts'
import { readPerformance, replay, type SessionEvent, type SessionState, writePerformance } from '../session/index.ts'
import {
  createRuntime,
  type Device,
  type DeviceContext,
  type ModelClient,
  type Notice,
  type RuntimeOptions,
} from './index.ts'

/** A device of one file: a box with one pad, one lamp and one voice. */
function createPad({ clock, state, dispatch, notify }: DeviceContext) {
  const sounded: string[] = []
  const seen: string[] = []
  const device = {
    sounded,
    seen,
    hit(pitch: number, timeStampMs: number) {
      dispatch({ type: 'noteOn', pitch, velocity: 90 }, clock.of(timeStampMs))
      if (state.settings.tempo > 0) notify(`The pad was hit at ${clock.of(timeStampMs)}.`)
    },
    output: {
      sound: ({ track, pitch }, source) => sounded.push(`${track} ${pitch} from ${source}`),
      stop: ({ track, pitch }) => sounded.push(`${track} ${pitch} ends`),
      schedule: ({ track, pitch }, at) => sounded.push(`${track} ${pitch} at ${at}`),
      express: ({ track, expression }) => sounded.push(`${track} ${expression.kind}`),
      silence: (track) => sounded.push(`silence ${track}`),
    },
    observe: (event) => seen.push(event.type),
    beforeWake: () => seen.push('before wake'),
    wake: (transport) => seen.push(transport ? `wake, ${transport.playing ? 'playing' : 'stopped'}` : 'asleep'),
    silence: () => sounded.push('silenced'),
    end: () => void seen.push('ended'),
  } satisfies Device & Record<string, unknown>
  return device
}

/** A runtime on a clock that is set by hand, and what becomes of it. */
function world(from?: Parameters<typeof createRuntime>[1], options: Partial<RuntimeOptions> = {}) {
  const time = { now: 0, isAwake: true }
  const written: [SessionEvent, SessionState][] = []
  const notices: Notice[] = []
  let wake = () => {}
  const models: ModelClient = {
    load() {},
    ask: async () => null,
    restarts: 0,
    lastAnswerMs: null,
    end: vi.fn(),
  }
  const runtime = createRuntime(
    {
      clock: { now: () => time.now, of: (timeStampMs) => timeStampMs / 1000 },
      isAwake: () => time.isAwake,
      wakeEvery(_, turn) {
        wake = turn
        return () => {
          wake = () => {}
        }
      },
      models,
      openModel: () => new Promise(() => {}),
      storage: { write: (event, state) => written.push([event, state]), async flush() {} },
      notify: (notice) => notices.push(notice),
      ...options,
    },
    from,
  )
  const events = () => written.map(([event]) => event).filter(({ type }) => type !== 'tick')
  return { runtime, time, written, events, notices, models, wake: () => wake() }
}

describe('a device', () => {
  it('plays, hears and shows by a file and an entry in a list, and its events carry its name', () => {
    const { runtime, time, events, notices } = world(7)
    const pad = runtime.add(createPad(runtime.context('pad')))
    const keys = runtime.context('keys')
    pad.hit(60, 1500)
    time.now = 2
    keys.dispatch({ type: 'noteOn', pitch: 64, velocity: 80 })
    keys.dispatch({ type: 'noteOff', pitch: 64 }, 2.5)
    expect(pad.sounded).toEqual(['lead 60 from pad', 'lead 64 from keys', 'lead 64 ends'])
    expect(pad.seen).toEqual(['noteOn', 'noteOn', 'noteOff'])
    const ahead = runtime.clock.ahead
    expect(events()).toEqual([
      { type: 'noteOn', pitch: 60, velocity: 90, at: 1.5 + ahead, source: 'pad' },
      { type: 'noteOn', pitch: 64, velocity: 80, at: 2 + ahead, source: 'keys' },
      { type: 'noteOff', pitch: 64, at: 2.5, source: 'keys' },
    ])
    expect(notices).toEqual([{ notice: null, detail: `The pad was hit at ${1.5 + ahead}.`, at: ahead }])
  })

  it('is routed to MIDI and OSC as any other, and what it played replays to the same effects', () => {
    const { runtime, written } = world(7)
    const sent: string[] = []
    const midi = runtime.add(
      createMidiDevice(
        (to, bytes) => sent.push(`${to} ${[...bytes]}`),
        () => new Set(),
        runtime.context('midi'),
      ),
    )
    midi.output.route('lead', { output: 'Synth', channel: 3 })
    const osc = runtime.add(
      createOscDevice(
        (bytes) => sent.push(...readOsc(bytes).messages.map(({ address, values }) => `${address} ${values}`)),
        (timeStampMs) => timeStampMs,
        runtime.context('osc'),
      ),
    )
    osc.begin(0)
    const pad = runtime.add(createPad(runtime.context('pad')))
    pad.hit(60, 1500)
    expect(sent.slice(0, 2)).toEqual(['Synth 146,60,90', '/playwurly 60,90'])
    expect(sent).toContain('/tradefours/state/key lead,60,90,human')
    midi.receive({ type: 'noteOff', pitch: 60, channel: 1 }, 1700, 'Keys')
    osc.receive({ address: '/tradefours/act/stop', values: [] }, 1800)
    const events = written.map(([event]) => event)
    expect(events.map(({ source }) => source)).toEqual(['pad', 'midi', 'osc'])
    const again = [...replay(readPerformance(writePerformance({ seed: 7, events })))]
    expect(again.map(({ event, state }) => [event, state])).toEqual(written)
  })

  it('plays before the session is woken, and sends after it, with the transport', () => {
    const { runtime, time, wake } = world(7)
    const pad = runtime.add(createPad(runtime.context('pad')))
    runtime.context('keys').dispatch({ type: 'run', action: 'play' })
    runtime.start()
    pad.seen.length = 0
    wake()
    expect(pad.seen).toEqual(['before wake', 'tick', 'wake, playing'])
    time.isAwake = false
    wake()
    expect(pad.seen.slice(3)).toEqual(['asleep'])
  })

  it('may come while the session runs, and receives the notes of loops from then on', () => {
    const { runtime, time, wake } = world(7)
    runtime.start()
    runtime.context('keys').dispatch({ type: 'run', action: 'play' })
    const pad = runtime.add(createPad(runtime.context('pad')))
    time.now = 0.4
    wake()
    expect(pad.sounded).toEqual([expect.stringMatching(/^click 77 at /)])
  })
})

describe('a runtime', () => {
  const key = (pitch: number, at: number): SessionEvent => ({ type: 'noteOn', pitch, velocity: 90, at })

  it('goes on after a performance that broke off: nothing sounds any more, and time goes on from there', () => {
    const { runtime, events } = world({ seed: 7, events: [key(60, 100)] })
    expect(events()).toMatchObject([{ type: 'resume' }])
    expect(events()[0]).not.toHaveProperty('source')
    expect(runtime.state.keys.voices).toEqual([])
    expect(runtime.clock.now()).toBe(101)
    const pad = runtime.add(createPad(runtime.context('pad')))
    runtime.start()
    expect(pad.sounded).toEqual(['silence null'])
  })

  it('goes on after a crash with models that were not asked: nobody waits for an answer that will not come', () => {
    const asking: SessionEvent[] = [
      { type: 'set', setting: 'live', value: false, at: 1 },
      { type: 'set', setting: 'hand-over', value: 'count', at: 1 },
      { type: 'set', setting: 'notes', value: 1, at: 1 },
      { type: 'set', setting: 'improvise', value: true, at: 1 },
      key(60, 2),
    ]
    const { runtime } = world({ seed: 7, events: asking })
    expect(runtime.state.asked.melody).toBeNull()
    expect(runtime.state.trading.trade.turn).toBe('call')
  })

  it('begins another performance with the same devices, which know nothing of the one before', async () => {
    let answer = (_: null | { type: 'melody'; pitches: number[] }) => {}
    const models = { ...world().models, ask: () => new Promise<never>((resolve) => (answer = resolve as never)) }
    const { runtime, events } = world(7, { models })
    const pad = runtime.add(createPad(runtime.context('pad')))
    const { dispatch } = runtime.context('keys')
    dispatch({ type: 'set', setting: 'live', value: false })
    dispatch({ type: 'set', setting: 'notes', value: 1 })
    dispatch({ type: 'set', setting: 'improvise', value: true })
    dispatch({ type: 'noteOn', pitch: 60, velocity: 90 })
    runtime.begin({ seed: 8, events: [{ type: 'set', setting: 'tempo', value: 90, at: 50 }] })
    expect([pad.sounded.at(-1), runtime.state.settings.tempo]).toEqual(['silence null', 90])
    const count = events().length
    answer({ type: 'melody', pitches: [70] })
    await new Promise((resolve) => setTimeout(resolve))
    expect(events()).toHaveLength(count)
    dispatch({ type: 'noteOn', pitch: 62, velocity: 90 })
    expect(pad.sounded.at(-1)).toBe('lead 62 from keys')
    expect(events().at(-1)?.at).toBeGreaterThan(50)
  })

  it('says once what went wrong again and again while a lid was closed', () => {
    const { runtime, time, notices, wake } = world(7)
    const { dispatch } = runtime.context('test')
    runtime.start()
    dispatch({ type: 'set', setting: 'hand-over', value: 'measures' })
    for (const setting of ['improvise', 'own-phrases'] as const) dispatch({ type: 'set', setting, value: true })
    dispatch({ type: 'run', action: 'play' })
    time.now += 3600
    wake()
    expect(notices.filter(({ notice }) => notice === 'phrase-late')).toHaveLength(1)
  })

  it('reports the notices of the session, and models that don’t come', async () => {
    const { runtime, notices } = world(7, { openModel: () => Promise.reject(new Error('It is not there.')) })
    runtime.context('keys').dispatch({ type: 'run', action: 'undo' })
    expect(notices).toEqual([{ notice: 'nothing-to-undo', detail: null, at: expect.any(Number) }])
    runtime.start()
    await vi.waitFor(() => expect(notices).toHaveLength(6))
    expect(notices.at(-1)).toMatchObject({ notice: null, detail: 'It is not there.' })
  })

  it('stores what is played every two seconds, and says so where it can’t', async () => {
    vi.useFakeTimers()
    const flush = vi.fn(() => Promise.reject(new Error('The disk is full.')))
    const { runtime, notices } = world(7, { storage: { write() {}, flush } })
    runtime.start()
    await vi.advanceTimersByTimeAsync(4100)
    await runtime.end()
    await vi.advanceTimersByTimeAsync(4000)
    vi.useRealTimers()
    expect(flush).toHaveBeenCalledTimes(2)
    expect(notices.map(({ detail }) => detail)).toEqual(['The disk is full.', 'The disk is full.'])
  })

  it('ends every note, stores the rest and closes its devices, in their order; after that nothing happens', async () => {
    const done: string[] = []
    const storage = { write() {}, async flush() {}, end: async () => void done.push('stored') }
    const { runtime, models, wake } = world(7, { storage })
    runtime.add({ end: async () => void done.push('sent') })
    const pad = runtime.add(createPad(runtime.context('pad')))
    runtime.add({ end: () => void done.push('closed') })
    runtime.start()
    pad.hit(60, 0)
    const ended = runtime.end()
    pad.hit(62, 0)
    wake()
    await ended
    expect(pad.sounded).toEqual(['silence null', 'lead 60 from pad', 'silenced', 'lead 60 ends', 'silence null'])
    expect([done, pad.seen.at(-1)]).toEqual([['stored', 'sent', 'closed'], 'ended'])
    expect(models.end).toHaveBeenCalledOnce()
  })

  it('closes everything where the rest can’t be stored, and then says so', async () => {
    const storage = { write() {}, async flush() {}, end: () => Promise.reject(new Error('The disk is full.')) }
    const { runtime, models } = world(7, { storage })
    const pad = runtime.add(createPad(runtime.context('pad')))
    runtime.start()
    await expect(runtime.end()).rejects.toThrow('The disk is full.')
    expect([pad.seen.at(-1), models.end]).toEqual(['ended', expect.any(Function)])
    expect(models.end).toHaveBeenCalledOnce()
  })

  it('only closes what is open where it has not started', async () => {
    const end = vi.fn()
    const { runtime, events } = world(7, { storage: { write() {}, async flush() {}, end } })
    const pad = runtime.add(createPad(runtime.context('pad')))
    await runtime.end()
    expect([events(), end.mock.calls, pad.seen]).toEqual([[], [], ['ended']])
  })
})
