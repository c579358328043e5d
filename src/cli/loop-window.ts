import { maxMeasures } from '../groove/index.ts'
import { type Measure, type MeasureMap, measureAt, measureNumber, pickupBeats } from '../io/midi-file/index.ts'
import { type Beats, type Metre, measureBeats, type Note, rounding } from '../music/index.ts'
import { InputError } from './input-error.ts'

/** Which measures of a file are wanted: numbers from 1, the first full measure. */
export type WindowOptions = { readonly from?: number; readonly to?: number; readonly bars?: number }

/** Measures of one metre in a row, inside a window. */
export type WindowRun = {
  /** From beat one of the window. */
  readonly beat: Beats
  readonly metre: Metre
  /** How many measures of the window come before. */
  readonly before: number
  readonly measures: number
}

/** The measures of a file that become a loop. */
export type LoopWindow = {
  /** The number in the file of the first full measure. */
  readonly bar: number
  /** Where that measure begins in the file. */
  readonly beat: Beats
  /** How long before it the music begins. */
  readonly pickup: Beats
  readonly measures: number
  /** At least one; one where the metre does not change. */
  readonly runs: readonly WindowRun[]
  /** What was left out, sentences that begin after the file's name. */
  readonly notices: readonly string[]
}

/** A note that is early by up to this belongs to what follows: half a sixteenth. */
const early: Beats = 1 / 8

/** A note that begins this little before a measure is its first one, ahead of time. */
const pushed: Beats = 1

/** The most empty measures at the end that are a rest; with more, the file was not cut. */
const longestRest = 16

/**
 * The measures that a part fills, from where it enters. A part that begins in a pickup measure, or at most half
 * a measure before one on whose first beat it goes on, begins with a pickup; so does one whose first note is pushed: it
 * begins less than a beat before a measure and sounds on into it. A single note long before the others doesn't count.
 *
 * The window ends with the last measure in which a note begins. What rings or rests on after that makes another measure
 * where it fills at least half of it: a late release and a tie into the loop's next pass don't.
 *
 * @param part at least one note, by onset; `end` is where its track ends.
 * @throws InputError with a sentence where no note is in the measures that are asked for, or too many are.
 */
export function loopWindow(
  part: { readonly notes: readonly Note[]; readonly end: Beats },
  map: MeasureMap,
  path: string,
  { from, to, bars }: WindowOptions,
): LoopWindow {
  const start = from === undefined ? entrance(part.notes, map) : { measure: measureNumber(map, from), pickup: 0 }
  const { measure, pickup } = start
  const filled = lastFilled(part, map, measure.bar)
  const last = to ?? (bars === undefined ? Math.max(measure.bar, filled.bar) : measure.bar + bars - 1)
  const measures = last - measure.bar + 1
  if (measures < 1)
    throw new InputError(`${path}: --to ${to} is before measure ${measure.bar}, where the groove begins.`)
  if (measures > maxMeasures) {
    throw new InputError(
      `${path} spans ${measures} measures: choose up to ${maxMeasures} of them with --from and --to.`,
    )
  }
  const window = { bar: measure.bar, beat: measure.beat, pickup, measures, runs: runsOf(map, measure, measures) }
  const notices = to === undefined && bars === undefined ? filled.notices : []
  if (windowNotes(part.notes, window).length > 0) return { ...window, notices }
  const first = measureAt(map, (part.notes[0]?.beat ?? 0) + early).bar
  throw new InputError(
    `${path} has no bass notes in measures ${measure.bar} to ${last}: it begins in measure ${first}. Choose others with --from, --to or --bars.`,
  )
}

/** The notes that begin in a window, pickup included, with their beats from its beat one. */
export function windowNotes<Played extends Note>(
  notes: readonly Played[],
  { beat: start, pickup, measures, runs }: Pick<LoopWindow, 'beat' | 'pickup' | 'measures' | 'runs'>,
): Played[] {
  const end = windowBeats({ measures, runs })
  return notes
    .map((note) => ({ ...note, beat: note.beat - start }))
    .filter(({ beat }) => beat >= -pickup - early && beat < end - early + rounding)
}

/** How long a window is, from its beat one. */
export function windowBeats({ runs }: Pick<LoopWindow, 'measures' | 'runs'>): Beats {
  const last = runs.at(-1)
  return last ? last.beat + last.measures * measureBeats(last.metre) : 0
}

function entrance(all: readonly Note[], map: MeasureMap): { measure: Measure; pickup: Beats } {
  const notes = withoutStray(all, map)
  const { beat: first, beats } = notes[0] ?? { beat: 0, beats: 0 }
  const measure = measureAt(map, first + early)
  const filePickup = pickupBeats(map)
  if (filePickup > 0 && measure.bar <= 1) return { measure: measureNumber(map, 1), pickup: filePickup }
  const next = measureNumber(map, measure.bar + 1)
  const isUpbeat = 2 * (next.beat - first - early) <= measureBeats(next.metre)
  const isPushed = next.beat - first < pushed && first + beats > next.beat + early
  const goesOn = isPushed || notes.some(({ beat }) => Math.abs(beat - next.beat) < early)
  const pickup = sixteenthOrTriplet(next.beat - first)
  return isUpbeat && goesOn ? { measure: next, pickup } : { measure, pickup: 0 }
}

/** The nearest sixteenth or triplet. */
function sixteenthOrTriplet(beats: Beats): Beats {
  const [sixteenth, triplet] = [4, 3].map((parts) => Math.round(parts * beats) / parts) as [Beats, Beats]
  return Math.abs(triplet - beats) < Math.abs(sixteenth - beats) ? triplet : sixteenth
}

/** A single note with this many empty measures after it is a sound check, or tells a sampler what to play. */
const longestSilence = 8
/** In a part of fewer notes it may be the music. */
const fewNotes = 8

/** The notes but for one that stands alone long before the others. */
function withoutStray(notes: readonly Note[], map: MeasureMap): readonly Note[] {
  const [first, second] = notes
  if (!first || !second || notes.length < fewNotes) return notes
  const silent = measureAt(map, second.beat + early).bar - measureAt(map, first.beat + first.beats).bar - 1
  return silent >= longestSilence ? notes.slice(1) : notes
}

/** The number of the last measure that a part fills. */
function lastFilled(
  { notes, end }: { readonly notes: readonly Note[]; readonly end: Beats },
  map: MeasureMap,
  from: number,
) {
  let bar = from
  for (const note of notes) {
    bar = Math.max(bar, measureAt(map, note.beat + early - rounding).bar, filledUpTo(map, note.beat + note.beats))
  }
  const rest = filledUpTo(map, end) - bar
  if (rest <= longestRest) return { bar: bar + Math.max(0, rest), notices: [] }
  return { bar, notices: [`goes on for ${rest} empty measures, which are left out: ask for them with --to.`] }
}

/** The number of the last measure of which at least half lies before a beat. */
function filledUpTo(map: MeasureMap, beat: Beats): number {
  const { bar, beat: start, metre } = measureAt(map, beat)
  return 2 * (beat - start) >= measureBeats(metre) ? bar : bar - 1
}

function runsOf(map: MeasureMap, first: Measure, measures: number): WindowRun[] {
  const end = first.bar + measures
  return map
    .filter((run) => run.bar < end && run.bar + run.measures > first.bar)
    .map(({ bar, beat, metre, measures }): WindowRun => {
      const skipped = Math.max(0, first.bar - bar)
      return {
        beat: beat + skipped * measureBeats(metre) - first.beat,
        metre,
        before: bar + skipped - first.bar,
        measures: Math.min(bar + measures, end) - bar - skipped,
      }
    })
}
