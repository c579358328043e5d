import type { Violations } from './invariants/violations.ts'

/** A report's lines, and which invariants were violated. */
export function report(
  rows: readonly (readonly [what: string, value: string | number])[],
  violations: Violations,
): string {
  const table = rows.map(([name, value]) => `${name.padEnd(20)}${value}`).join('\n')
  if (violations.counts.size === 0) return `${table}\n\nEvery invariant held.`
  const counts = [...violations.counts].map(([invariant, count]) => `  ${invariant}: violated ${count} times`)
  return `${table}\n\nViolations:\n${counts.join('\n')}\n\n${violations.first.join('\n')}`
}

/** How often each scene was played. */
export function sceneCounts(scenes: Readonly<Record<string, number>>): string {
  return Object.entries(scenes)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}

/** Bytes, in millions. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2)
}
