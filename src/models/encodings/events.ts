import {
  type Note,
  nearestStep,
  type PitchClass,
  pitchDrum,
  type Steps,
  stepBeat,
  type Velocity,
} from '../../music/index.ts'
import { drumEvent } from './drums.ts'
import { hold, type ModelEvent, noteOff, type PitchRange } from './encoding.ts'
import { type Squashed, squash } from './squash.ts'

/**
 * A melody as events on the grid of sixteenths, up to where its last note ends, as note-seq extracts it: of notes
 * that begin together the highest counts, and a later note ends one that still sounds.
 */
export function melodyEvents(notes: readonly Note[]): ModelEvent[] {
  const line = melodyLine(notes)
  return lineEvents(line, 0, endOf(line))
}

/** The notes of a melody on the grid, in order: one a step, though perhaps still sounding as the next begins. */
type Line = readonly { readonly step: Steps; readonly end: Steps; readonly pitch: number }[]

function melodyLine(notes: readonly Note[]): Line {
  const onsets = new Map<Steps, Line[number]>()
  for (const { pitch, beat, beats } of notes) {
    const step = nearestStep(beat)
    const end = Math.max(step + 1, nearestStep(beat + beats))
    if (pitch > (onsets.get(step)?.pitch ?? -1)) onsets.set(step, { step, end, pitch })
  }
  return [...onsets.values()].sort((a, b) => a.step - b.step)
}

function endOf(line: Line): Steps {
  return line.reduce((most, { end }) => Math.max(most, end), 0)
}

/** A line's events from one step to another. */
function lineEvents(line: Line, from: Steps, to: Steps): ModelEvent[] {
  const events: ModelEvent[] = new Array(to - from).fill(hold)
  for (const [index, { step, end, pitch }] of line.entries()) {
    events[step - from] = pitch
    if (end < (line[index + 1]?.step ?? to)) events[end - from] = noteOff
  }
  return events
}

/**
 * The notes of a melody's events, all of one velocity: the way back from `melodyEvents`. A note lasts until another
 * event, or until the events end.
 *
 * @param firstStep where the events begin.
 */
export function melodyNotes(events: readonly ModelEvent[], firstStep: Steps, velocity: Velocity): Note[] {
  return events.flatMap((event, step) => {
    if (event < 0) return []
    let end = step + 1
    while (events[end] === hold) end++
    return [{ pitch: event, velocity, beat: stepBeat(firstStep + step), beats: stepBeat(end - step) }]
  })
}

/** A melody as a model can go on from it. */
export type Primer = Squashed & {
  /** The step of the first event. */
  readonly firstStep: Steps
}

/**
 * A melody as a primer for a model: its events from its first note to where its last one ends, moved into the model's
 * range and key.
 *
 * @param notes at least one.
 * @param longest how many steps of it are heard at most: the last ones, from the first note that begins in them.
 */
export function melodyPrimer(
  notes: readonly Note[],
  { range, key = null }: { readonly range: PitchRange; readonly key?: PitchClass | null },
  longest = Number.POSITIVE_INFINITY,
): Primer {
  // However long the last note is held, it begins among the last steps.
  const line = melodyLine(notes.map((note) => ({ ...note, beats: Math.min(note.beats, stepBeat(longest - 1)) })))
  const end = endOf(line)
  // What is too long ago costs nothing, however long ago it is.
  const heard = line.filter(({ step }) => step >= end - longest)
  const firstStep = heard[0]?.step ?? end
  return { ...squash(lineEvents(heard, firstStep, end), range, key), firstStep }
}

/** Drums as events on the grid of sixteenths, up to where the last note ends; pitches of no class are left out. */
export function drumEvents(notes: readonly Note[]): ModelEvent[] {
  const events: ModelEvent[] = []
  for (const { pitch, beat, beats } of notes) {
    const step = nearestStep(beat)
    const drum = pitchDrum(pitch)
    const end = Math.max(step + 1, nearestStep(beat + beats))
    while (events.length < end) events.push(0)
    if (drum) events[step] = (events[step] as ModelEvent) | drumEvent([drum])
  }
  return events
}
