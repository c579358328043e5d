import { afterEach, expect, it, vi } from 'vitest'
import { text } from '../text.ts'
import { openSound } from './sound.ts'

afterEach(() => vi.unstubAllGlobals())

/** What some browsers give where there is no device: it runs, and no time passes. */
class StandingStill extends AudioContext {
  override get currentTime() {
    return 0
  }
}

it('sounds that can’t be fetched are told, and nothing waits for them any more', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  const sound = openSound()
  await sound.ready
  sound.wakeUp()
  expect([sound.settings.trouble.value, sound.loaded.value]).toEqual([text.sound.unfetched, 1])
})

it('a sound card that never begins is told, once somebody plays', async () => {
  vi.stubGlobal('AudioContext', StandingStill)
  const sound = openSound()
  expect(sound.settings.trouble.value).toBeNull()
  sound.wakeUp()
  await expect.poll(() => sound.settings.trouble.value, { timeout: 20_000 }).toBe(text.sound.none)
})
