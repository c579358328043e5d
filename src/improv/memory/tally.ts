/** Counts of what followed each context, in one block of memory. */
export type Tally = {
  /** Counts that an outcome followed a context once more; by −1 it is forgotten once. */
  add(context: number, outcome: number, times: 1 | -1): void
  /** How often an outcome followed a context. */
  count(context: number, outcome: number): number
  /** How often anything did, and how many different outcomes did. */
  total(context: number): number
  distinct(context: number): number
}

/** An empty tally of a number of contexts and outcomes. */
export function createTally(contexts: number, outcomes: number): Tally {
  const counts = new Uint16Array(contexts * outcomes)
  const totals = new Uint32Array(contexts)
  const kinds = new Uint16Array(contexts)
  return {
    add(context, outcome, times) {
      const at = context * outcomes + outcome
      const before = counts[at] as number
      if (before + times < 0 || before + times > 0xffff) return
      counts[at] = before + times
      totals[context] = (totals[context] as number) + times
      if (before === 0 || before + times === 0) kinds[context] = (kinds[context] as number) + times
    },
    count: (context, outcome) => counts[context * outcomes + outcome] as number,
    total: (context) => totals[context] as number,
    distinct: (context) => kinds[context] as number,
  }
}
