import { createExpert, type Expert, refine, settle } from './expert.ts'

/**
 * Counts of what followed contexts of several lengths (a backoff model). A context is a row of whole numbers, the one that matters
 * most first; the longer the context that has been met before, the more the expert goes by what followed it.
 *
 * Each question goes through all counts: for memories that are asked a hundred times, and not at every key.
 */
export type ContextCounts = {
  readonly size: () => number
  add(context: readonly number[], outcome: number): void
  /** What it says of what follows a context, until it is asked again. */
  ask(context: readonly number[]): Expert
}

/** Empty counts. @param outcomes how many things may follow. @param longest how many numbers a context has. */
export function createContextCounts(outcomes: number, longest: number): ContextCounts {
  const met: { readonly context: readonly number[]; readonly outcome: number }[] = []
  const expert = createExpert(outcomes)
  const counts = Array.from({ length: longest + 1 }, () => new Float64Array(outcomes))
  return {
    size: () => met.length,
    add: (context, outcome) => met.push({ context, outcome }),
    ask(asked) {
      for (const each of counts) each.fill(0)
      for (const { context, outcome } of met) {
        let length = 0
        while (length < longest && context[length] !== undefined && context[length] === asked[length]) length++
        for (let order = 0; order <= length; order++) {
          const these = counts[order] as Float64Array
          these[outcome] = (these[outcome] as number) + 1
        }
      }
      expert.chances.fill(1 / outcomes)
      expert.order = expert.count = expert.distinct = 0
      for (const [order, these] of counts.entries()) {
        const total = these.reduce((sum, count) => sum + count, 0)
        if (total === 0) break
        const distinct = these.reduce((sum, count) => sum + Number(count > 0), 0)
        refine(expert, order, total, distinct, (token) => these[token] as number)
      }
      settle(expert)
      return expert
    },
  }
}
