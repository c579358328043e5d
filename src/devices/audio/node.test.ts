import { afterEach, describe, expect, it, vi } from 'vitest'
import type { DueNote } from '../../session/index.ts'
import { type NodeSound, openNodeSound } from './node.ts'

const closing: NodeSound[] = []
afterEach(() => {
  vi.doUnmock('node-web-audio-api')
  for (const sound of closing.splice(0)) sound.end()
})

/** Sound that nobody hears. */
async function opened(): Promise<NodeSound> {
  const sound = await openNodeSound({ type: 'none' })
  if ('trouble' in sound) throw new Error(sound.trouble)
  closing.push(sound)
  return sound
}

const due = (track: DueNote['track'], pitch: number): DueNote => ({
  track,
  pitch,
  velocity: 100,
  gain: 1,
  beat: 0,
  beats: 1,
})

describe('sound from the machine’s own device', () => {
  it('plays keys at once and loops at their moments of the monotonic clock, and never before', async () => {
    const sound = await opened()
    const loud = (track: 'bass' | 'lead') => () => sound.level(track).peak > 0.001
    sound.sound({ type: 'sound', track: 'lead', pitch: 60, velocity: 90, gain: 1, by: 'human', key: 60 })
    await expect.poll(loud('lead')).toBe(true)
    expect(loud('bass')()).toBe(false)
    const at = performance.now() / 1000 + 3
    sound.schedule(due('bass', 40), at, 20)
    await expect.poll(loud('bass'), { interval: 1 }).toBe(true)
    // A device that nobody hears renders ahead: some milliseconds, and up to a second where the machine has been busy.
    expect(performance.now() / 1000).toBeGreaterThan(at - 2)
    sound.silence(null)
    await expect.poll(loud('bass')).toBe(false)
  })

  it('forgets what is silenced before its moment', async () => {
    const sound = await opened()
    const soon = performance.now() / 1000 + 0.1
    sound.schedule(due('bass', 40), soon, 20)
    sound.schedule(due('chords', 60), soon + 0.1, 20)
    sound.silence('bass')
    await expect.poll(() => sound.level('chords').peak).toBeGreaterThan(0.001)
    expect(sound.level('bass').peak).toBe(0)
  })

  it('is a sentence where there is no device, or no package', async () => {
    vi.doMock('node-web-audio-api', () => ({
      AudioContext: class {
        constructor() {
          throw new DOMException('DeviceNotAvailable', 'InvalidStateError')
        }
      },
    }))
    expect(await openNodeSound()).toEqual({ trouble: expect.stringMatching(/^No sound device opens here: .*\.$/) })
    vi.doMock('node-web-audio-api', () => {
      throw new Error('Cannot find package')
    })
    expect(await openNodeSound()).toEqual({ trouble: expect.stringContaining('npm install node-web-audio-api') })
  })
})
