import { type Performance, PerformanceError, readPerformance } from '../../session/index.ts'
import type { PerformanceStore } from './autosave.ts'

/**
 * A performance from a store, up to where it was last stored.
 *
 * @returns null where there is none under this name.
 * @throws PerformanceError with a sentence when it is damaged.
 */
export async function recover(store: PerformanceStore, name: string): Promise<Performance | null> {
  const text = await store.read(name)
  if (text === null) return null
  try {
    return readPerformance(text)
  } catch (error) {
    if (error instanceof PerformanceError) throw new PerformanceError(`${name} ${error.message}`)
    throw error
  }
}
