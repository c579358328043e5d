import type { Seconds } from '../../src/timing/index.ts'

/** The invariants that were violated in a simulation. */
export type Violations = {
  /** Adds a violation, and what exactly was wrong. */
  add(invariant: string, detail: string): void
  /** How often each invariant has been violated. */
  readonly counts: ReadonlyMap<string, number>
  /** The first ones, as sentences. */
  readonly first: readonly string[]
}

/** This many are described in full. */
const mostDescribed = 12

/** Makes an empty list of violations. @param now the time that is written beside each */
export function createViolations(now: () => Seconds): Violations {
  const counts = new Map<string, number>()
  const first: string[] = []
  return {
    add(invariant, detail) {
      counts.set(invariant, (counts.get(invariant) ?? 0) + 1)
      if (first.length < mostDescribed) first.push(`${now().toFixed(3)} s: ${invariant}: ${detail}`)
    },
    counts,
    first,
  }
}
