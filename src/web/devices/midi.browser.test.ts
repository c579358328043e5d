import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeMidi } from '../../../test/fakes/midi.ts'
import type { DeviceContext } from '../../runtime/index.ts'
import { type SessionInput, startSession } from '../../session/index.ts'
import { timeline } from '../../timing/index.ts'
import { text } from '../text.ts'
import { openMidi } from './midi.ts'

/** Waits for as long as a loaded machine takes. */
const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 20_000 })

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
  const dispatched: [SessionInput, number][] = []
  const context: DeviceContext = {
    clock: { now: () => performance.now() / 1000, of: (timeStampMs) => timeStampMs / 1000, ahead: 0 },
    state: startSession(),
    dispatch: (input, at = Number.NaN) => void dispatched.push([input, 1000 * at]),
    notify() {},
  }
  const skipCountIn = vi.fn()
  const openHostPorts = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')))
  const midi = openMidi(context, { skipCountIn, openHostPorts })
  /** Everything that it does by itself as it opens is done. */
  const settled = async () => {
    await until(() => expect(query).toHaveBeenCalled())
    await Promise.allSettled(query.mock.results.map(({ value }) => value))
  }
  return { fake, midi, settings: midi.settings, dispatched, settled, skipCountIn, openHostPorts }
}

/** A stage's MIDI that is open, and what came of it. */
async function opened(...inputs: string[]) {
  const made = machine('granted', ...inputs)
  await until(() => expect(made.settings.outputs.value).not.toEqual([]))
  return made
}

/** A session that has played for a while. */
const playing = () => ({
  ...startSession().transport,
  playing: true,
  timeline: timeline(120, performance.now() / 1000 - 10.1),
})

const bytesTo = ({ fake }: Awaited<ReturnType<typeof opened>>) => fake.sent('Synth').map(({ bytes }) => bytes)

describe('the stage’s MIDI', () => {
  it('dispatches keys at their own times, and lets them go when their input is pulled out', async () => {
    const { fake, dispatched } = await opened('Keys')
    fake.play('Keys', [0x90, 60, 80], 5)
    fake.unplug('input', 'Keys')
    expect(dispatched).toEqual([
      [{ type: 'noteOn', pitch: 60, velocity: 80, channel: 1 }, 5],
      [{ type: 'noteOff', pitch: 60, channel: 1 }, expect.any(Number)],
    ])
  })

  it('remembers what was chosen, and shows it also while it is not there', async () => {
    const first = await opened('Keys')
    first.settings.chooseInput('Keys')
    first.settings.route('bass', { inner: false, output: 'Synth', channel: 5 })
    const { midi, settings: second, fake, dispatched } = await opened()
    expect(second.inputs.value).toEqual([{ id: 'Keys', name: 'Keys', connected: false }])
    expect([midi.isInner('bass'), midi.isInner('lead')]).toEqual([false, true])
    fake.plugIn('input', 'Pads')
    fake.plugIn('input', 'Keys')
    for (const input of ['Pads', 'Keys']) fake.play(input, [0xc0, 7])
    expect(dispatched.map(([input]) => input)).toEqual([{ type: 'program', program: 7, channel: 1 }])
    midi.output.sound({ type: 'sound', track: 'bass', pitch: 40, velocity: 90, gain: 1, by: 'human', key: 40 })
    expect(fake.sent('Synth').map(({ bytes }) => bytes)).toEqual([[0x94, 40, 90]])
  })

  it('sends its clock where tracks are sent, and stops others when it sends it no more', async () => {
    const made = await opened()
    made.midi.wake(playing())
    made.settings.route('bass', { inner: true, output: 'Synth', channel: 1 })
    made.midi.wake(playing())
    expect(bytesTo(made)).toEqual([])
    made.settings.sendClock(true)
    made.midi.wake(playing())
    expect(bytesTo(made).flat()).toContain(0xf8)
    made.settings.sendClock(false)
    expect(bytesTo(made).at(-1)).toEqual([0xfc])
  })

  it('lets an instrument that was switched off meanwhile join in again', async () => {
    const made = await opened()
    made.settings.route('drums', { inner: true, output: 'Synth', channel: 10 })
    made.settings.sendClock(true)
    const transport = playing()
    const joined = (times: number) =>
      until(() => {
        made.midi.wake(transport)
        expect(bytesTo(made).filter(([status]) => status === 0xfb)).toHaveLength(times)
      })
    await joined(1)
    made.fake.unplug('output', 'Synth')
    made.midi.wake(transport)
    made.fake.plugIn('output', 'Synth')
    await joined(2)
  })

  it('silences others when the page is left', async () => {
    const made = await opened()
    made.settings.route('lead', { inner: true, output: 'Synth', channel: 3 })
    made.midi.output.sound({ type: 'sound', track: 'lead', pitch: 72, velocity: 90, gain: 1, by: 'human', key: 72 })
    made.midi.silence()
    expect(bytesTo(made)).toEqual([
      [0x92, 72, 90],
      [0x82, 72, 0],
      [0xb2, 123, 0],
      [0xb2, 121, 0],
      [0xe2, 0, 64],
    ])
  })

  it('follows the clock of an input only where it is to', async () => {
    const { fake, midi, settings, dispatched, skipCountIn } = await opened('Drums')
    const start = () => {
      const from = performance.now() - 1000
      fake.play('Drums', [0xfa], from)
      for (let tick = 0; tick <= 48; tick++) fake.play('Drums', [0xf8], from + (tick * 1000) / 48)
      midi.wake(startSession().transport)
    }
    start()
    expect([dispatched, settings.clockBpm.value]).toEqual([[], null])
    expect(skipCountIn).not.toHaveBeenCalled()
    settings.followClock(true)
    expect(skipCountIn).toHaveBeenCalledOnce()
    start()
    expect(dispatched.map(([input]) => input)).toContainEqual({ type: 'run', action: 'play' })
    expect(settings.clockBpm.value).toBe(120)
    settings.followClock(false)
    expect(settings.clockBpm.value).toBeNull()
  })

  it.each(['prompt', 'denied', null] as const)(
    'asks for nothing before somebody plays (%s), and then once',
    async (permission) => {
      const { fake, midi, settings, settled } = machine(permission, 'Keys')
      await settled()
      expect([fake.asked.length, settings.isOpen.value, settings.trouble.value]).toEqual([0, false, null])
      midi.begin()
      midi.begin()
      await until(() => expect(settings.inputs.value.map(({ name }) => name)).toEqual(['Keys']))
      midi.begin()
      expect(fake.asked).toHaveLength(1)
    },
  )

  it('is open at once where it was allowed before', async () => {
    const { fake, settings } = machine('granted', 'Keys')
    await until(() => expect(settings.isOpen.value).toBe(true))
    expect(fake.asked).toHaveLength(1)
  })

  it('is the browser’s own where nothing may be kept for the page', async () => {
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('Site data is forbidden.', 'SecurityError')
    })
    const { settings } = machine('granted', 'Keys')
    await until(() => expect(settings.isOpen.value).toBe(true))
  })

  it('can be asked for again where the host’s part of the page could not be fetched', async () => {
    history.replaceState(null, '', `#bridge=${'a'.repeat(32)}`)
    const { settings, openHostPorts } = machine(null)
    await until(() => expect(settings.trouble.value).toBe(text.notFetched('The host’s part of the page')))
    settings.open()
    await until(() => expect(openHostPorts).toHaveBeenCalledTimes(2))
  })

  it('is a sentence where it is refused, asks no more by itself, and opens when it is allowed after all', async () => {
    const { fake, midi, settings } = machine('prompt', 'Keys')
    fake.refusal = 'NotAllowedError'
    midi.begin()
    await until(() => expect(settings.trouble.value).toMatch(/not allowed here.*\.$/))
    midi.begin()
    expect(fake.asked).toHaveLength(1)
    settings.open()
    await until(() => expect(fake.asked).toHaveLength(2))
    await until(() => expect(settings.trouble.value).toMatch(/not allowed here/))
    fake.allow()
    await until(() => expect(settings.isOpen.value).toBe(true))
    expect(settings.trouble.value).toBeNull()
    expect(settings.inputs.value).toEqual([{ id: 'Keys', name: 'Keys', connected: true }])
  })
})

describe('what is wrong with the inputs', () => {
  it('is that MIDI is refused, with what else plays', async () => {
    const { fake, midi, settings } = machine('prompt', 'Keys')
    fake.refusal = 'NotAllowedError'
    expect(settings.inputTrouble.value).toBeNull()
    midi.begin()
    await until(() =>
      expect(settings.inputTrouble.value).toMatch(/not allowed here: allow it .* keys and the screen play/),
    )
  })

  it('is that the input that was chosen is not plugged in', async () => {
    const { fake, settings } = await opened('Keys')
    settings.chooseInput(settings.inputs.value[0]?.id ?? '')
    expect(settings.inputTrouble.value).toBeNull()
    fake.unplug('input', 'Keys')
    await until(() => expect(settings.inputTrouble.value).toBe(text.midi.missing('Keys')))
    fake.plugIn('input', 'Keys')
    await until(() => expect(settings.inputTrouble.value).toBeNull())
  })

  it('is that nothing comes from the keyboard, until something does', async () => {
    const { fake, midi, settings } = await opened('Midi Through Port-0', 'Keys')
    const later = performance.now() + 21_000
    midi.wake(null)
    expect(settings.inputTrouble.value).toBeNull()
    vi.spyOn(performance, 'now').mockReturnValue(later)
    midi.wake(null)
    expect(settings.inputTrouble.value).toBe(text.midi.silent('Keys'))
    await until(() => {
      fake.play('Keys', [0x90, 60, 90])
      expect(settings.inputTrouble.value).toBeNull()
    })
  })

  it('is nothing where there is no keyboard', async () => {
    const { midi, settings } = await opened('Midi Through Port-0')
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 21_000)
    midi.wake(null)
    expect(settings.inputTrouble.value).toBeNull()
  })
})
