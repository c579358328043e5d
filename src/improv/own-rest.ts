/**
 * How a player plays and rests, as far as their own playing has shown it: plain data, which nothing changes. What is
 * longer ago counts less. Times are in seconds.
 */
export type RestMemory = {
  /** Inter-onset times: of the phrase that is under way, and of all. */
  readonly phrase: Faded
  readonly pace: Faded
  /** What sounded, over the inter-onset times within phrases: how legato the playing is. */
  readonly sounded: Faded
  /** The rests between phrases. */
  readonly rests: Faded
}

/** A sum in which what is older counts less, and the sum of its weights. */
type Faded = { readonly sum: number; readonly weight: number }

const nothing: Faded = { sum: 0, weight: 0 }

/** A player who has not played. */
export const noRests: RestMemory = { phrase: nothing, pace: nothing, sounded: nothing, rests: nothing }

/** What is left of a weight at each note after it; in a phrase, in all playing, and at each rest. */
const fading = { phrase: 0.92, pace: 0.99, sounded: 0.97, rests: 0.97 } as const

/** What a player is taken for until their playing says otherwise, and for how many notes or rests that counts. */
const expected = {
  /** In beats. */
  pace: { is: 0.4, for: 2 },
  /** The part of a note that sounds. */
  sounded: { is: 0.5, for: 0.5 },
  /** In inter-onset times at the player's pace. */
  rests: { is: 2.3, for: 3 },
  /** The notes of a phrase that are still to come are as long as these, in beats and in the player's inter-onset times. */
  phrase: { beats: 0.35, paces: 0.9, for: 3.5 },
} as const

/** How much the rest at a phrase's end has of each, and between which ends it is, in seconds. */
const rest = { always: 0.03, phrase: 0.5, pace: 0.5, rests: 0.17, cut: 0.7, shortest: 0.2, longest: 4 } as const

/** Longer notes and rests count as long as this, in inter-onset times at the player's pace. */
const longest = { note: 2.8, inPhrase: 2, rest: 8, held: 5 } as const

/** In seconds. Longer times count as this long: a sum of times without bound overflows. */
const anHour = 3600

/**
 * How long no key may sound, in seconds from the last release, before the phrase counts as over, for this player.
 *
 * It goes by the pace of the phrase, the pace of all that was played, and the rests that this player leaves between
 * phrases. What staccato takes from the last note's length doesn't count as rest: it is added, up to the length of
 * a long note. So slow and staccato players are not cut off, and quick ones are not waited for. The constants were fitted to
 * the phrases of 369 jazz solos, as they were played, half as fast and staccato, and tried on others, by
 * `npm run eval -- --only phrase`.
 *
 * @param sounded how long the last note sounded, in seconds.
 * @param bpm the tempo, in beats a minute: it says what to expect of a player who has only just begun.
 */
export function ownRest(memory: RestMemory, sounded: number, bpm: number): number {
  const { phrase, rests } = memory
  const beat = 60 / bpm
  const pace = paceOf(memory, bpm)
  const length = expected.phrase.beats * beat + expected.phrase.paces * pace
  const toCome = Math.max(0, expected.phrase.for - phrase.weight)
  const inPhrase = mean(phrase, length, toCome)
  const between = mean(rests, expected.rests.is * pace, expected.rests.for)
  const legato = Math.min(1, mean(memory.sounded, expected.sounded.is, expected.sounded.for, pace))
  const cut = Math.min(sounded, longest.held * pace) * (1 / legato - 1)
  const found = rest.always + rest.phrase * inPhrase + rest.pace * pace + rest.rests * between + rest.cut * cut
  return Math.min(rest.longest, Math.max(rest.shortest, found))
}

/**
 * The memory once a note has begun.
 *
 * @param interOnset how long after the note before it began, in seconds; keys struck as a chord are one note.
 * @param sounded how long the note before it sounded.
 */
export function hearOnset(memory: RestMemory, interOnset: number, sounded: number, bpm: number): RestMemory {
  const known = paceOf(memory, bpm)
  const pace = faded(memory.pace, fading.pace, Math.min(interOnset, longest.note * known))
  const gap = interOnset - sounded
  if (gap > ownRest(memory, sounded, bpm)) {
    const rests = faded(memory.rests, fading.rests, Math.min(gap, longest.rest * known))
    return { ...memory, phrase: nothing, pace, rests }
  }
  return {
    phrase: faded(memory.phrase, fading.phrase, Math.min(interOnset, longest.inPhrase * known)),
    pace,
    sounded: faded(memory.sounded, fading.sounded, Math.min(sounded, interOnset, anHour), Math.min(interOnset, anHour)),
    rests: memory.rests,
  }
}

/** The mean inter-onset time of all playing. */
function paceOf({ pace }: RestMemory, bpm: number): number {
  return mean(pace, (expected.pace.is * 60) / bpm, expected.pace.for)
}

/** A faded sum with something more. */
function faded({ sum, weight }: Faded, by: number, value: number, counts = 1): Faded {
  return { sum: sum * by + value, weight: weight * by + counts }
}

/** The mean of what was heard and what is expected. @param unit what one of those that are expected weighs. */
function mean({ sum, weight }: Faded, expected: number, count: number, unit = 1): number {
  return (sum + expected * count * unit) / (weight + count * unit)
}
