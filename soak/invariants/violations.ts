import type { Seconds } from '../../src/timing/index.ts'

/** Where broken promises are written down. */
export type Book = {
  /** A promise is broken. */
  breach(promise: string, detail: string): void
  /** How often each promise has been broken. */
  readonly breaches: ReadonlyMap<string, number>
  /** The first ones, as sentences. */
  readonly first: readonly string[]
}

/** So many are told in full. */
const told = 12

/** Opens a book. */
export function createBook(now: () => Seconds): Book {
  const breaches = new Map<string, number>()
  const first: string[] = []
  return {
    breach(promise, detail) {
      breaches.set(promise, (breaches.get(promise) ?? 0) + 1)
      if (first.length < told) first.push(`${now().toFixed(3)} s: ${promise}: ${detail}`)
    },
    breaches,
    first,
  }
}
