import {
  type Note,
  nearestStep,
  pitchClass,
  pitchDrum,
  type Steps,
  stepBeat,
  type Velocity,
} from '../../music/index.ts'
import { drumEvent } from './drums.ts'
import { hold, type ModelEvent, noteOff } from './encoding.ts'
import type { PitchRange } from './melody.ts'

/**
 * A melody as events on the grid of sixteenths, up to where its last note ends, as note-seq extracts it: of notes
 * that begin together the highest counts, and a later note ends one that still sounds.
 */
export function melodyEvents(notes: readonly Note[]): ModelEvent[] {
  const onsets = new Map<number, { end: number; pitch: number }>()
  for (const { pitch, beat, beats } of notes) {
    const step = nearestStep(beat)
    const end = Math.max(step + 1, nearestStep(beat + beats))
    if (pitch > (onsets.get(step)?.pitch ?? -1)) onsets.set(step, { end, pitch })
  }
  const line = [...onsets].sort(([a], [b]) => a - b)
  const events: ModelEvent[] = new Array(Math.max(0, ...line.map(([, { end }]) => end))).fill(hold)
  for (const [index, [step, { end, pitch }]] of line.entries()) {
    events[step] = pitch
    if (end < (line[index + 1]?.[0] ?? events.length)) events[end] = noteOff
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

/**
 * A melody as a primer for a model: its events in the model's range, from its first note to where its last one ends.
 *
 * @param notes at least one.
 * @param longest how many steps of it are heard at most: the last ones, from the first note that begins in them.
 * @returns the events, and the step of the first of them.
 */
export function melodyPrimer(
  notes: readonly Note[],
  range: PitchRange,
  longest = Number.POSITIVE_INFINITY,
): { events: ModelEvent[]; firstStep: Steps } {
  const events = melodyEvents(
    notes.map((note) => ({
      ...note,
      pitch: foldPitch(note.pitch, range),
      // However long the last note is held, it begins among the last steps.
      beats: Math.min(note.beats, stepBeat(longest - 1)),
    })),
  )
  const firstStep = events.findIndex((event, step) => event >= 0 && step >= events.length - longest)
  return { events: events.slice(firstStep), firstStep }
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

/** The nearest pitch of the same name that a model knows; in a range of less than an octave perhaps its nearest end. */
export function foldPitch(pitch: number, [lowest, highest]: PitchRange): number {
  if (pitch < lowest) return Math.min(highest, lowest + pitchClass(pitch - lowest))
  return pitch > highest ? Math.max(lowest, highest - pitchClass(highest - pitch)) : pitch
}
