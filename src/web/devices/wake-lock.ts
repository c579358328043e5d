import type { Device } from '../../runtime/index.ts'

/** Keeps the screen awake while the music plays; where that can't be had, it dims as ever. */
export function createWakeLock(): Device {
  let wanted = false
  let lock: WakeLockSentinel | null = null
  const ask = async () => {
    if (!wanted || lock || document.visibilityState !== 'visible') return
    try {
      lock = await navigator.wakeLock.request('screen')
      lock.addEventListener('release', () => {
        lock = null
      })
    } catch {
      // A low battery or an old browser: the music does not depend on it.
    }
  }
  document.addEventListener('visibilitychange', () => void ask())
  return {
    observe(_, __, { transport: { playing } }) {
      if (playing === wanted) return
      wanted = playing
      if (wanted) void ask()
      else void lock?.release()
    },
  }
}
