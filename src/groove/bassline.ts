import type { Metre, MidiPitch, Note, Steps, Velocity } from '../music/index.ts'
import { nearestStep, stepsPerMeasure } from '../music/index.ts'

/** A note on the grid of sixteenths. */
export type StepNote = {
  /** Onset, from 0 at the bassline's start. */
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
 * Puts played notes on the grid. A note pushed ahead of its beat goes to the step it is nearest to.
 *
 * @param measures the length; unless given, the whole measures that the notes span. Notes that start
 *   beyond it are left out, notes that end beyond it are cut.
 * @throws RangeError with a sentence for the user when the notes span over {@link maxMeasures}.
 */
export function bassline(played: readonly Note[], metre: Metre, measures?: number): Bassline {
  const perMeasure = stepsPerMeasure(metre)
  const span = (note: Note) => {
    const step = nearestStep(note.beat)
    return { step, end: Math.max(step + 1, nearestStep(note.beat + note.beats)) }
  }
  const length = measures ?? played.reduce((most, note) => Math.max(most, Math.ceil(span(note).end / perMeasure)), 1)
  if (length > maxMeasures) {
    throw new RangeError(`The notes span ${length} measures: choose how many to use, up to ${maxMeasures}.`)
  }
  const lastStep = length * perMeasure
  const notes: StepNote[] = []
  for (const note of played) {
    const { step, end } = span(note)
    const { pitch, velocity } = note
    if (step < lastStep) notes.push({ step, steps: Math.min(end, lastStep) - step, pitch, velocity })
  }
  return { metre, measures: length, notes: notes.sort((a, b) => a.step - b.step || a.pitch - b.pitch) }
}

/** The loudest bass velocity on each step that has an onset, in rising order of steps. */
export function bassOnsets({ notes }: Bassline): Map<Steps, Velocity> {
  const onsets = new Map<Steps, Velocity>()
  for (const { step, velocity } of notes) onsets.set(step, Math.max(velocity, onsets.get(step) ?? 0))
  return onsets
}
