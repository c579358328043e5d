import {
  type Bassline,
  type DrumHit,
  evenSixteenths,
  type Groove,
  hearSubdivision,
  leastTripletSwing,
  ownStep,
  type StepNote,
  type Subdivision,
  sixteenthBeat,
  sixthBeat,
  sortHits,
  stepSpan,
  triplets,
} from '../groove/index.ts'
import {
  type Beats,
  countsQuarters,
  type DrumStyle,
  isTripletStyle,
  mod,
  type Note,
  type Steps,
  stepsPerMeasure,
} from '../music/index.ts'
import { beatAt, secondsAt, swung, type Timeline, unswung } from '../timing/index.ts'
import { type LoopWindow, type WindowRun, windowNotes } from './loop-window.ts'

/** A bass note on the grid, and where and how long it sounds, from beat one. Steps are the subdivision's own. */
export type SongNote = StepNote & { readonly beat: Beats; readonly beats: Beats }

/** A stroke on the grid, and where it sounds, from beat one. Steps are the subdivision's own. */
export type SongHit = DrumHit & { readonly beat: Beats }

/** A stretch of a bassline in one metre. */
type SongRun = WindowRun & {
  /** The sixteenth at which it begins, from beat one. */
  readonly firstSixteenth: Steps
  readonly subdivision: Subdivision
  /** For the drums: steps are sixteenths from the run's start. */
  readonly bass: Bassline
}

/** A part of a file as a bassline, which may change its metre on the way. */
export type SongBass = {
  readonly window: LoopWindow
  /** How the beat is divided, where beats are quarter notes. */
  readonly subdivision: Subdivision
  /** Where the second eighth of a beat sounds for a drummer, who plays triplets from 0.59 on. */
  readonly drumSwing: number
  readonly runs: readonly SongRun[]
  /** Sorted by step, then pitch. */
  readonly notes: readonly SongNote[]
}

/** A note that is early by up to this belongs to what follows: half a sixteenth. */
const early: Beats = 1 / 8

/**
 * Puts a part's notes in a window on the grid. How the beat is divided is heard from the notes; in metres of eighths and
 * sixteenths nothing swings.
 *
 * @param swing where the second eighth of a beat is to sound; unless given, where the part has it.
 * @param style the drummer's: where the part has too few notes between the beats to tell, a style of triplets swings.
 */
export function songBass(
  played: readonly Note[],
  window: LoopWindow,
  { swing, style }: { readonly swing?: number; readonly style?: DrumStyle } = {},
): SongBass {
  const inWindow = windowNotes(played, window)
  const placed = inWindow.map((note) => ({ note, index: runIndexAt(window.runs, note.beat) }))
  const hasQuarters = window.runs.every(({ metre }) => countsQuarters(metre))
  const heardAll = hearSubdivision(
    placed.flatMap(({ note, index }) => {
      const run = window.runs[index]
      return run && countsQuarters(run.metre) ? [note.beat - run.beat] : []
    }),
    hasQuarters && isTripletStyle(style) ? triplets : evenSixteenths,
  )
  const heard: Subdivision = hasQuarters ? heardAll : { ...heardAll, stepsPerBeat: 4 }
  const sounding = swing ?? heard.swing
  const subdivision: Subdivision = {
    stepsPerBeat: sounding < leastTripletSwing ? 4 : heard.stepsPerBeat,
    swing: sounding,
  }

  const runs: SongRun[] = []
  const notes: SongNote[] = []
  let firstSixteenth = 0
  const lastSixteenth = window.runs.reduce((sum, { metre, measures }) => sum + measures * stepsPerMeasure(metre), 0)
  const perRun = window.runs.map((): Note[] => [])
  for (const { note, index } of placed) perRun[index]?.push(note)
  for (const [index, run] of window.runs.entries()) {
    const isSwung = countsQuarters(run.metre)
    const [from, to] = isSwung ? [heard, subdivision] : [evenSixteenths, evenSixteenths]
    const first = firstSixteenth
    const bass: StepNote[] = []
    for (const note of perRun[index] ?? []) {
      const local = note.beat - run.beat
      const span = stepSpan({ ...note, beat: local }, from)
      // A note just half a sixteenth before the end is not the first of another measure.
      const step = Math.min(span.step, lastSixteenth - first - 1)
      const end = Math.max(step + 1, span.end)
      const { pitch, velocity } = note
      bass.push({ step, steps: end - step, pitch, velocity })
      const [own, ownEnd] = [first + step, Math.min(first + end, lastSixteenth)].map((at) => ownStep(at, to)) as [
        Steps,
        Steps,
      ]
      const moved = (beat: Beats) => (from.swing === to.swing ? beat : reswung(beat, from, to))
      const [beat, endBeat] = [moved(local), moved(local + note.beats)]
      notes.push({
        step: own,
        steps: Math.max(1, ownEnd - own),
        pitch,
        velocity,
        beat: run.beat + beat,
        beats: endBeat - beat,
      })
    }
    const { metre, measures } = run
    runs.push({ ...run, firstSixteenth, subdivision: to, bass: { metre, measures, notes: bass.sort(byStep) } })
    firstSixteenth += measures * stepsPerMeasure(metre)
  }
  const drumSwing = hasQuarters ? sounding : 1 / 2
  return { window, subdivision, drumSwing, runs, notes: notes.sort(byStep) }
}

/**
 * A bassline on the grid of its grooves: triplets get their halves where a groove, or the bass under one in triplets, has
 * strokes between them.
 */
export function onGridOf(bass: SongBass, grooves: readonly Groove[]): SongBass {
  const { subdivision, notes } = bass
  const inTriplets = grooves.filter(({ stepsPerBeat }) => stepsPerBeat === 6)
  if (inTriplets.length === 0) return bass
  const hasHalves = inTriplets.some(({ hits }) => hits.some(({ step }) => mod(step, 2) === 1))
  if (subdivision.stepsPerBeat === 3 && !hasHalves) return bass
  const sixth = (step: Steps) => (subdivision.stepsPerBeat === 3 ? 2 * step : ownStep(step, sixths))
  const sixths: Subdivision = { ...subdivision, stepsPerBeat: 6 }
  return {
    ...bass,
    subdivision: sixths,
    runs: bass.runs.map((run) => ({ ...run, subdivision: { ...run.subdivision, stepsPerBeat: 6 } })),
    notes: notes.map((note) => {
      const step = sixth(note.step)
      return { ...note, step, steps: Math.max(1, sixth(note.step + note.steps) - step) }
    }),
  }
}

/**
 * The strokes of a bassline's grooves, one groove for each run, on the song's own grid. On triplets, a sixteenth's stroke
 * on the last of a beat goes to the last triplet.
 */
export function songHits({ window, runs }: SongBass, grooves: readonly Groove[], timeline: Timeline): SongHit[] {
  const hits = runs.flatMap(({ beat, firstSixteenth, subdivision }, index) => {
    const groove = grooves[index]
    const first = ownStep(firstSixteenth, subdivision)
    const place = (step: Steps) =>
      groove?.stepsPerBeat === 6
        ? { step: first + (subdivision.stepsPerBeat === 6 ? step : step / 2), beat: sixthBeat(step, subdivision) }
        : sixteenthPlace(step, first, subdivision)
    const onGrid = new Map<string, SongHit>()
    for (const hit of groove?.hits ?? []) {
      const { step, beat: onBeat } = place(hit.step)
      const other = onGrid.get(`${step} ${hit.drum}`)
      if (other && other.velocity >= hit.velocity) continue
      const seconds = secondsAt(timeline, window.beat + beat + onBeat) + hit.offsetMs / 1000
      onGrid.set(`${step} ${hit.drum}`, { ...hit, step, beat: beatAt(timeline, seconds) - window.beat })
    }
    return [...onGrid.values()]
  })
  return sortHits(hits) as SongHit[]
}

function sixteenthPlace(sixteenth: Steps, first: Steps, subdivision: Subdivision): { step: Steps; beat: Beats } {
  const at = subdivision.stepsPerBeat === 3 && mod(sixteenth, 4) === 3 ? sixteenth - 1 : sixteenth
  return { step: first + ownStep(at, subdivision), beat: sixteenthBeat(at, subdivision) }
}

/** The last run that has begun at a beat, or the first for a pickup. */
function runIndexAt(runs: readonly WindowRun[], beat: Beats): number {
  let [low, high] = [0, runs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle]?.beat ?? 0) <= beat + early) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

function reswung(beat: Beats, from: Subdivision, to: Subdivision): Beats {
  return swung(unswung(beat, { ratio: from.swing, pair: 1 }), { ratio: to.swing, pair: 1 })
}

function byStep(a: StepNote, b: StepNote): number {
  return a.step - b.step || a.pitch - b.pitch
}
