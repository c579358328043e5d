/** How two clocks are related, in milliseconds. */
export type ClockMatch = {
  /** The other clock said `theirs` between two moments of ours: when it was asked, and when the answer came. */
  answered(asked: number, theirs: number, answered: number): void
  /** Nothing is known any more: another clock may come in its place. */
  forget(): void
  /** The moment of ours at a moment of theirs; null while nothing is known. */
  toOurs(theirs: number): number | null
  /** The moment of theirs at a moment of ours; null while nothing is known. */
  toTheirs(ours: number): number | null
}

/** How many answers count, the newest: clocks drift apart. */
const answers = 16

/**
 * Matches two clocks by asking, as NTP does (RFC 5905 §8): the answer that took the shortest way there and back says
 * most, and is wrong by half of that way at most.
 */
export function createClockMatch(): ClockMatch {
  const known: { readonly ahead: number; readonly wayMs: number }[] = []
  const ahead = () =>
    known.length === 0 ? null : known.reduce((best, each) => (each.wayMs < best.wayMs ? each : best)).ahead
  return {
    answered(asked, theirs, answered) {
      if (known.length === answers) known.shift()
      known.push({ ahead: theirs - (asked + answered) / 2, wayMs: answered - asked })
    },
    forget() {
      known.length = 0
    },
    toOurs(theirs) {
      const by = ahead()
      return by === null ? null : theirs - by
    },
    toTheirs(ours) {
      const by = ahead()
      return by === null ? null : ours + by
    },
  }
}
