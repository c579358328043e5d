import type { Book } from './invariants/violations.ts'

/** A report's lines, and what became of the promises. */
export function report(rows: readonly (readonly [what: string, value: string | number])[], book: Book): string {
  const table = rows.map(([name, value]) => `${name.padEnd(20)}${value}`).join('\n')
  if (book.breaches.size === 0) return `${table}\n\nEvery promise was kept.`
  const broken = [...book.breaches].map(([promise, count]) => `  ${promise}: broken ${count} times`)
  return `${table}\n\nBroken:\n${broken.join('\n')}\n\n${book.first.join('\n')}`
}

/** How often each scene was played. */
export function sceneCounts(scenes: Readonly<Record<string, number>>): string {
  return Object.entries(scenes)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}

/** Bytes in millions. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2)
}
