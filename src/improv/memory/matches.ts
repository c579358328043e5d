import { type Expert, refine } from './expert.ts'

/** How many events an expert looks back at most. */
export const longestMatch = 8

/** What came after contexts like the present one, by how many events they have in common: for one question at a time. */
export type Matches = {
  /** Forgets what was noted, and lets an expert begin with all classes alike. */
  begin(expert: Expert): void
  /** A class came after a context with this many events in common. */
  note(length: number, token: number): void
  /** Leads an expert by the matches of this many events and more, the longest last. */
  lead(expert: Expert, from: number): void
}

/** No matches. It allocates nothing later. */
export function createMatches(classes: number): Matches {
  /** By their exact length, until an expert is led by them: then by at least that. */
  const matched = Array.from({ length: longestMatch + 1 }, () => new Float64Array(classes))
  /** The longest match that was noted: beyond it nothing is counted. */
  let longest = 0
  return {
    begin(expert) {
      for (let order = 0; order <= longest; order++) matched[order]?.fill(0)
      longest = 0
      expert.chances.fill(1 / expert.chances.length)
      expert.order = 0
      expert.count = 0
      expert.distinct = 0
    },
    note(length, token) {
      const order = Math.min(length, longestMatch)
      const counts = matched[order] as Float64Array
      counts[token] = (counts[token] as number) + 1
      longest = Math.max(longest, order)
    },
    lead(expert, from) {
      for (let order = longest - 1; order >= from; order--) {
        const [longer, these] = [matched[order + 1] as Float64Array, matched[order] as Float64Array]
        for (let token = 0; token < these.length; token++)
          these[token] = (these[token] as number) + (longer[token] as number)
      }
      for (let order = from; order <= longest; order++) {
        const counts = matched[order] as Float64Array
        let [sum, kinds] = [0, 0]
        for (const count of counts) if (count > 0) [sum, kinds] = [sum + count, kinds + 1]
        refine(expert, order, sum, kinds, (token) => counts[token] as number)
      }
    },
  }
}
