import type { Metre, MidiPitch, Note, Steps, Velocity } from '../music/index.ts'
import { stepsPerMeasure } from '../music/index.ts'
import { evenSixteenths, type Subdivision, sixteenthAt } from './subdivision.ts'

/** A note on the grid of sixteenths. */
export type StepNote = {
  /** Onset, from 0 at the first full measure; a pickup is before it. */
  readonly step: Steps
  /** Duration, at least one step. */
  readonly steps: Steps
  readonly pitch: MidiPitch
  readonly velocity: Velocity
}

/** A bassline on the grid of sixteenths, over whole measures. */
export type Bassline = {
  readonly metre: Metre
  readonly measures: number
  /** Sorted by step, then pitch. */
  readonly notes: readonly StepNote[]
}

/** The most measures that a bassline may have: more than any performance has, so that accidents and attacks cost little. */
export const maxMeasures = 10_000

/**
 * Puts played notes on the grid. A note pushed ahead of its beat goes to the step it is nearest to. Notes before beat 0
 * are a pickup and go to steps below 0.
 *
 * @param measures the length; unless given, the measures in which a note begins or that one fills at least half. Notes that start beyond it are left out, notes that end
 *   beyond it are cut.
 * @param subdivision how the performer divides the beat: swung notes and triplets go to the sixteenth that they mean.
 * @throws RangeError with a sentence for the user when the notes span over {@link maxMeasures}.
 */
export function bassline(
  played: readonly Note[],
  metre: Metre,
  measures?: number,
  subdivision: Subdivision = evenSixteenths,
): Bassline {
  const perMeasure = stepsPerMeasure(metre)
  const spans = played.map((note) => ({ note, ...stepSpan(note, subdivision) }))
  const length = measures ?? spans.reduce((most, span) => Math.max(most, measuresOf(span, perMeasure)), 1)
  if (length > maxMeasures) {
    throw new RangeError(`The notes span ${length} measures: choose how many to use, up to ${maxMeasures}.`)
  }
  const lastStep = length * perMeasure
  const notes = spans
    .filter(({ step }) => step < lastStep)
    .map(({ note: { pitch, velocity }, step, end }): StepNote => {
      return { step, steps: Math.min(end, lastStep) - step, pitch, velocity }
    })
  return { metre, measures: length, notes: notes.sort((a, b) => a.step - b.step || a.pitch - b.pitch) }
}

/** The steps from which and up to which a note sounds: at least one. */
export function stepSpan({ beat, beats }: Note, subdivision: Subdivision): { step: Steps; end: Steps } {
  const step = sixteenthAt(beat, subdivision)
  return { step, end: Math.max(step + 1, sixteenthAt(beat + beats, subdivision)) }
}

/**
 * How many measures a loop needs for a note. What rings on past a bar line makes another measure only if it fills half
 * of it: a late release and a tie into the loop's next pass don't.
 */
function measuresOf({ step, end }: { readonly step: Steps; readonly end: Steps }, perMeasure: Steps): number {
  return Math.max(Math.floor(step / perMeasure) + 1, Math.floor(end / perMeasure + 1 / 2))
}

/** The loudest bass velocity on each step that has an onset, in rising order of steps. */
export function bassOnsets({ notes }: Bassline): Map<Steps, Velocity> {
  const onsets = new Map<Steps, Velocity>()
  for (const { step, velocity } of notes) onsets.set(step, Math.max(velocity, onsets.get(step) ?? 0))
  return onsets
}
