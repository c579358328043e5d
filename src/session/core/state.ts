import type { Beats, Metre } from '../../music/index.ts'
import { type Seconds, type Taps, type Timeline, timeline } from '../../timing/index.ts'

/** What every feature can rely on: the time, chance, settings, where the music is, and what models are asked. */
export type CoreState = {
  /** The latest moment that it knows of. */
  readonly now: Seconds
  /** The state of its random numbers. */
  readonly chance: number
  /** How many events were refused because they made no sense. */
  readonly refused: number
  /** What the settings of all features are set to. */
  readonly settings: object
  readonly transport: Transport
  /** How many requests there have been to models. */
  readonly requests: number
  /** The requests whose answers are awaited, by their jobs. */
  readonly asked: Readonly<Record<string, Asked | null>>
}

/** Where the music is. */
export type Transport = {
  readonly playing: boolean
  /** How many times the music has begun. Each time, beats count from 0 again. */
  readonly begun: number
  /** Beats to seconds. Beat 0 is where the music began, after the count-in. */
  readonly timeline: Timeline
  /** A change of tempo that is planned; without a tempo only its place is. */
  readonly plan: TempoPlan | null
  /** The measures that are being counted. */
  readonly form: Form
  /** The metre that comes, and where. */
  readonly next: Form | null
  /** Up to here no other metre comes: a take goes on. */
  readonly steadyUntil: Beats | null
  readonly taps: Taps
  /** The music comes to its end: the last notes are on this beat, and ring until it stops. */
  readonly ending: Ending | null
}

/** An ending of the music. */
export type Ending = {
  /** Where the last notes are. */
  readonly beat: Beats
  /** Where the music stops. */
  readonly stop: Beats
  /** Up to where its notes had been asked for when it was planned. */
  readonly asked: Beats
  /** Where a ritardando to it begins; null where it comes in tempo. */
  readonly slows: Beats | null
}

/** A tempo that comes at a beat; null where something comes there that leaves the tempo as it is. */
export type TempoPlan = { readonly beat: Beats; readonly bpm: number | null }

/** Measures of one metre, from a beat on. */
export type Form = { readonly beat: Beats; readonly metre: Metre }

/** A request whose answer is awaited. */
type Asked = {
  readonly request: number
  readonly at: Seconds
  /** The performer has been notified that it takes long. */
  readonly late: boolean
}

/** Before the first event. */
export function coreState(settings: object, metre: Metre, bpm: number, seed: number): CoreState {
  const form = { beat: 0, metre }
  return {
    now: 0,
    chance: seed >>> 0,
    refused: 0,
    settings,
    transport: {
      playing: false,
      begun: 0,
      timeline: timeline(bpm),
      plan: null,
      form,
      next: null,
      steadyUntil: null,
      taps: [],
      ending: null,
    },
    requests: 0,
    asked: {},
  }
}
