import type { MidiPitch } from '../../music/index.ts'
import { createNoteCounts, type Experts, inOrder, type Moment, type NoteCounts } from './counts.ts'
import type { HabitualRange } from './habitual-range.ts'
import { createMix } from './mixing.ts'
import { mixingWeights } from './mixing-weights.ts'
import { noPast, noteAt, oldestNote, type Past } from './past.ts'
import type { KeptChord, PastNote } from './played-note.ts'

/** Notes of a session that are counted, at least as many as are remembered; and of a performer. */
const sessionNotes = 8192
const performerNotes = 32768

/**
 * How much the memories' weights count where a line is played, against where one is only foreseen. A soloist remembers its own
 * notes, too: what it has repeated it would repeat again, so it goes by the session less, and by the performer more. So
 * lines repeat themselves as often as soloists do, and are the performer's.
 */
const [sessionShare, performerShare] = [0.5, 1.3]
const playingWeights = mixingWeights.map(
  (weight, index) => weight * (index < mixingWeights.length / 2 ? sessionShare : performerShare),
)

/** From this many notes on a session has a range of its own. */
const settledNotes = 160

/** The longest context that is looked up, in pitches. */
const longestContext = 9

/** What memories say of the pitch that is to be chosen. */
export type Recollection = {
  /** The chance of each class by the model alone. */
  readonly own: Float64Array
  /** The chance of each class, once what both have played and what the performer plays are mixed with the model's own. */
  readonly mixed: Float64Array
  /** The chance of each class by the performer's memory alone; null where nobody is known. */
  readonly performer: Float64Array | null
  /** Where the performer plays, or, where nobody is known, where this session has; null where that is not known yet. */
  readonly range: HabitualRange | null
}

/** Counts of what has been played, kept for a soloist that asks at each key press. */
export type Recall = {
  /** From here on nobody is known, until what somebody has played is learnt. */
  forgetPerformer(): void
  /** The performer has played this, too. */
  learn(played: readonly PastNote[]): void
  /**
   * What the memories say of the next note, until they are asked again.
   *
   * @param own the model's chance of each class. @param isGuest whether somebody else plays than the performer.
   */
  ask(past: Past, chord: KeptChord | null, own: Float64Array, isGuest?: boolean): Recollection
  /** Computes ahead what the next question needs not wait for. */
  prepare(past: Past): void
}

/** Memories of nothing yet. @param classes of the soloist. */
export function createRecall(classes: number): Recall {
  const mix = createMix()
  const mixed = new Float64Array(classes)
  const performed = new Float64Array(classes)
  let session = createNoteCounts(sessionNotes)
  let performer: NoteCounts | null = null
  let counted = noPast
  let line: readonly MidiPitch[] = []

  const follow = (past: Past) => {
    if (past === counted) return
    if (!extendsPast(past, counted)) {
      session = createNoteCounts(sessionNotes)
      counted = noPast
    }
    for (let number = Math.max(counted.total, oldestNote(past)); number < past.total; number++) {
      session.add(noteAt(past, number) as PastNote)
    }
    counted = past
  }
  /** Brings the counts to a past, and returns what they are asked by: its last pitches, and the chord. */
  const expect = (past: Past, chord: KeptChord | null): Moment => {
    if (past !== counted || line.length === 0) {
      follow(past)
      line = lastPitches(past)
    }
    const moment = { pitches: line, chord }
    session.expect(moment)
    performer?.expect(moment)
    return moment
  }
  /** Where the performer plays, or where nobody is known, where the session has. */
  const rangeOf = (known: NoteCounts | null) =>
    known ? known.range() : session.size() < settledNotes ? null : session.range()
  return {
    prepare(past) {
      // As a rule, the chord goes on.
      expect(past, noteAt(past, past.total - 1)?.chord ?? null)
      rangeOf(performer)
    },
    forgetPerformer() {
      performer = null
    },
    learn(played) {
      if (played.length > 0) performer ??= createNoteCounts(performerNotes)
      for (const note of played) performer?.add(note)
    },
    ask(past, chord, own, isGuest = false) {
      const moment = expect(past, chord)
      const known = isGuest ? null : performer
      const experts = known?.ask(moment, own) ?? null
      mix(own, inOrder([session.ask(moment, own), experts]), playingWeights, mixed)
      if (experts) meanOf(experts, performed)
      return { own, mixed, performer: experts && performed, range: rangeOf(known) }
    },
  }
}

/** Whether a past is another one with more notes. */
function extendsPast(past: Past, shorter: Past): boolean {
  if (shorter.total > past.total || shorter.total < oldestNote(past)) return false
  return shorter.total === 0 || noteAt(past, shorter.total - 1) === noteAt(shorter, shorter.total - 1)
}

/** The newest first. */
function lastPitches(past: Past): number[] {
  const pitches: number[] = []
  for (let number = past.total - 1; pitches.length < longestContext; number--) {
    const note = noteAt(past, number)
    if (!note) break
    pitches.push(note.pitch)
  }
  return pitches
}

/** The performer's own model: its three experts alike. */
function meanOf({ interval, pitch, degree }: Experts, chances: Float64Array): void {
  for (let token = 0; token < chances.length; token++) {
    chances[token] =
      ((interval.chances[token] as number) + (pitch.chances[token] as number) + (degree.chances[token] as number)) / 3
  }
}
