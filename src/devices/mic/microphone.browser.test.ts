import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { SessionInput } from '../../session/index.ts'
import { type Microphone, type MicrophoneListener, openMicrophone } from './microphone.ts'

let context: AudioContext
beforeEach(() => {
  context = new AudioContext()
})
afterEach(() => context.close())

/** Somebody who doesn't listen. */
const deaf: MicrophoneListener = { receive: () => {}, lost: () => {}, muted: () => {} }

/** A microphone before which a line of tones is played; each is loud for a quarter of a second. */
async function withTones(pitches: readonly number[], every: number) {
  const room = context.createMediaStreamDestination()
  const heard: { readonly input: SessionInput; readonly at: number }[] = []
  let told = () => {}
  const devices = { getUserMedia: async () => room.stream }
  const opened = await openMicrophone(
    context,
    {
      ...deaf,
      receive(input, at) {
        heard.push({ input, at })
        told()
      },
    },
    { devices },
  )
  const microphone = opened as Microphone
  microphone.latency = 0
  // Browsers sound for those who have touched the page.
  await userEvent.click(document.documentElement)
  await context.resume()
  const start = context.currentTime + 0.3
  for (const [index, pitch] of pitches.entries()) {
    const at = start + index * every
    const tone = new OscillatorNode(context, { type: 'sawtooth', frequency: 440 * 2 ** ((pitch - 69) / 12) })
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(0.3, at).setValueAtTime(0, at + 0.25)
    tone.connect(gain).connect(room)
    tone.start(at)
    tone.stop(at + 0.25)
  }
  const when = (count: number) =>
    new Promise<void>((resolve) => {
      told = () => heard.length >= count && resolve()
      told()
    })
  return { microphone, heard, start, when, room }
}

describe('a microphone in a real browser', () => {
  it('hears notes, and when they began', async () => {
    const pitches = [45, 48, 52, 57, 60]
    const { heard, start, when, microphone } = await withTones(pitches, 0.4)
    await when(10)
    const begins = heard.flatMap(({ input, at }) => (input.type === 'noteOn' ? [{ ...input, at }] : []))
    expect(begins.map(({ pitch }) => pitch)).toEqual(pitches)
    // The way from the fake room into the worklet is the browser's; from note to note it is the same.
    const ways = begins.map(({ at }, index) => at - start - index * 0.4)
    for (const way of ways) expect(Math.abs(way - (ways[0] as number))).toBeLessThan(0.015)
    microphone.end()
  })

  it('puts notes back by the latency, and lets go of what sounds when it ends', async () => {
    const { microphone, heard, when } = await withTones([57], 1)
    microphone.latency = 1000
    await when(1)
    expect(microphone.pitch).toBe(57)
    microphone.end()
    expect(heard.map(({ input, at }) => [input.type, at])).toEqual([
      ['noteOn', 0],
      ['noteOff', 0],
    ])
    expect(microphone.pitch).toBeNull()
  })

  it('lets go of what sounds when the sound card falls asleep, and hears on when it wakes', async () => {
    const { microphone, heard, when } = await withTones([57, 60], 1)
    await when(1)
    await context.suspend()
    await when(2)
    expect([heard[1]?.input, microphone.pitch]).toEqual([{ type: 'noteOff', pitch: 57 }, null])
    await context.resume()
    await when(4)
    expect(heard.findLast(({ input }) => input.type === 'noteOn')?.input).toMatchObject({ pitch: 60 })
    microphone.end()
  })

  it('measures the round-trip latency, by ticks that it hears and takes for no notes', async () => {
    const { microphone, heard, room } = await withTones([], 1)
    const way = new DelayNode(context, { delayTime: 0.12 })
    way.connect(room)
    const { destination } = context
    const spy = vi.spyOn(context, 'destination', 'get').mockReturnValue(way as unknown as AudioDestinationNode)
    const measured = microphone.measure()
    spy.mockRestore()
    expect(context.destination).toBe(destination)
    const latency = (await measured) as number
    // The fake room takes its own time.
    expect(latency).toBeGreaterThan(0.119)
    expect(latency).toBeLessThan(0.6)
    expect(await microphone.measure()).toBeNull()
    expect(heard).toEqual([])
    microphone.end()
  })

  it.each([
    ['NotAllowedError', /not allowed here: allow it/],
    ['NotFoundError', /There is no microphone: plug one in/],
    ['NotReadableError', /another program holds it/],
    ['OverconstrainedError', /plug it in, or choose another/],
  ])('says in a sentence what to do about a %s', async (name, sentence) => {
    const getUserMedia = async () => {
      throw new DOMException('No.', name)
    }
    const opened = await openMicrophone(context, deaf, { devices: { getUserMedia } })
    expect(opened).toEqual({ trouble: expect.stringMatching(sentence) })
  })
})
