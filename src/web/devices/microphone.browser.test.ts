import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Microphone, MicrophoneListener } from '../../devices/mic/index.ts'
import type { SessionInput } from '../../session/index.ts'
import { createMicrophone, micText, type OpenMicrophone } from './microphone.ts'

/** Waits for as long as a loaded machine takes. */
const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 20_000 })

beforeEach(() => localStorage.clear())
afterEach(() => vi.restoreAllMocks())

/** By how much the session's clock is ahead of the context's. */
const ahead = 64

/** A page whose microphones are made here, and what came of it. */
function page() {
  const opened: { listener: MicrophoneListener; device: string | null; microphone: Microphone; ended: boolean }[] = []
  const dispatched: [SessionInput, number][] = []
  const fake = { refusal: null as string | null, way: null as number | null, wait: Promise.resolve() }
  const open: OpenMicrophone = async (_, listener, { device }) => {
    await fake.wait
    if (fake.refusal) return { trouble: fake.refusal }
    const end = () => {
      made.ended = true
    }
    const microphone: Microphone = { pitch: 45, level: 0.5, latency: 0.03, measure: async () => fake.way, end }
    const made = { listener, device, microphone, ended: false }
    opened.push(made)
    return microphone
  }
  const microphone = createMicrophone(
    {
      clock: { now: () => ahead, of: () => ahead, ahead },
      dispatch: (input, at = Number.NaN) => void dispatched.push([input, at - ahead]),
    },
    { context: {} as AudioContext, wakeUp: () => {}, isInner: (track) => track !== 'bass' },
    open,
  )
  return { ...microphone, fake, opened, dispatched }
}

/** A microphone that is switched on. */
async function listening() {
  const made = page()
  made.settings.switchOn(true)
  await until(() => expect(made.opened).toHaveLength(1))
  await until(() => expect(made.settings.latencyMs.value).toBe(30))
  const [{ listener, microphone }] = made.opened as [(typeof made.opened)[number]]
  const play = (pitch: number, at: number) => {
    listener.receive({ type: 'noteOn', pitch, velocity: 80 }, at)
    listener.receive({ type: 'noteOff', pitch }, at + 0.25)
  }
  return { ...made, listener, microphone, play }
}

describe('the stage’s microphone', () => {
  it('dispatches notes at the times at which they were played, on a channel of their own', async () => {
    const { play, dispatched } = await listening()
    play(45, 3)
    expect(dispatched).toEqual([
      [{ type: 'noteOn', pitch: 45, velocity: 80, channel: 16 }, 3],
      [{ type: 'noteOff', pitch: 45, channel: 16 }, 3.25],
    ])
  })

  it('takes nothing for playing that the page itself sounds, unless there are headphones', async () => {
    const { play, dispatched, output, settings } = await listening()
    const sound = { type: 'sound', velocity: 90, gain: 1, by: 'machine' } as const
    output.sound({ ...sound, track: 'lead', pitch: 45, key: 40 })
    output.sound({ ...sound, track: 'bass', pitch: 47, key: 47 })
    play(45, 3)
    expect(dispatched).toEqual([])
    play(47, 4)
    expect(dispatched).toHaveLength(2)
    settings.setLoudspeakers(false)
    play(45, 5)
    expect(dispatched).toHaveLength(4)
  })

  it('asks for nothing before it is switched on; on the next visit, it opens when somebody begins to play', async () => {
    const first = page()
    first.begin()
    expect(first.opened).toHaveLength(0)
    first.settings.switchOn(true)
    await until(() => expect(first.opened).toHaveLength(1))
    const second = page()
    expect([second.opened.length, second.settings.on.value]).toEqual([0, true])
    second.begin()
    second.begin()
    await until(() => expect(second.settings.latencyMs.value).toBe(30))
    expect(second.opened).toHaveLength(1)
  })

  it('uses the latency that was set or measured, else what the browser says', async () => {
    const { settings, microphone, fake } = await listening()
    settings.setLatency(55)
    expect([microphone.latency, settings.isOwnLatency.value]).toEqual([0.055, true])
    fake.way = 0.0423
    await settings.measure()
    expect([microphone.latency, settings.measured.value]).toEqual([0.042, expect.stringContaining('42 ms')])
    fake.way = null
    await settings.measure()
    expect([microphone.latency, settings.measured.value]).toEqual([0.042, expect.stringMatching(/not heard.*\.$/)])
    settings.setLatency(-1e9)
    expect(microphone.latency).toBe(0)
    settings.setLatency(null)
    expect([microphone.latency, settings.isOwnLatency.value]).toEqual([0.03, false])
  })

  it('says what is wrong, and opens again when the machine has another device', async () => {
    const { settings: refused, fake, opened } = page()
    fake.refusal = 'There is none.'
    refused.switchOn(true)
    await until(() => expect(refused.trouble.value).toBe('There is none.'))
    fake.refusal = null
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
    await until(() => expect(opened).toHaveLength(1))
    expect(refused.trouble.value).toBeNull()
  })

  it('says that it was unplugged, or taken, until it is back', async () => {
    const { settings, listener, opened } = await listening()
    listener.muted(true)
    expect(settings.trouble.value).toBe(micText.muted)
    listener.muted(false)
    expect(settings.trouble.value).toBeNull()
    listener.lost()
    expect([settings.trouble.value, settings.reading()]).toEqual([
      expect.stringMatching(/is gone/),
      { pitch: null, level: 0 },
    ])
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
    await until(() => expect(opened).toHaveLength(2))
    expect(settings.trouble.value).toBeNull()
  })

  it('lets the newest request count, and leaves no microphone open behind it', async () => {
    const { settings: hasty, fake, opened } = page()
    let go = () => {}
    fake.wait = new Promise((resolve) => {
      go = resolve
    })
    hasty.switchOn(true)
    hasty.chooseInput('interface')
    go()
    await until(() =>
      expect(opened.map(({ device, ended }) => [device, ended])).toEqual([
        [null, true],
        ['interface', false],
      ]),
    )
    hasty.switchOn(false)
    expect(opened[1]?.ended).toBe(true)
  })

  it('shows a device that was chosen on another day while it is not there', async () => {
    const device = { kind: 'audioinput', deviceId: 'a', label: 'Interface' } as MediaDeviceInfo
    const list = vi.spyOn(navigator.mediaDevices, 'enumerateDevices').mockResolvedValue([device])
    const { settings: first } = page()
    await until(() => expect(first.inputs.value).toEqual([{ id: 'a', name: 'Interface', connected: true }]))
    first.chooseInput('a')
    list.mockResolvedValue([])
    const { settings: second } = page()
    expect(second.inputs.value).toEqual([{ id: 'a', name: 'Interface', connected: false }])
    expect(second.input.value).toBe('a')
  })
})
