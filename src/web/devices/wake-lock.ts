/** Keeps the screen awake while somebody plays; where that can't be had, it dims as ever. */
export function createWakeLock(): { hold(on: boolean): void } {
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
    hold(on) {
      if (on === wanted) return
      wanted = on
      if (on) void ask()
      else void lock?.release()
    },
  }
}
