/** What an expert says of the next interval. */
export type Expert = {
  /** The chance of each of the soloist's classes; together 1. */
  readonly chances: Float64Array
  /** Their natural logarithms, none below that of {@link leastChance}: mixing goes by these. */
  readonly logs: Float64Array
  /** How many events before the pitch the memory has met together: 0 where it goes by habit alone. */
  order: number
  /** How often it met them, and how many different things followed. */
  count: number
  distinct: number
  /** How open it leaves the choice, in nats. */
  entropy: number
}

/** No chance counts as less: an expert may not rule out what it has not met. */
const leastChance = 1e-7

/** An expert that has said nothing. */
export function createExpert(classes: number): Expert {
  const [chances, logs] = [new Float64Array(classes).fill(1 / classes), new Float64Array(classes)]
  const expert = { chances, logs, order: 0, count: 0, distinct: 0, entropy: 0 }
  settle(expert)
  return expert
}

/** Notes the logarithms of chances. @returns how open they leave the choice, in nats. */
export function noteLogs(chances: Float64Array, logs: Float64Array): number {
  let entropy = 0
  for (let token = 0; token < chances.length; token++) {
    const chance = chances[token] as number
    const log = Math.log(Math.max(leastChance, chance))
    logs[token] = log
    entropy -= chance * log
  }
  return entropy
}

/** Makes the chances sum to 1, and finds how open they leave the choice. */
export function settle(expert: Expert): void {
  const { chances } = expert
  let sum = 0
  for (const chance of chances) sum += chance
  for (let token = 0; token < chances.length; token++) {
    chances[token] = sum > 0 ? (chances[token] as number) / sum : 1 / chances.length
  }
  expert.entropy = noteLogs(chances, expert.logs)
}

/**
 * Leads the chances towards what was counted, by Witten and Bell's rule (1991): what has not been met keeps as many parts
 * as there are different outcomes.
 *
 * @param count of each outcome after the context. @param order of that context.
 */
export function refine(
  expert: Expert,
  order: number,
  total: number,
  distinct: number,
  count: (token: number) => number,
): void {
  if (total === 0) return
  const { chances } = expert
  for (let token = 0; token < chances.length; token++) {
    chances[token] = (count(token) + distinct * (chances[token] as number)) / (total + distinct)
  }
  expert.order = order
  expert.count = total
  expert.distinct = distinct
}
