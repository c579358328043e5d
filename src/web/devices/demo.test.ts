import { expect, it, vi } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { type SessionEvent, type SessionInput, startSession, step } from '../../session/index.ts'
import { createDemo, type DemoPlayer } from './demo.ts'

/** A demonstration, what it does, and the time that it is. */
function demonstration(ready: Promise<void> = Promise.resolve()) {
  const dispatched: SessionEvent[] = []
  const time = { now: 0 }
  const clock = { now: () => time.now, of: () => time.now, ahead: 0 }
  let state = startSession()
  const dispatch = (input: SessionInput, at = time.now) => {
    const event = { ...input, at } as SessionEvent
    dispatched.push(event)
    state = step(state, event).state
  }
  const context = {
    clock,
    dispatch,
    get state() {
      return state
    },
  }
  return { demo: createDemo(context, ready), dispatched, time, context }
}

/** The keys that are down after a demonstration that somebody took over at a moment. */
async function keysDownAfter(takeOverAt: number): Promise<number[]> {
  const { demo, dispatched, time } = demonstration()
  demo.start()
  await vi.dynamicImportSettled()
  for (; time.now < takeOverAt; time.now += 0.025) demo.beforeWake()
  demo.takeOver()
  demo.beforeWake()
  const down = new Set<number>()
  for (const event of dispatched) {
    if (event.type === 'noteOn') down.add(event.pitch)
    if (event.type === 'noteOff') down.delete(event.pitch)
  }
  expect(dispatched.length).toBeGreaterThan(0)
  return [...down]
}

it('leaves no key down, whenever it is taken over', async () => {
  for (let at = 0; at < 30; at += 30 / runs(300))
    expect(await keysDownAfter(at), `taken over after ${at} s`).toEqual([])
})

it('hands over the instrument as it was, with what goes round, in its tempo', async () => {
  const { demo, time, context } = demonstration()
  const { settings } = context.state
  demo.start()
  await vi.dynamicImportSettled()
  for (; time.now < 20; time.now += 0.025) demo.beforeWake()
  expect(context.state.settings['hand-over']).toBe('measures')
  context.dispatch({ type: 'set', setting: 'contour', value: 0.9 })
  demo.takeOver()
  const { tempo, improvise, contour, ...others } = context.state.settings
  expect({ tempo, improvise, contour }).toEqual({ tempo: 112, improvise: true, contour: 0.9 })
  expect({ ...settings, ...others }).toEqual(settings)
  expect(context.state.material.loops).toMatchObject({ bass: {}, chords: {} })
})

/** A demonstration that is asked for before there are sounds, and what makes them arrive. */
function early() {
  let resolve = () => {}
  const sounds = new Promise<void>((arrived) => {
    resolve = arrived
  })
  const { demo, dispatched } = demonstration(sounds)
  demo.start()
  demo.observe({ type: 'tick', at: 0.5 }, [], startSession())
  const arrive = async () => {
    resolve()
    await sounds
    await vi.dynamicImportSettled()
  }
  return { demo, dispatched, arrive }
}

const takeOvers = {
  'plays meanwhile': (demo: DemoPlayer) =>
    demo.observe({ type: 'noteOn', pitch: 60, velocity: 90, at: 1 }, [], startSession()),
  'begins another performance meanwhile': (demo: DemoPlayer) => demo.takeOver(),
}

it.each(Object.entries(takeOvers))('does not begin over somebody who %s', async (_, takeOver) => {
  const { demo, dispatched, arrive } = early()
  takeOver(demo)
  await arrive()
  demo.beforeWake()
  expect([dispatched, demo.caption.value]).toEqual([[], null])
})

it('waits for the sounds', async () => {
  const { dispatched, arrive } = early()
  expect(dispatched).toEqual([])
  await arrive()
  expect(dispatched).not.toEqual([])
})
