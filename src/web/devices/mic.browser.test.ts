import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Microphone, MicrophoneListener } from '../../devices/mic/index.ts'
import type { Happening } from '../../session/index.ts'
import { text } from '../text.ts'
import { createMic, type OpenMicrophone } from './mic.ts'

/** Waits for as long as a loaded machine takes. */
const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 20_000 })

beforeEach(() => localStorage.clear())
afterEach(() => vi.restoreAllMocks())

/** A desk whose microphones are made here, and what came of it. */
function desk() {
  const opened: { listener: MicrophoneListener; device: string | null; microphone: Microphone; ended: boolean }[] = []
  const happened: [Happening, number][] = []
  const own = new Set<number>()
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
  const mic = createMic(
    {
      context: {} as AudioContext,
      wakeUp: () => {},
      happen: (happening, at) => happened.push([happening, at]),
      isOwn: (pitch) => own.has(pitch),
    },
    open,
  )
  return { ...mic, fake, opened, happened, own }
}

/** A desk that is switched on. */
async function listening() {
  const made = desk()
  made.desk.switchOn(true)
  await until(() => expect(made.opened).toHaveLength(1))
  await until(() => expect(made.desk.latencyMs.value).toBe(30))
  const [{ listener, microphone }] = made.opened as [(typeof made.opened)[number]]
  const play = (pitch: number, at: number) => {
    listener.hears({ type: 'noteOn', pitch, velocity: 80 }, at)
    listener.hears({ type: 'noteOff', pitch }, at + 0.2)
  }
  return { ...made, listener, microphone, play }
}

describe('the stage’s microphone', () => {
  it('lets notes happen when they were played, on a channel of their own', async () => {
    const { play, happened } = await listening()
    play(45, 3)
    expect(happened).toEqual([
      [{ type: 'noteOn', pitch: 45, velocity: 80, channel: 16 }, 3],
      [{ type: 'noteOff', pitch: 45, channel: 16 }, 3.2],
    ])
  })

  it('takes nothing for playing that the page itself sounds, unless there are headphones', async () => {
    const { play, happened, own, desk } = await listening()
    own.add(45)
    play(45, 3)
    expect(happened).toEqual([])
    play(47, 4)
    expect(happened).toHaveLength(2)
    desk.setLoudspeakers(false)
    play(45, 5)
    expect(happened).toHaveLength(4)
  })

  it('asks for nothing before it is switched on; on the next visit, it opens when somebody begins to play', async () => {
    const first = desk()
    first.begin()
    expect(first.opened).toHaveLength(0)
    first.desk.switchOn(true)
    await until(() => expect(first.opened).toHaveLength(1))
    const second = desk()
    expect([second.opened.length, second.desk.on.value]).toEqual([0, true])
    second.begin()
    second.begin()
    await until(() => expect(second.desk.latencyMs.value).toBe(30))
    expect(second.opened).toHaveLength(1)
  })

  it('uses the latency that was set or measured, else what the browser says', async () => {
    const { desk, microphone, fake } = await listening()
    desk.setLatency(55)
    expect([microphone.latency, desk.isOwnLatency.value]).toEqual([0.055, true])
    fake.way = 0.0423
    await desk.measure()
    expect([microphone.latency, desk.measured.value]).toEqual([0.042, expect.stringContaining('42 ms')])
    fake.way = null
    await desk.measure()
    expect([microphone.latency, desk.measured.value]).toEqual([0.042, expect.stringMatching(/not heard.*\.$/)])
    desk.setLatency(-1e9)
    expect(microphone.latency).toBe(0)
    desk.setLatency(null)
    expect([microphone.latency, desk.isOwnLatency.value]).toEqual([0.03, false])
  })

  it('says what is wrong, and opens again when the machine has another device', async () => {
    const { desk: refused, fake, opened } = desk()
    fake.refusal = 'There is none.'
    refused.switchOn(true)
    await until(() => expect(refused.trouble.value).toBe('There is none.'))
    fake.refusal = null
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
    await until(() => expect(opened).toHaveLength(1))
    expect(refused.trouble.value).toBeNull()
  })

  it('says that it was unplugged, or taken, until it is back', async () => {
    const { desk, listener, opened } = await listening()
    listener.muted(true)
    expect(desk.trouble.value).toBe(text.mic.muted)
    listener.muted(false)
    expect(desk.trouble.value).toBeNull()
    listener.lost()
    expect([desk.trouble.value, desk.heard()]).toEqual([expect.stringMatching(/is gone/), { pitch: null, level: 0 }])
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
    await until(() => expect(opened).toHaveLength(2))
    expect(desk.trouble.value).toBeNull()
  })

  it('lets the newest wish count, and leaves no microphone open behind it', async () => {
    const { desk: hasty, fake, opened } = desk()
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
    const { desk: first } = desk()
    await until(() => expect(first.inputs.value).toEqual([{ id: 'a', name: 'Interface', connected: true }]))
    first.chooseInput('a')
    list.mockResolvedValue([])
    const { desk: second } = desk()
    expect(second.inputs.value).toEqual([{ id: 'a', name: 'Interface', connected: false }])
    expect(second.input.value).toBe('a')
  })
})
