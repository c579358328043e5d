import type { Beats, MidiPitch, Velocity } from '../music/index.ts'

/**
 * How much is going on in what the performer plays, as a band hears it: one energy for all who play along. It is heard a
 * measure at a time, from the last measure and the last four.
 */

/** A note that the performer has begun; its beat counts from its measure's start. */
export type HeardNote = { readonly beat: Beats; readonly pitch: MidiPitch; readonly velocity: Velocity }

/** What was heard of a measure. */
export type HeardMeasure = {
  readonly beats: Beats
  readonly notes: number
  /** The beats in which no note began. */
  readonly rests: number
  /** Of all notes together. */
  readonly velocity: number
  readonly lowest: MidiPitch
  readonly highest: MidiPitch
}

/** What a listener remembers. */
export type Listener = {
  /** The last measures, the newest last. */
  readonly heard: readonly HeardMeasure[]
  /** From 0, hardly anything, over 0.5, which is usual, to 1. */
  readonly energy: number
}

/** Nobody has played. */
export const noListener: Listener = { heard: [], energy: 0.5 }

/** How many measures are remembered. */
const remembered = 4

/** The most notes a beat that a line has; the notes of chords count up to there. */
const densest = 4
const [softest, loudest]: readonly [Velocity, Velocity] = [35, 115]
const widest = 24

/** The weight of each of them in the energy; together they are 1. */
const weights = { density: 0.45, loudness: 0.3, range: 0.1, motion: 0.15 }

/** The weight of the last measure; the last four have the rest. */
const newest = 0.7

/** What lines mostly have of all that, and how much more is made of the difference. */
const [typical, contrast] = [0.55, 1.8]

/** Smaller changes are ignored. Of others, this share is followed at once: upwards more than downwards. */
const [least, up, down] = [0.04, 0.9, 0.7]

/** What is heard of a measure of `beats` beats. */
export function hearMeasure(notes: readonly HeardNote[], beats: Beats): HeardMeasure {
  const struck = new Set(notes.map(({ beat }) => Math.floor(beat)))
  const pitches = notes.map(({ pitch }) => pitch)
  return {
    beats,
    notes: notes.length,
    rests: Math.max(0, Math.ceil(beats) - struck.size),
    velocity: notes.reduce((sum, { velocity }) => sum + velocity, 0),
    lowest: pitches.length > 0 ? Math.min(...pitches) : 0,
    highest: pitches.length > 0 ? Math.max(...pitches) : 0,
  }
}

/** A listener after another measure. Where nothing was played for four measures, nobody leads: the energy is the usual one. */
export function listen({ heard, energy }: Listener, measure: HeardMeasure): Listener {
  const all = [...heard, measure].slice(-remembered)
  const isLed = all.some(({ notes }) => notes > 0)
  const aim = isLed ? newest * energyOf([measure]) + (1 - newest) * energyOf(all) : noListener.energy
  const change = aim - energy
  if (!isLed && Math.abs(change) < least) return { heard: [], energy: aim }
  if (Math.abs(change) < least) return { heard: all, energy }
  return { heard: all, energy: energy + (change > 0 ? up : down) * change }
}

/** How much a part is to play: as much as was asked for, and more or less by the energy that is heard; from 0 to 1. */
export function heardIntensity(asked: number, energy: number): number {
  return share(asked + energy - noListener.energy)
}

/** Whether another silent measure would leave a listener as it is. */
export function isAtRest({ heard, energy }: Listener): boolean {
  return heard.length === 0 && energy === noListener.energy
}

/** The energy of some measures, from 0 to 1. */
function energyOf(measures: readonly HeardMeasure[]): number {
  return share(noListener.energy + contrast * (activityOf(measures) - typical))
}

function activityOf(measures: readonly HeardMeasure[]): number {
  const sum = (of: (measure: HeardMeasure) => number) => measures.reduce((total, measure) => total + of(measure), 0)
  const notes = sum((measure) => measure.notes)
  if (notes === 0) return 0
  const played = measures.filter((measure) => measure.notes > 0)
  const beats = sum((measure) => measure.beats)
  const range = Math.max(...played.map(({ highest }) => highest)) - Math.min(...played.map(({ lowest }) => lowest))
  const loudness = (sum(({ velocity }) => velocity) / notes - softest) / (loudest - softest)
  return (
    weights.density * share(notes / beats / densest) +
    weights.loudness * share(loudness) * share((2 * notes) / beats) +
    weights.range * share(range / widest) +
    weights.motion * share(1 - sum(({ rests }) => rests) / beats)
  )
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value))
}
