import { quantile } from '../../bench/quantile.js'
import type { Growth } from '../growth.ts'
import { megabytes, report, sceneCounts } from '../report.ts'
import type { BrowserSimulation } from './simulation.ts'

/**
 * How much each may grow an hour. A page keeps the last 8,000 notes of the lead, in 0.4 KB each: that alone is 3 MB in the first
 * hour. The noise is about as large, and depends on what is on the page.
 */
const steepest = { heapBytes: 8e6, nodes: 4000, listeners: 1000 }

/** Checks what can only be checked at the end: that nothing has grown. */
export function checkGrowth({ violations, growth }: BrowserSimulation): void {
  for (const what of ['heapBytes', 'nodes', 'listeners'] as const) {
    const { slope } = growth[what]
    if ((slope ?? 0) > steepest[what])
      violations.add('the page does not grow', `by ${Math.round(slope ?? 0)} ${what} an hour`)
  }
}

/** The report, as it is printed. */
export function reportText(simulation: BrowserSimulation, seed: number): string {
  const { monitor, growth, diagnostics, longTasks } = simulation
  const worst = (of: 'keys' | 'lateness', figure: 'median' | 'p99' | 'most') =>
    Math.max(0, ...diagnostics.filter((each) => each[of].count > 0).map((each) => each[of][figure])).toFixed(2)
  const figures = (of: 'keys' | 'lateness') =>
    `median ${worst(of, 'median')} ms, p99 ${worst(of, 'p99')} ms, most ${worst(of, 'most')} ms, of the worst minute each`
  const late = (share: number) => quantile(monitor.lateMs, share)
  const grown = ({ samples, slope }: Growth, say: (value: number) => string) => {
    const [first, last] = [samples[0], samples.at(-1)]
    if (!first || !last || Number.isNaN(last.value)) return 'not measured'
    const an = slope === null ? 'too short for a slope' : `${say(slope)} an hour`
    return `${say(first.value)} at first, ${say(last.value)} at last, ${an}`
  }
  return report(
    [
      ['seed', seed],
      ['minutes', (simulation.seconds / 60).toFixed(1)],
      ['moves', simulation.moves],
      ['notes sent', `${monitor.notes} to two instruments`],
      ['missed', simulation.missed],
      ['hanging', simulation.hanging],
      ['late at the ports', `median ${late(0.5)} ms, p99 ${late(0.99)} ms, most ${late(1)} ms`],
      ['late for the sound', figures('lateness')],
      ['key to sound', figures('keys')],
      ['tasks over 50 ms', taskText(longTasks)],
      ['threads killed', `${simulation.kills}, replaced ${simulation.restarts}`],
      ['sessions recovered', `${simulation.recovered}, and ${simulation.opened} opened from files`],
      ['exceptions', simulation.exceptions],
      ['console errors', simulation.consoleErrors],
      [simulation.memoryOf, grown(growth.heapBytes, (bytes) => `${megabytes(bytes)} MB`)],
      ['DOM nodes', grown(growth.nodes, (count) => count.toFixed(0))],
      ['listeners', grown(growth.listeners, (count) => count.toFixed(0))],
      ['scenes', sceneCounts(simulation.scenes)],
    ],
    simulation.violations,
  )
}

function taskText(tasks: BrowserSimulation['longTasks']): string {
  const longest = tasks
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, 3)
    .map(({ ms, scene }) => `${ms.toFixed(0)} ms (${scene})`)
  return [String(tasks.length), ...longest].join(', ')
}
