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

/** The first and the last of some cases and one in the middle, or only the first; `npm run test:all` tries them all. */
export function some<Case>(cases: readonly Case[], count: 1 | 3 = 3): readonly Case[] {
  if (inject('share') === 1) return cases
  if (count === 1) return cases.slice(0, 1)
  const last = cases.length - 1
  return cases.filter((_, index) => index === 0 || index === last || index === last >> 1)
}

// What a property tries that says no number.
fc.configureGlobal({ numRuns: runs(500) })
