/** How much is tried: `npm test` proves each law on some cases, `npm run test:all` on all that it asks for. */
import fc from 'fast-check'
import { inject } from 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The share of the cases that are tried here, above 0 and up to 1: `vitest.config.ts` sets it. */
    readonly share: number
  }
}

/** How many cases of a law are tried here, where `npm run test:all` tries so many. */
export function runs(all: number): number {
  return Math.ceil(all * inject('share'))
}

/** So many of some cases, evenly from the first to the last, or only the first; `npm run test:all` tries them all. */
export function some<Case>(cases: readonly Case[], count = 3): readonly Case[] {
  if (inject('share') === 1) return cases
  const step = (cases.length - 1) / (count - 1)
  const chosen = new Set(Array.from({ length: count }, (_, index) => Math.floor(index * step || 0)))
  return cases.filter((_, index) => chosen.has(index))
}

// What a property tries that says no number.
fc.configureGlobal({ numRuns: runs(500) })
