import { classInterval, intervalClass } from '../../models/index.ts'
import { type MidiPitch, mod, pitchClass } from '../../music/index.ts'
import { createChain, hashOf } from './chain.ts'
import { createExpert, type Expert, refine, settle } from './expert.ts'
import { chordKinds, type KeptChord, type PastNote } from './played-note.ts'
import { createTally } from './tally.ts'

const classes = 49
const pitches = 128
const degrees = 12

/** No expert looks back further than so many events. */
const longestMatch = 8

/** So rare a pitch is no part of a range; and nobody keeps to a few keys for ever. */
const rareShare = 0.01
const leastSpread = 4

/** Where a line begins of which nothing is known. */
const middleC = 60

/** In the columns: unknown, and equal to nothing. */
const unknown = -1

/** What is known when a pitch is to be chosen. */
export type Moment = {
  /** The pitches of the line, the newest first. */
  readonly pitches: readonly MidiPitch[]
  readonly chord: KeptChord | null
}

/** What three experts say: by intervals, by pitches, and by degrees of the chord. */
export type Experts = { readonly interval: Expert; readonly pitch: Expert; readonly degree: Expert }

/** Where somebody plays, in MIDI pitches. */
export type HabitualRange = {
  /** All but one in a hundred of the pitches to either side are within. */
  readonly lowest: MidiPitch
  readonly highest: MidiPitch
  /** Their mean, and their standard deviation. */
  readonly middle: number
  readonly spread: number
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
  /** Computes ahead what its experts say of intervals and pitches after these, the newest first. */
  expect(pitches: readonly MidiPitch[]): void
  /**
   * What its experts say of a moment, until it is asked again.
   *
   * @param own the soloist's own chance of each class: a degree has no octave, and takes it from there.
   */
  ask(moment: Moment, own: ArrayLike<number>): Experts
}

/** Empty counts. @param capacity of notes, a power of two. */
export function createNoteCounts(capacity: number): NoteCounts {
  const column = () => new Int16Array(capacity)
  const [pitch, interval, degree, over, kind] = [column(), column(), column(), column(), column()]
  const [habits, steps] = [createTally(1, classes), createTally(classes, classes)]
  const [keys, moves] = [createTally(1, pitches), createTally(pitches, pitches)]
  const [tones, leanings] = [createTally(chordKinds.length, degrees), createTally(chordKinds.length * degrees, degrees)]
  const [byInterval, byPitch, byDegree] = [createChain(capacity), createChain(capacity), createChain(capacity)]
  const experts = { interval: createExpert(classes), pitch: createExpert(classes), degree: createExpert(classes) }
  const matched = Array.from({ length: longestMatch + 1 }, () => new Float64Array(classes))
  const octaves = new Float64Array(degrees)
  const toneExpert = createExpert(degrees)
  let total = 0

  const at = (values: Int16Array, place: number) => values[place & (capacity - 1)] as number
  const oldest = () => Math.max(0, total - capacity)

  /** Counts a note in the tallies, or forgets it. */
  const tally = (place: number, times: 1 | -1) => {
    const [now, before] = [at(pitch, place), place > oldest() ? at(pitch, place - 1) : unknown]
    keys.add(0, now, times)
    const step = at(interval, place)
    if (step !== unknown) {
      habits.add(0, step, times)
      const last = place > oldest() ? at(interval, place - 1) : unknown
      if (last !== unknown) steps.add(last, step, times)
      if (before !== unknown) moves.add(before, now, times)
    }
    if (at(degree, place) === unknown) return
    tones.add(at(kind, place), at(degree, place), times)
    if (at(over, place) !== unknown) leanings.add(at(kind, place) * degrees + at(over, place), at(degree, place), times)
  }

  const add: NoteCounts['add'] = (note) => {
    // The oldest one's neighbour goes with it, so its transition is forgotten while both are there.
    if (total >= capacity) forget(total - capacity)
    const place = total
    const last = note.since === null || place === 0 ? null : at(pitch, place - 1)
    const set = (values: Int16Array, value: number) => {
      values[place & (capacity - 1)] = value
    }
    set(pitch, note.pitch)
    set(interval, last === null ? unknown : intervalClass(note.pitch - last))
    const { chord } = note
    set(degree, chord ? pitchClass(note.pitch - chord.root) : unknown)
    set(over, chord && last !== null ? pitchClass(last - chord.root) : unknown)
    set(kind, chord ? chordKinds.indexOf(chord.kind) : unknown)
    total++
    tally(place, 1)
    byAll(place, last)
  }
  const byAll = (place: number, last: number | null) => {
    const step = place > 0 ? at(interval, place - 1) : unknown
    const further = place > 1 ? at(interval, place - 2) : unknown
    const isKnown = last !== null && step !== unknown
    byInterval.add(place, isKnown && further !== unknown ? hashOf(step, further) : 0)
    byPitch.add(place, isKnown ? hashOf(last, at(pitch, place - 2)) : 0)
    byDegree.add(place, isKnown && at(over, place) !== unknown ? hashOf(at(kind, place), at(over, place), step) : 0)
  }
  const forget = (place: number) => {
    tally(place, -1)
    const next = place + 1
    if (at(interval, next) === unknown) return
    moves.add(at(pitch, place), at(pitch, next), -1)
    if (at(interval, place) !== unknown) steps.add(at(interval, place), at(interval, next), -1)
  }

  /** Leads an expert by the longest contexts, from the matches that were noted at their exact lengths. */
  const refineByMatches = (expert: Expert, from: number) => {
    for (let order = longestMatch - 1; order >= from; order--) {
      const [longer, these] = [matched[order + 1] as Float64Array, matched[order] as Float64Array]
      for (let token = 0; token < these.length; token++)
        these[token] = (these[token] as number) + (longer[token] as number)
    }
    for (let order = from; order <= longestMatch; order++) {
      const counts = matched[order] as Float64Array
      let [sum, kinds] = [0, 0]
      for (const count of counts) if (count > 0) [sum, kinds] = [sum + count, kinds + 1]
      if (sum === 0) return
      refine(expert, order, sum, kinds, (token) => counts[token] as number)
    }
  }
  const note = (length: number, token: number) => {
    const counts = matched[Math.min(length, longestMatch)] as Float64Array
    counts[token] = (counts[token] as number) + 1
  }
  const begin = (expert: Expert) => {
    for (const counts of matched) counts.fill(0)
    expert.chances.fill(1 / expert.chances.length)
    expert.order = 0
    expert.count = 0
    expert.distinct = 0
  }
  /** How many of a line's intervals, the newest first, a place has before it. */
  const matchLength = (place: number, wanted: readonly number[]) => {
    let length = 0
    while (length < wanted.length && place - 1 - length >= oldest()) {
      if (at(interval, place - 1 - length) !== wanted[length]) break
      length++
    }
    return length
  }

  const askIntervals = (wanted: readonly number[]) => {
    const expert = experts.interval
    begin(expert)
    refine(expert, 0, habits.total(0), habits.distinct(0), (token) => habits.count(0, token))
    const [last, before] = wanted
    if (last === undefined) return settle(expert)
    refine(expert, 1, steps.total(last), steps.distinct(last), (token) => steps.count(last, token))
    if (before === undefined) return settle(expert)
    byInterval.visit(hashOf(last, before), oldest(), (place) => {
      const next = at(interval, place)
      if (next === unknown) return
      const length = matchLength(place, wanted)
      if (length >= 2) note(length, next)
    })
    refineByMatches(expert, 2)
    settle(expert)
  }
  const askPitches = (line: readonly MidiPitch[], last: MidiPitch, wanted: readonly number[]) => {
    const expert = experts.pitch
    begin(expert)
    const key = (token: number) => last + classInterval(token)
    const isKey = (token: number) => key(token) >= 0 && key(token) < pitches
    refine(expert, 0, keys.total(0), keys.distinct(0), (token) => (isKey(token) ? keys.count(0, key(token)) : 0))
    const moved = (token: number) => (isKey(token) ? moves.count(last, key(token)) : 0)
    refine(expert, 1, moves.total(last), moves.distinct(last), moved)
    const before = line[1]
    if (before === undefined) return settle(expert)
    byPitch.visit(hashOf(last, before), oldest(), (place) => {
      const next = at(interval, place)
      if (next === unknown || place - 1 < oldest() || at(pitch, place - 1) !== last) return
      const length = 1 + matchLength(place, wanted)
      if (length >= 2) note(length, next)
    })
    refineByMatches(expert, 2)
    settle(expert)
  }
  const askDegrees = ({ chord }: Moment, last: MidiPitch, wanted: readonly number[], own: ArrayLike<number>) => {
    const expert = experts.degree
    if (!chord) {
      begin(expert)
      for (let token = 0; token < classes; token++) expert.chances[token] = own[token] as number
      return settle(expert)
    }
    const [harmony, leaning] = [chordKinds.indexOf(chord.kind), pitchClass(last - chord.root)]
    const context = harmony * degrees + leaning
    begin(toneExpert)
    refine(toneExpert, 0, tones.total(harmony), tones.distinct(harmony), (tone) => tones.count(harmony, tone))
    refine(toneExpert, 1, leanings.total(context), leanings.distinct(context), (tone) => leanings.count(context, tone))
    const [step] = wanted
    if (step !== undefined) {
      byDegree.visit(hashOf(harmony, leaning, step), oldest(), (place) => {
        if (at(kind, place) !== harmony || at(over, place) !== leaning) return
        const length = matchLength(place, wanted)
        if (length >= 1) note(1 + length, at(degree, place))
      })
      refineByMatches(toneExpert, 2)
    }
    // A degree has no octave: it takes the soloist's own.
    const toneOf = (token: number) => mod(last + classInterval(token) - chord.root, degrees)
    octaves.fill(0)
    for (let token = 0; token < classes; token++) {
      octaves[toneOf(token)] = (octaves[toneOf(token)] as number) + (own[token] as number)
    }
    for (let token = 0; token < classes; token++) {
      const all = octaves[toneOf(token)] as number
      const share = all > 0 ? (own[token] as number) / all : 1 / 4
      expert.chances[token] = (toneExpert.chances[toneOf(token)] as number) * share
    }
    expert.order = toneExpert.order
    expert.count = toneExpert.count
    expert.distinct = toneExpert.distinct
    settle(expert)
  }

  /** What was expected last, and of how many notes. */
  let expected: readonly MidiPitch[] | null = null
  let expectedOf = 0
  let wanted: readonly number[] = []
  const expect = (line: readonly MidiPitch[]) => {
    if (line === expected && expectedOf === total) return
    wanted = intervalsOf(line)
    askIntervals(wanted)
    askPitches(line, line[0] ?? middleC, wanted)
    expected = line
    expectedOf = total
  }
  const findRange = (): HabitualRange | null => {
    const all = keys.total(0)
    if (all === 0) return null
    let [sum, square, below, lowest, highest] = [0, 0, 0, -1, 0]
    for (let key = 0; key < pitches; key++) {
      const count = keys.count(0, key)
      if (count === 0) continue
      below += count
      sum += count * key
      square += count * key ** 2
      if (lowest < 0 && below > rareShare * all) lowest = key
      if (below - count < (1 - rareShare) * all) highest = key
    }
    const middle = sum / all
    return { lowest, highest, middle, spread: Math.max(leastSpread, Math.sqrt(square / all - middle ** 2)) }
  }
  let range: HabitualRange | null = null
  let ranged = 0

  return {
    range() {
      if (ranged !== total) [range, ranged] = [findRange(), total]
      return range
    },
    size: () => Math.min(total, capacity),
    add,
    expect,
    ask(moment, own) {
      const { pitches: line } = moment
      expect(line)
      askDegrees(moment, line[0] ?? middleC, wanted, own)
      return experts
    },
  }
}

/** The intervals of a line, as classes, the newest first; as many as are looked at. */
function intervalsOf(line: readonly MidiPitch[]): number[] {
  const most = Math.min(line.length - 1, longestMatch)
  return Array.from({ length: Math.max(0, most) }, (_, index) =>
    intervalClass((line[index] as MidiPitch) - (line[index + 1] as MidiPitch)),
  )
}
