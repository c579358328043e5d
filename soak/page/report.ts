import { quantile } from '../../bench/quantile.js'
import type { Growth } from '../growth.ts'
import { megabytes, report, sceneCounts } from '../report.ts'
import type { Concert } from './concert.ts'

/** What may grow, and by how much an hour: what is measured jitters by about as much, with what is on the page. */
const steepest = { heapBytes: 4e6, nodes: 4000, listeners: 1000 }

/** Judges what can only be judged at the end. */
export function judge({ book, growth }: Concert): void {
  for (const what of ['heapBytes', 'nodes', 'listeners'] as const) {
    const { slope } = growth[what]
    if ((slope ?? 0) > steepest[what])
      book.breach('the page does not grow', `by ${Math.round(slope ?? 0)} ${what} an hour`)
  }
}

/** What is printed. */
export function concertText(concert: Concert, seed: number): string {
  const { ears, growth, trust, longTasks } = concert
  const worst = (of: 'keys' | 'lateness', figure: 'median' | 'p99' | 'most') =>
    Math.max(0, ...trust.filter((each) => each[of].count > 0).map((each) => each[of][figure])).toFixed(2)
  const figures = (of: 'keys' | 'lateness') =>
    `median ${worst(of, 'median')} ms, p99 ${worst(of, 'p99')} ms, most ${worst(of, 'most')} ms, of the worst minute each`
  const late = (share: number) => quantile(ears.lateMs, share)
  const grown = ({ weighings, slope }: Growth, say: (value: number) => string) => {
    const [first, last] = [weighings[0], weighings.at(-1)]
    if (!first || !last) return 'not weighed'
    const an = slope === null ? 'too short for a slope' : `${say(slope)} an hour`
    return `${say(first.weight)} at first, ${say(last.weight)} at last, ${an}`
  }
  return report(
    [
      ['seed', seed],
      ['minutes', (concert.seconds / 60).toFixed(1)],
      ['moves', concert.moves],
      ['notes sent', `${ears.notes} to two instruments`],
      ['missed', concert.missed],
      ['hanging', concert.hanging],
      ['late at the ports', `median ${late(0.5)} ms, p99 ${late(0.99)} ms, most ${late(1)} ms`],
      ['late for the sound', figures('lateness')],
      ['key to sound', figures('keys')],
      ['tasks over 50 ms', taskText(longTasks)],
      ['threads killed', `${concert.kills}, replaced ${concert.restarts}`],
      ['sessions recovered', `${concert.recovered}, and ${concert.opened} opened from files`],
      ['exceptions', concert.exceptions],
      ['console errors', concert.complaints],
      ['heap', grown(growth.heapBytes, (bytes) => `${megabytes(bytes)} MB`)],
      ['DOM nodes', grown(growth.nodes, (count) => count.toFixed(0))],
      ['listeners', grown(growth.listeners, (count) => count.toFixed(0))],
      ['scenes', sceneCounts(concert.scenes)],
    ],
    concert.book,
  )
}

function taskText(tasks: Concert['longTasks']): string {
  const longest = tasks
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, 3)
    .map(({ ms, scene }) => `${ms.toFixed(0)} ms (${scene})`)
  return [String(tasks.length), ...longest].join(', ')
}
