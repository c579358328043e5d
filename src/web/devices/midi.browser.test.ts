import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeMidi } from '../../../test/fakes/midi.ts'
import { type Happening, startSession } from '../../session/index.ts'
import { timeline } from '../../timing/index.ts'
import { text } from '../text.ts'
import { openMidi } from './midi.ts'

/** Waits for as long as a loaded machine takes. */
const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 20_000 })

const openHost = vi.hoisted(() => vi.fn())
vi.mock('./bridge.ts', () => ({ openHost }))

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})
afterEach(() => vi.restoreAllMocks())

/** A stage's MIDI on a machine with these inputs and a synthesiser, which the user may have allowed before. */
function machine(permission: PermissionState | null, ...inputs: string[]) {
  const fake = createFakeMidi()
  fake.permission = permission
  for (const input of inputs) fake.plugIn('input', input)
  fake.plugIn('output', 'Synth')
  vi.spyOn(navigator, 'requestMIDIAccess').mockImplementation(fake.requestMIDIAccess)
  const query = vi.spyOn(navigator.permissions, 'query')
  query.mockImplementation(fake.queryPermission as unknown as Permissions['query'])
  const happened: [Happening, number][] = []
  const midi = openMidi(
    { happen: (happening, timeStampMs) => happened.push([happening, timeStampMs]), act: () => {} },
    { of: (timeStamp) => timeStamp / 1000 },
  )
  /** Everything that it does by itself as it opens is done. */
  const settled = async () => {
    await until(() => expect(query).toHaveBeenCalled())
    await Promise.allSettled(query.mock.results.map(({ value }) => value))
  }
  return { fake, midi, desk: midi.desk, happened, settled }
}

/** A stage's MIDI that is open, and what came of it. */
async function desk(...inputs: string[]) {
  const { fake, midi, happened } = machine('granted', ...inputs)
  await until(() => expect(midi.desk.outputs.value).not.toEqual([]))
  return { fake, midi, desk: midi.desk, happened }
}

/** A session that has played for a while. */
const playing = () => ({
  ...startSession().transport,
  playing: true,
  timeline: timeline(120, performance.now() / 1000 - 10.1),
})

const bytesTo = ({ fake }: Awaited<ReturnType<typeof desk>>) => fake.sent('Synth').map(({ bytes }) => bytes)

describe('the stage’s MIDI', () => {
  it('lets hands happen when they did, and lets go of what they hold when they are pulled out', async () => {
    const { fake, happened } = await desk('Keys')
    fake.play('Keys', [0x90, 60, 80], 5)
    fake.unplug('input', 'Keys')
    expect(happened).toEqual([
      [{ type: 'noteOn', pitch: 60, velocity: 80, channel: 1 }, 5],
      [{ type: 'noteOff', pitch: 60, channel: 1 }, expect.any(Number)],
    ])
  })

  it('remembers what was chosen, and shows it also while it is not there', async () => {
    const first = await desk('Keys')
    first.desk.chooseInput('Keys')
    first.desk.route('bass', { inner: false, output: 'Synth', channel: 5 })
    const { midi, desk: second, fake, happened } = await desk()
    expect(second.inputs.value).toEqual([{ id: 'Keys', name: 'Keys', connected: false }])
    expect([midi.isInner('bass'), midi.isInner('solo')]).toEqual([false, true])
    fake.plugIn('input', 'Pads')
    fake.plugIn('input', 'Keys')
    for (const input of ['Pads', 'Keys']) fake.play(input, [0xc0, 7])
    expect(happened.map(([happening]) => happening)).toEqual([{ type: 'program', program: 7, channel: 1 }])
    midi.output.sound({ type: 'sound', track: 'bass', pitch: 40, velocity: 90, gain: 1, by: 'human', key: 40 })
    expect(fake.sent('Synth').map(({ bytes }) => bytes)).toEqual([[0x94, 40, 90]])
  })

  it('sends its clock where tracks are sent, and stops others when it sends it no more', async () => {
    const opened = await desk()
    opened.midi.wake(playing())
    opened.desk.route('bass', { inner: true, output: 'Synth', channel: 1 })
    opened.midi.wake(playing())
    expect(bytesTo(opened)).toEqual([])
    opened.desk.sendClock(true)
    opened.midi.wake(playing())
    expect(bytesTo(opened).flat()).toContain(0xf8)
    opened.desk.sendClock(false)
    expect(bytesTo(opened).at(-1)).toEqual([0xfc])
  })

  it('lets an instrument that was switched off meanwhile join in again', async () => {
    const opened = await desk()
    opened.desk.route('drums', { inner: true, output: 'Synth', channel: 10 })
    opened.desk.sendClock(true)
    const transport = playing()
    const joined = (times: number) =>
      until(() => {
        opened.midi.wake(transport)
        expect(bytesTo(opened).filter(([status]) => status === 0xfb)).toHaveLength(times)
      })
    await joined(1)
    opened.fake.unplug('output', 'Synth')
    opened.midi.wake(transport)
    opened.fake.plugIn('output', 'Synth')
    await joined(2)
  })

  it('silences others when the page is left', async () => {
    const opened = await desk()
    opened.desk.route('solo', { inner: true, output: 'Synth', channel: 3 })
    opened.midi.output.sound({ type: 'sound', track: 'solo', pitch: 72, velocity: 90, gain: 1, by: 'human', key: 72 })
    dispatchEvent(new Event('pagehide'))
    expect(bytesTo(opened)).toEqual([
      [0x92, 72, 90],
      [0x82, 72, 0],
      [0xb2, 123, 0],
    ])
  })

  it('follows the clock of an input only where it is to', async () => {
    const { fake, midi, desk: opened, happened } = await desk('Drums')
    const start = () => {
      const from = performance.now() - 1000
      fake.play('Drums', [0xfa], from)
      for (let tick = 0; tick <= 48; tick++) fake.play('Drums', [0xf8], from + (tick * 1000) / 48)
      midi.wake(startSession().transport)
    }
    start()
    expect([happened, opened.clockBpm.value]).toEqual([[], null])
    opened.followClock(true)
    start()
    expect(happened[0]?.[0]).toEqual({ type: 'act', action: 'play' })
    expect(opened.clockBpm.value).toBe(120)
    opened.followClock(false)
    expect(opened.clockBpm.value).toBeNull()
  })

  it.each(['prompt', 'denied', null] as const)(
    'asks for nothing before somebody plays (%s), and then once',
    async (permission) => {
      const { fake, midi, desk: opened, settled } = machine(permission, 'Keys')
      await settled()
      expect([fake.asked.length, opened.isOpen.value, opened.trouble.value]).toEqual([0, false, null])
      midi.begin()
      midi.begin()
      await until(() => expect(opened.inputs.value.map(({ name }) => name)).toEqual(['Keys']))
      midi.begin()
      expect(fake.asked).toHaveLength(1)
    },
  )

  it('is open at once where it was allowed before', async () => {
    const { fake, desk: opened } = machine('granted', 'Keys')
    await until(() => expect(opened.isOpen.value).toBe(true))
    expect(fake.asked).toHaveLength(1)
  })

  it('is the browser’s own where nothing may be kept for the page', async () => {
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('Site data is forbidden.', 'SecurityError')
    })
    const { desk: opened } = machine('granted', 'Keys')
    await until(() => expect(opened.isOpen.value).toBe(true))
  })

  it('can be asked for again where the host’s part of the page could not be fetched', async () => {
    history.replaceState(null, '', `#bridge=${'a'.repeat(32)}`)
    openHost.mockRejectedValue(new TypeError('Failed to fetch'))
    const { desk: opened } = machine(null)
    await until(() => expect(opened.trouble.value).toBe(text.notFetched('The host’s part of the page')))
    opened.open()
    await until(() => expect(openHost).toHaveBeenCalledTimes(2))
  })

  it('is a sentence where it is refused, asks no more by itself, and opens when it is allowed after all', async () => {
    const { fake, midi, desk: opened } = machine('prompt', 'Keys')
    fake.refusal = 'NotAllowedError'
    midi.begin()
    await until(() => expect(opened.trouble.value).toMatch(/not allowed here.*\.$/))
    midi.begin()
    expect(fake.asked).toHaveLength(1)
    opened.open()
    await until(() => expect(fake.asked).toHaveLength(2))
    await until(() => expect(opened.trouble.value).toMatch(/not allowed here/))
    fake.allow()
    await until(() => expect(opened.isOpen.value).toBe(true))
    expect(opened.trouble.value).toBeNull()
    expect(opened.inputs.value).toEqual([{ id: 'Keys', name: 'Keys', connected: true }])
  })
})
