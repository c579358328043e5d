/** Two tabs that add to one performance would spoil it: a tab that plays one holds its lock (Web Locks). */
const prefix = 'tradefours performance '

/**
 * Holds a performance for this tab, until the tab is closed.
 *
 * @returns what lets it go; null where another tab holds it. A browser without locks lets everybody have it.
 */
export function holdPerformance(name: string): Promise<(() => void) | null> {
  if (!('locks' in navigator)) return Promise.resolve(() => {})
  return new Promise((resolve) => {
    void navigator.locks.request(prefix + name, { ifAvailable: true }, (lock) => {
      if (lock) return new Promise<void>((letGo) => resolve(letGo))
      resolve(null)
      return undefined
    })
  })
}

/** The performances that tabs hold, this one's with them. */
export async function heldPerformances(): Promise<ReadonlySet<string>> {
  if (!('locks' in navigator)) return new Set()
  const { held = [] } = await navigator.locks.query()
  return new Set(held.map(({ name = '' }) => name.slice(prefix.length)))
}
