import { classInterval, intervalClass, intervalClasses } from '../../models/index.ts'
import { type MidiPitch, mod, pitchClass } from '../../music/index.ts'
import { createChain, hashOf } from './chain.ts'
import { createExpert, type Expert, refine, settle } from './expert.ts'
import { type HabitualRange, rangeOf } from './habitual-range.ts'
import { createMatches, longestMatch } from './matches.ts'
import { createNoteRing, unknown } from './note-ring.ts'
import { chordKinds, type KeptChord, type PastNote } from './played-note.ts'
import { createTally } from './tally.ts'

const pitches = 128
const degrees = 12

/** The hash of contexts of which too little is known. */
const nowhere = 0

/** Where a line begins of which nothing is known. */
const middleC = 60

/** What is known when a pitch is to be chosen. */
export type Moment = {
  /** The pitches of the line, the newest first: a list that nobody changes. */
  readonly pitches: readonly MidiPitch[]
  readonly chord: KeptChord | null
}

/** What three experts say: by intervals, by pitches, and by degrees of the chord. */
export type Experts = { readonly interval: Expert; readonly pitch: Expert; readonly degree: Expert }

/** The names of the experts, in the order of their weights. */
export const expertNames = ['interval', 'pitch', 'degree'] as const

/** The experts of memories, in the order of their weights; null where there is none. */
export function inOrder(memories: readonly (Experts | null)[]): (Expert | null)[] {
  const list: (Expert | null)[] = []
  for (const experts of memories) for (const name of expertNames) list.push(experts?.[name] ?? null)
  return list
}

/**
 * Counts of what somebody plays, in contexts of several lengths; the oldest notes are forgotten. Its memory never grows,
 * and neither adding a note nor asking costs more the more it has heard.
 */
export type NoteCounts = {
  /** How many notes it counts. */
  readonly size: () => number
  add(note: PastNote): void
  /** Where it is played; null before anything is. */
  range(): HabitualRange | null
  /** Computes ahead what its experts will be asked for, if the moment that is expected comes. */
  expect(moment: Moment): void
  /**
   * What its experts say of a moment, until it is asked again.
   *
   * @param own the soloist's own chance of each class: a degree has no octave, and takes it from there.
   */
  ask(moment: Moment, own: ArrayLike<number>): Experts
}

/** Empty counts. @param capacity of notes, a power of two. */
export function createNoteCounts(capacity: number): NoteCounts {
  const ring = createNoteRing(capacity)
  const { oldest, pitch, interval, degree, over, kind } = ring
  const [habits, steps] = [createTally(1, intervalClasses), createTally(intervalClasses, intervalClasses)]
  const [keys, moves] = [createTally(1, pitches), createTally(pitches, pitches)]
  const [tones, degreeMoves] = [
    createTally(chordKinds.length, degrees),
    createTally(chordKinds.length * degrees, degrees),
  ]
  const [byInterval, byPitch, byDegree] = [createChain(capacity), createChain(capacity), createChain(capacity)]
  const experts = {
    interval: createExpert(intervalClasses),
    pitch: createExpert(intervalClasses),
    degree: createExpert(intervalClasses),
  }
  const matches = createMatches(intervalClasses)
  const octaves = new Float64Array(degrees)
  const toneExpert = createExpert(degrees)

  /** Counts a note in the tallies, or forgets it. */
  const tally = (place: number, times: 1 | -1) => {
    const [now, before] = [pitch(place), place > oldest() ? pitch(place - 1) : unknown]
    keys.add(0, now, times)
    const step = interval(place)
    if (step !== unknown) {
      habits.add(0, step, times)
      const last = place > oldest() ? interval(place - 1) : unknown
      if (last !== unknown) steps.add(last, step, times)
      if (before !== unknown) moves.add(before, now, times)
    }
    if (degree(place) === unknown) return
    tones.add(kind(place), degree(place), times)
    if (over(place) !== unknown) degreeMoves.add(kind(place) * degrees + over(place), degree(place), times)
  }

  const add = (note: PastNote) => {
    // The oldest one's neighbour stays, so what leads from one to the other is forgotten while both are there.
    if (ring.total() >= capacity) forget(ring.total() - capacity)
    const place = ring.add(note)
    tally(place, 1)
    chain(place)
  }
  /** Remembers a place by its contexts; one of which too little is known comes among those that nobody looks for. */
  const chain = (place: number) => {
    const isKnown = interval(place) !== unknown && place > 1 && interval(place - 1) !== unknown
    const [last, step] = isKnown ? [pitch(place - 1), interval(place - 1)] : [unknown, unknown]
    byInterval.add(place, isKnown && interval(place - 2) !== unknown ? hashOf(step, interval(place - 2)) : nowhere)
    byPitch.add(place, isKnown ? hashOf(last, pitch(place - 2)) : nowhere)
    byDegree.add(place, isKnown && over(place) !== unknown ? hashOf(kind(place), over(place), step) : nowhere)
  }
  const forget = (place: number) => {
    tally(place, -1)
    const next = place + 1
    if (interval(next) === unknown) return
    moves.add(pitch(place), pitch(next), -1)
    if (interval(place) !== unknown) steps.add(interval(place), interval(next), -1)
  }

  const askIntervals = (wanted: readonly number[]) => {
    const expert = experts.interval
    matches.begin(expert)
    refine(expert, 0, habits.total(0), habits.distinct(0), (token) => habits.count(0, token))
    const [last, before] = wanted
    if (last === undefined) return settle(expert)
    refine(expert, 1, steps.total(last), steps.distinct(last), (token) => steps.count(last, token))
    if (before === undefined) return settle(expert)
    byInterval.visit(hashOf(last, before), oldest(), (place) => {
      const next = interval(place)
      if (next === unknown) return
      const length = ring.matchLength(place, wanted)
      if (length >= 2) matches.note(length, next)
    })
    matches.lead(expert, 2)
    settle(expert)
  }
  const askPitches = (line: readonly MidiPitch[], last: MidiPitch, wanted: readonly number[]) => {
    const expert = experts.pitch
    matches.begin(expert)
    const key = (token: number) => last + classInterval(token)
    const isKey = (token: number) => key(token) >= 0 && key(token) < pitches
    refine(expert, 0, keys.total(0), keys.distinct(0), (token) => (isKey(token) ? keys.count(0, key(token)) : 0))
    const moved = (token: number) => (isKey(token) ? moves.count(last, key(token)) : 0)
    refine(expert, 1, moves.total(last), moves.distinct(last), moved)
    const before = line[1]
    if (before === undefined) return settle(expert)
    byPitch.visit(hashOf(last, before), oldest(), (place) => {
      const next = interval(place)
      if (next === unknown || place - 1 < oldest() || pitch(place - 1) !== last) return
      const length = 1 + ring.matchLength(place, wanted)
      if (length >= 2) matches.note(length, next)
    })
    matches.lead(expert, 2)
    settle(expert)
  }
  const askDegrees = (chord: KeptChord, last: MidiPitch, wanted: readonly number[]) => {
    const [harmony, lastDegree] = [chordKinds.indexOf(chord.kind), pitchClass(last - chord.root)]
    const context = harmony * degrees + lastDegree
    matches.begin(toneExpert)
    refine(toneExpert, 0, tones.total(harmony), tones.distinct(harmony), (tone) => tones.count(harmony, tone))
    refine(toneExpert, 1, degreeMoves.total(context), degreeMoves.distinct(context), (tone) =>
      degreeMoves.count(context, tone),
    )
    const [step] = wanted
    if (step !== undefined) {
      byDegree.visit(hashOf(harmony, lastDegree, step), oldest(), (place) => {
        if (kind(place) !== harmony || over(place) !== lastDegree) return
        const length = ring.matchLength(place, wanted)
        if (length >= 1) matches.note(1 + length, degree(place))
      })
      matches.lead(toneExpert, 2)
    }
  }
  /** A degree has no octave: it takes the soloist's own. */
  const placeDegrees = (chord: KeptChord | null, last: MidiPitch, own: ArrayLike<number>) => {
    const expert = experts.degree
    if (!chord) {
      matches.begin(expert)
      for (let token = 0; token < intervalClasses; token++) expert.chances[token] = own[token] as number
      return settle(expert)
    }
    const lowest = mod(last + classInterval(0) - chord.root, degrees)
    octaves.fill(0)
    for (let token = 0; token < intervalClasses; token++) {
      const tone = (lowest + token) % degrees
      octaves[tone] = (octaves[tone] as number) + (own[token] as number)
    }
    for (let token = 0; token < intervalClasses; token++) {
      const tone = (lowest + token) % degrees
      const all = octaves[tone] as number
      const share = all > 0 ? (own[token] as number) / all : 1 / 4
      expert.chances[token] = (toneExpert.chances[tone] as number) * share
    }
    expert.order = toneExpert.order
    expert.count = toneExpert.count
    expert.distinct = toneExpert.distinct
    settle(expert)
  }

  /** What was expected last, and of how many notes. */
  let expected: Moment | null = null
  let expectedOf = 0
  let wanted: readonly number[] = []
  const expect = (moment: Moment) => {
    const { pitches: line, chord } = moment
    const [last = middleC] = line
    const isAnother = line !== expected?.pitches || expectedOf !== ring.total()
    if (isAnother) {
      wanted = intervalsOf(line)
      askIntervals(wanted)
      askPitches(line, last, wanted)
    }
    if (chord && (isAnother || !isSameChord(chord, expected?.chord))) askDegrees(chord, last, wanted)
    expected = moment
    expectedOf = ring.total()
  }
  let range: HabitualRange | null = null
  let ranged = 0

  return {
    range() {
      if (ranged !== ring.total()) [range, ranged] = [rangeOf(keys, pitches), ring.total()]
      return range
    },
    size: () => Math.min(ring.total(), capacity),
    add,
    expect,
    ask(moment, own) {
      expect(moment)
      placeDegrees(moment.chord, moment.pitches[0] ?? middleC, own)
      return experts
    },
  }
}

function isSameChord({ root, kind }: KeptChord, other?: KeptChord | null): boolean {
  return root === other?.root && kind === other.kind
}

/** The intervals of a line, as classes, the newest first; as many as are looked at. */
function intervalsOf(line: readonly MidiPitch[]): number[] {
  const most = Math.min(line.length - 1, longestMatch)
  return Array.from({ length: Math.max(0, most) }, (_, index) =>
    intervalClass((line[index] as MidiPitch) - (line[index + 1] as MidiPitch)),
  )
}
