import { spoilt } from './mutate.ts'
import type { Door } from './targets.ts'

/** How one door stood some cases. */
export type Stand = {
  readonly refused: number
  readonly slowestMs: number
  /** The most that this process has ever held, buffers included. */
  readonly memoryMiB: number
  /** What should not have happened: the case's number, and what it was. */
  readonly findings: readonly { readonly number: number; readonly what: string }[]
}

/** No reader takes more of a processor for anything, in milliseconds: what other programs take does not count. */
const longestMs = 2000

/** So many findings tell enough. */
const enough = 5

/** Tries a door with cases from a number on. */
export async function assault({ good, enter, refusals }: Door, from: number, count: number): Promise<Stand> {
  const examples = good()
  for (const bytes of examples) await enter(bytes)
  const findings: { number: number; what: string }[] = []
  let [refused, slowestMs] = [0, 0]
  for (let number = from; number < from + count && findings.length < enough; number++) {
    const bytes = spoilt(examples, number)
    const began = process.cpuUsage()
    try {
      await enter(bytes)
    } catch (error) {
      if (refusals.some((refusal) => error instanceof refusal)) refused++
      else findings.push({ number, what: String((error as Error).stack ?? error) })
    }
    const { user, system } = process.cpuUsage(began)
    const took = (user + system) / 1000
    slowestMs = Math.max(slowestMs, took)
    if (took > longestMs) findings.push({ number, what: `it took ${took.toFixed(0)} ms` })
  }
  return { refused, slowestMs, memoryMiB: Math.round(process.resourceUsage().maxRSS / 1024), findings }
}
