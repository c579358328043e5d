import type { MidiPitch } from '../../src/music/index.ts'
import { intervals } from '../statistics.ts'

/** The share of patterns of so many intervals that have been played before in the same line. */
export function reuse(lines: readonly (readonly MidiPitch[])[], length: number): number {
  let [again, all] = [0, 0]
  for (const line of lines) {
    const steps = intervals(line)
    const known = new Set<string>()
    for (let end = length; end <= steps.length; end++) {
      const pattern = steps.slice(end - length, end).join(' ')
      if (known.has(pattern)) again++
      known.add(pattern)
      all++
    }
  }
  return again / all
}
