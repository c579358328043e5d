/**
 * A seeded source of chance (Tommy Ettinger's mulberry32): the same seed gives the same
 * numbers on every machine. Its state is one number, to be kept with whatever has to be replayed.
 */
export type Random = {
  /** The next number, at least 0 and below 1. */
  next(): number
  /** A generator made with this state goes on from here. */
  readonly state: number
}

/** Starts a generator from a seed, or goes on from a state. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
    },
    get state() {
      return state
    },
  }
}
