const buckets = 4096

/** How many places are looked at, the latest first: what somebody plays now counts for more than what was long ago. */
const mostVisited = 160

/**
 * The places of each context in a ring of notes, the latest first: a hash chain as compressors have (Deutsch, RFC 1951,
 * section 4). Its memory never grows, and what is overwritten in the ring needs no removal.
 */
export type Chain = {
  /** Remembers a place, whose number is one more than the last one's, by the hash of its context. */
  add(place: number, hash: number): void
  /** Visits the places that may have this context, the latest first; the visitor checks. */
  visit(hash: number, oldest: number, visitor: (place: number) => void): void
}

/** An empty chain. @param capacity of the ring, a power of two. */
export function createChain(capacity: number): Chain {
  const heads = new Int32Array(buckets).fill(-1)
  const before = new Int32Array(capacity)
  return {
    add(place, hash) {
      const bucket = hash & (buckets - 1)
      before[place & (capacity - 1)] = heads[bucket] as number
      heads[bucket] = place
    },
    visit(hash, oldest, visitor) {
      let place = heads[hash & (buckets - 1)] as number
      for (let visited = 0; place >= oldest && visited < mostVisited; visited++) {
        visitor(place)
        place = before[place & (capacity - 1)] as number
      }
    },
  }
}

/** A hash of small whole numbers. */
export function hashOf(a: number, b: number, c = 0): number {
  const mixed = Math.imul(a + 131, 0x9e3779b1) ^ Math.imul(b + 257, 0x85ebca6b) ^ Math.imul(c + 17, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
