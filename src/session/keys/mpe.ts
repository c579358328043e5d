/**
 * The zones of MIDI Polyphonic Expression (M1-100-UM, 2018): each note of a zone has a channel of its own, a member, and a
 * master channel speaks for all of them.
 */
export type MpeZones = {
  /** How many members the lower zone has, from channel 2 up; its master is channel 1. 0 where there is none. */
  readonly lower: number
  /** How many members the upper zone has, from channel 15 down; its master is channel 16. */
  readonly upper: number
}

/** No zone. */
export const noMpe: MpeZones = { lower: 0, upper: 0 }

/** The channels that masters have, and that zones are configured on. */
export const [lowerMaster, upperMaster] = [1, 16] as const

/** Channels between the two masters. */
const between = 14

/** The zones after one was configured; it takes channels from the other. */
export function withZone({ lower, upper }: MpeZones, master: number, members: number): MpeZones {
  const count = Math.min(between + 1, members)
  const rest = Math.max(0, between - count)
  // All fifteen others are members of a single zone.
  if (master === lowerMaster) return { lower: count, upper: count > between ? 0 : Math.min(upper, rest) }
  return { lower: count > between ? 0 : Math.min(lower, rest), upper: count }
}

/** What a channel is in the zones; null where it is in none. */
export function placeInZones({ lower, upper }: MpeZones, channel: number): 'master' | 'member' | null {
  if (lower > 0 && channel <= lowerMaster + lower) return channel === lowerMaster ? 'master' : 'member'
  if (upper > 0 && channel >= upperMaster - upper) return channel === upperMaster ? 'master' : 'member'
  return null
}

/** The members of the zone that a channel belongs to. */
export function membersBeside({ lower, upper }: MpeZones, channel: number): readonly number[] {
  const isLower = lower > 0 && channel <= lowerMaster + lower
  const first = isLower ? lowerMaster + 1 : upperMaster - upper
  return Array.from({ length: isLower ? lower : upper }, (_, index) => first + index)
}
