import { handOvers } from '../improv/index.ts'
import { playedTracks, type Track, tracks } from './tracks.ts'

/** A value that the performer can set, and what it may be. A dial from 0 to 1 in steps of 1 is a switch. */
export type Dial = {
  readonly label: string
  readonly least: number
  readonly most: number
  readonly initial: number
  /** What it is counted in; absent where it may be anything between. */
  readonly step?: number
  /** How far it is moved at a time, where it is not counted; unless given, a twentieth of its way. */
  readonly nudge?: number
  /** A knob's way goes by ratios, not by differences. */
  readonly ratios?: boolean
  /** What each value is called, from the least on: a choice. */
  readonly words?: readonly string[]
  /** The key that sets it on, off or a step further, as `KeyboardEvent.code` names it. */
  readonly key?: string
}

const off = { least: 0, most: 1, step: 1, initial: 0 }
const on = { ...off, initial: 1 }
const share = (label: string, initial: number): Dial => ({ label, least: 0, most: 1, initial })
const count = (label: string, least: number, most: number, initial: number): Dial => ({
  label,
  least,
  most,
  initial,
  step: 1,
})

const mixer = Object.fromEntries(
  tracks.flatMap((track): [string, Dial][] => [
    [`volume-${track}`, { label: `${track} volume`, least: 0, most: 5, initial: 1 }],
    [`mute-${track}`, { label: `mute ${track}`, ...off }],
    [`only-${track}`, { label: `only ${track}`, ...off }],
  ]),
) as Record<`${'volume' | 'mute' | 'only'}-${Track}`, Dial>

/** Every dial: the one list that pages, pedals, songs and help read. */
export const dials = {
  tempo: { label: 'tempo', least: 20, most: 400, initial: 120, nudge: 1 },
  measures: count('measures in a loop', 1, 16, 2),
  'count-in': count('measures of count-in', 0, 4, 1),
  swing: { label: 'swing', least: 0.5, most: 0.75, initial: 0.5 },
  'swing-sixteenths': { label: 'swing sixteenths', ...off },
  quantise: share('quantise', 1),
  keys: { ...count('the keys play', 0, 2, 2), words: playedTracks },
  temperature: { label: 'how wild the drums', least: 0.01, most: 5, initial: 1, ratios: true },
  feel: share("the drummer's feel", 1),
  'fixed-groove': { label: 'fixed groove', key: 'Digit2', ...on },
  improvise: { label: 'improvise', key: 'Digit5', ...off },
  live: { label: 'live', key: 'Digit6', ...on },
  hold: { label: 'hold this turn', key: 'Digit7', ...off },
  'hand-over': { ...count('hand-over by', 0, 3, 0), words: handOvers },
  notes: count('notes in a call', 1, 64, 20),
  'trade-measures': count('measures in a turn', 1, 16, 4),
  wildness: { label: 'how wild the solo', least: 0.01, most: 5, initial: 0.95, ratios: true },
  harmony: share('harmony', 0),
  contour: share('follow the hand', 0),
  lowest: count('lowest pitch', 0, 116, 36),
  highest: count('highest pitch', 11, 127, 96),
  doubler: { label: 'double the bass', ...off },
  split: count('split below', 0, 127, 60),
  'two-sounds': { label: 'two sounds, human and machine', ...on },
  'guess-who': { label: 'guess who plays', ...off },
  ...mixer,
} as const satisfies Record<string, Dial>

/** A dial by its name. */
export type DialId = keyof typeof dials

/** What every dial is set to. */
export type Settings = Readonly<Record<DialId, number>>

/** The names of all dials. */
export const dialIds = Object.keys(dials) as DialId[]

/** As a performance begins. */
export const initialSettings = Object.fromEntries(dialIds.map((id) => [id, dials[id].initial])) as Settings

/** Whether a text names a dial. */
export function isDial(text: string): text is DialId {
  return Object.hasOwn(dials, text)
}

/** The nearest value that a dial may have. */
export function dialValue(id: DialId, value: number): number {
  const { least, most, step }: Dial = dials[id]
  return Math.min(most, Math.max(least, step ? Math.round(value / step) * step : value))
}

/** What a song's word or number sets a dial to. */
export function settingOf(id: DialId, value: number | string): number {
  const { words = [] }: Dial = dials[id]
  return typeof value === 'string' ? words.indexOf(value) : value
}

/** The value that a knob sets a dial to, from 0, the knob all the way left, to 1. */
export function knobValue(id: DialId, turned: number): number {
  const { least, most, ratios }: Dial = dials[id]
  return dialValue(id, ratios ? least * (most / least) ** turned : least + turned * (most - least))
}

/** The words by which ML-Jam tells the risk of a temperature. */
export function riskOf(temperature: number): string {
  return risks.find(([most]) => temperature <= most)?.[1] ?? 'madness'
}

const risks: readonly (readonly [number, string])[] = [
  [0.3, 'safe'],
  [0.7, 'careful'],
  [1.1, 'natural'],
  [1.6, 'daring'],
  [2.5, 'wild'],
]
