import { eventLine, headLine, recorded, type SessionEvent, type SessionState } from '../../session/index.ts'

/** Where performances are kept, by name. Text is only ever added, so that a crash costs no more than the last of it. */
export type PerformanceStore = {
  names(): Promise<readonly string[]>
  /** The text under a name, or null where there is none. */
  read(name: string): Promise<string | null>
  /**
   * Adds text, and resolves once it will outlive a crash. Where it fails, nothing of it stays.
   *
   * @param head goes before it where there is no text yet, or no more.
   */
  append(name: string, text: string, head?: string): Promise<void>
  remove(name: string): Promise<void>
}

/** Keeps a performance while it is played. */
export type Autosave = {
  /** Takes an event and the state after it; the store is not touched. */
  append(event: SessionEvent, state: Pick<SessionState, 'keys'>): void
  /** Stores what has been kept since the last time. What could not be stored is tried again with the next call. */
  flush(): Promise<void>
}

/**
 * Keeps a performance in a store. Whoever plays calls `flush` each few seconds, and once more at the end.
 *
 * @param seed the performance's, which goes on where the store has it under this name.
 */
export function createAutosave(store: PerformanceStore, name: string, seed: number): Autosave {
  let waiting: string[] = []
  let flushing: Promise<void> = Promise.resolve()
  /** The last time that passed, where no line says so. */
  let tick: SessionEvent | null = null
  const storeWaiting = async () => {
    const lines = waiting
    if (lines.length === 0) return
    waiting = []
    try {
      await store.append(name, lines.join(''), headLine(seed))
    } catch (error) {
      waiting = [...lines, ...waiting]
      throw error
    }
  }
  return {
    append(event, state) {
      const kept = recorded(event, state)
      if (!kept) {
        tick = event
        return
      }
      // Hands are heard of a moment late: what came by itself meanwhile was there before them, and is in a replay, too.
      if (tick && tick.at > event.at) waiting.push(eventLine(tick))
      tick = null
      waiting.push(eventLine(kept))
    },
    flush() {
      flushing = flushing.catch(() => {}).then(storeWaiting)
      return flushing
    },
  }
}

/** The name of a performance that begins: it tells when, here, and sorts by it. */
export function performanceName(when: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`
  return `${day} ${two(when.getHours())}.${two(when.getMinutes())}.${two(when.getSeconds())}`
}
