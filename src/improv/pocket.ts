/** How surprising a line is to be to the performer's own memory. */
export type PocketOptions = {
  /** From −1, as the performer plays, over 0, natural, to 1, strange. */
  readonly pocket: number
  /** Whether it gets there in the course of each phrase, from natural. */
  readonly builds?: boolean
}

/** After how many notes a phrase that builds has reached the dial. */
const buildNotes = 16

/** How far the dial is turned at a note of a phrase; 0 is its first. */
export function turnedAt({ pocket, builds }: PocketOptions, phraseNotes: number): number {
  return builds ? pocket * Math.min(1, phraseNotes / buildNotes) : pocket
}

/** How much a dial at 1 asks for, as a part of how far the surprises of this moment lie apart: open moments bear more. */
const reach = 0.22

/** What has less than this part of the likeliest one's chance stays as it is. */
const plausible = 0.1

/** The strongest pull, up or down. */
const strongest = 6

/** How much of what is owed is asked for at the next note, and what is left of it at each note. */
const gain = 0.15
const patience = 0.9
const mostOwed = 4

/** No chance counts as less: nobody is infinitely surprised. */
const leastChance = 1e-4

/** Kinds below this number may give each other some of their chances; those from here on are guarded, and keep their own. */
export const freeKinds = 6
const kinds = 8

/** How much of a kind's gain it may keep: 0 is nothing, 1 all. */
const exchange = 0.12

/** How surprising the line is to the performer's memory, in nats: plain data. */
export type PocketCourse = {
  /** What the last note was to surprise by, on average, and what it did. */
  readonly target: number
  readonly surprise: number
  /** How much the notes so far are short of their targets, the older ones counting less. */
  readonly owed: number
}

/** The course once a class has been chosen. */
export function courseAfter(course: PocketCourse | null, { target, surprises }: Lean, token: number): PocketCourse {
  const surprise = surprises[token] as number
  const owed = patience * ((course?.owed ?? 0) + target - surprise)
  return { target, surprise, owed: Math.max(-mostOwed, Math.min(mostOwed, owed)) }
}

/** What a lean was after, in nats of surprise to the performer's memory. */
export type Lean = {
  /** What the note was to surprise by, on average. */
  target: number
  /** What each class would surprise by. */
  readonly surprises: Float64Array
}

/**
 * Leads a choice out of the performer's pocket, or into it: p ∝ natural · performer^−λ, and at each note λ is found anew so
 * that the running surprise meets its target. What is guarded stays as likely as it is, and other kinds change places only
 * in part: so the line stays one that a soloist plays.
 */
export type Pocket = {
  /**
   * Adds to the bias what the dial asks for.
   *
   * @param logits of the model, to which the bias will be added; −∞ rules a class out, but not all of them.
   * @param kind of each class, below {@link freeKinds}, or one or two above.
   * @param course of the notes before.
   */
  lean(
    bias: Float64Array,
    logits: Float32Array,
    performer: Float64Array,
    kind: ArrayLike<number>,
    choice: { readonly pocket: number; readonly temperature: number },
    course: PocketCourse | null,
  ): Lean
}

/** Makes a {@link Pocket} for a number of classes; it allocates nothing later. */
export function createPocket(classes: number): Pocket {
  const natural = new Float64Array(classes)
  const leant = new Float64Array(classes)
  let kind: ArrayLike<number> = []
  const [mass, weight, share] = [new Float64Array(kinds), new Float64Array(kinds), new Float64Array(kinds)]
  const plausibles = new Uint8Array(classes)
  let many = 0
  const lean: Lean = { target: 0, surprises: new Float64Array(classes) }
  const { surprises } = lean

  /** The mean surprise of the plausible classes where λ leads, and their chances there. */
  const leadBy = (lambda: number): number => {
    weight.fill(0)
    for (let index = 0; index < many; index++) {
      const token = plausibles[index] as number
      const pulled = (natural[token] as number) * Math.exp(lambda * (surprises[token] as number))
      leant[token] = pulled
      weight[kind[token] as number] = (weight[kind[token] as number] as number) + pulled
    }
    let [free, moved] = [0, 0]
    for (let of = 0; of < freeKinds; of++) {
      const [before, after] = [mass[of] as number, weight[of] as number]
      share[of] = before > 0 ? before * (after / before) ** exchange : 0
      free += before
      moved += share[of] as number
    }
    for (let of = 0; of < kinds; of++) {
      share[of] = of < freeKinds ? ((share[of] as number) * free) / moved : (mass[of] as number)
    }
    let sum = 0
    for (let index = 0; index < many; index++) {
      const token = plausibles[index] as number
      const of = kind[token] as number
      leant[token] = ((leant[token] as number) * (share[of] as number)) / (weight[of] as number)
      sum += (leant[token] as number) * (surprises[token] as number)
    }
    return sum
  }

  return {
    lean(bias, logits, performer, kindOf, { pocket, temperature }, course) {
      kind = kindOf
      const heat = Math.max(0.05, temperature)
      softmax(logits, bias, heat, natural)
      let [mean, square, likeliest] = [0, 0, 0]
      for (let token = 0; token < classes; token++) {
        const surprise = -Math.log(Math.max(leastChance, performer[token] as number))
        const chance = natural[token] as number
        surprises[token] = surprise
        mean += chance * surprise
        square += chance * surprise ** 2
        likeliest = Math.max(likeliest, chance)
      }
      const spread = Math.sqrt(Math.max(0, square - mean ** 2))
      lean.target = mean + pocket * reach * spread
      if (pocket === 0) return lean
      const threshold = plausible * likeliest
      let rest = 0
      many = 0
      mass.fill(0)
      for (let token = 0; token < classes; token++) {
        const chance = natural[token] as number
        if (chance < threshold) rest += chance * (surprises[token] as number)
        else {
          plausibles[many++] = token
          mass[kind[token] as number] = (mass[kind[token] as number] as number) + chance
        }
      }
      const wanted = lean.target + Math.min(gain, gain * 4 * Math.abs(pocket)) * (course?.owed ?? 0) - rest
      let [low, high] = [-strongest, strongest]
      for (let step = 0; step < 14; step++) {
        const middle = (low + high) / 2
        if (leadBy(middle) < wanted) low = middle
        else high = middle
      }
      leadBy((low + high) / 2)
      for (let index = 0; index < many; index++) {
        const token = plausibles[index] as number
        bias[token] = (bias[token] as number) + heat * Math.log((leant[token] as number) / (natural[token] as number))
      }
      return lean
    },
  }
}

/** The chances of scores at a temperature. */
function softmax(logits: Float32Array, bias: Float64Array, temperature: number, chances: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY
  for (let token = 0; token < chances.length; token++) {
    most = Math.max(most, (logits[token] as number) + (bias[token] as number))
  }
  let sum = 0
  for (let token = 0; token < chances.length; token++) {
    const score = (logits[token] as number) + (bias[token] as number)
    const weight = Math.exp((score - most) / temperature)
    chances[token] = weight
    sum += weight
  }
  for (let token = 0; token < chances.length; token++) chances[token] = (chances[token] as number) / sum
}
