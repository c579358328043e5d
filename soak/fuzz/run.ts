import { mutate } from './mutate.ts'
import type { Target } from './target.ts'

/** What came of some cases of a target. */
export type Result = {
  /** How many inputs the target rejected, as it should. */
  readonly refused: number
  readonly slowestMs: number
  /** The most memory that this process has ever taken, buffers included. */
  readonly memoryMiB: number
  /** What should not have happened, with the number of its case. */
  readonly findings: readonly { readonly number: number; readonly what: string }[]
}

/** The most processor time that a case may take, in milliseconds. Other programs' time does not count. */
const longestMs = 2000

/** A batch stops after this many findings. */
const enough = 5

/** Runs a target with mutated inputs, batch by batch. @param from the number of the first case */
export async function* run(target: Target, from: number, count: number, batch = count): AsyncGenerator<Result> {
  const examples = target.good()
  for (const bytes of examples) await target.feed(bytes)
  for (let done = 0; done < count; done += batch) {
    yield await runBatch(target, examples, from + done, Math.min(batch, count - done))
  }
}

async function runBatch(
  { feed, errors }: Target,
  examples: Uint8Array[],
  from: number,
  count: number,
): Promise<Result> {
  const findings: { number: number; what: string }[] = []
  let [refused, slowestMs] = [0, 0]
  for (let number = from; number < from + count && findings.length < enough; number++) {
    const bytes = mutate(examples, number)
    const began = process.cpuUsage()
    try {
      await feed(bytes)
    } catch (error) {
      if (errors.some((expected) => error instanceof expected)) refused++
      else findings.push({ number, what: String((error as Error).stack ?? error) })
    }
    const { user, system } = process.cpuUsage(began)
    const took = (user + system) / 1000
    slowestMs = Math.max(slowestMs, took)
    if (took > longestMs) findings.push({ number, what: `it took ${took.toFixed(0)} ms` })
  }
  return { refused, slowestMs, memoryMiB: Math.round(process.resourceUsage().maxRSS / 1024), findings }
}
