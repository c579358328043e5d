import { createExpert, type Expert, refine, settle } from './expert.ts'

/**
 * Counts of what followed contexts of several lengths. A context is a row of whole numbers, what counts most first; what
 * has been met after a context of one number, of two, … leads the expert more and more.
 *
 * It looks at all that it has counted at each question: for memories that are asked a hundred times, not at every key.
 */
export type Ladder = {
  readonly size: () => number
  add(context: readonly number[], outcome: number): void
  /** What it says of what follows a context, until it is asked again. */
  ask(context: readonly number[]): Expert
}

/** An empty ladder. @param outcomes how many things may follow. @param rungs how many numbers a context has. */
export function createLadder(outcomes: number, rungs: number): Ladder {
  const met: { readonly context: readonly number[]; readonly outcome: number }[] = []
  const expert = createExpert(outcomes)
  const counts = Array.from({ length: rungs + 1 }, () => new Float64Array(outcomes))
  return {
    size: () => met.length,
    add: (context, outcome) => met.push({ context, outcome }),
    ask(asked) {
      for (const each of counts) each.fill(0)
      for (const { context, outcome } of met) {
        let length = 0
        while (length < rungs && context[length] !== undefined && context[length] === asked[length]) length++
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
