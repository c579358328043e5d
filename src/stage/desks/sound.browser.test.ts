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

it('a sound card that never begins is told, once somebody plays', async () => {
  vi.stubGlobal('AudioContext', StandingStill)
  const sound = openSound()
  expect(sound.desk.trouble.value).toBeNull()
  sound.wakeUp()
  await expect.poll(() => sound.desk.trouble.value, { timeout: 20_000 }).toBe(text.sound.none)
})
