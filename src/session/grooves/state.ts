import { drumStyles } from '../../music/index.ts'
import { choice, on, type SettingsOf, share } from '../core/index.ts'
import type { TracksState } from '../tracks/index.ts'

/** With this intensity the drummer plays as busily as comes natural. */
export const asItComes = 0.5

export const groovesSettings = {
  temperature: { label: 'how wild the drums', least: 0.01, most: 5, initial: 1, ratios: true },
  feel: share("the drummer's feel", 1),
  style: choice("the drummer's style", ['bass', ...drumStyles], 'bass'),
  intensity: share('how busy the drums', asItComes),
  triplets: on('triplets where it swings'),
  'fixed-groove': on('fixed groove', 'Digit2'),
} as const

/** What the drummer is at. */
export type Grooves = {
  /** Which of the answers plays when the fixed groove does not. */
  readonly chosen: number
  /** What plays: the place of an answer, or −1 for the fixed groove. */
  readonly playing: number
  /** What will play, from a beat on, where a pass begins. */
  readonly next: { readonly playing: number; readonly beat: number } | null
}

/** What is known where the drummer is. */
export type GroovesState = TracksState & {
  readonly settings: SettingsOf<typeof groovesSettings>
  readonly grooves: Grooves
}

/** The fixed groove plays. */
export const drummerWaits: Grooves = { chosen: -1, playing: -1, next: null }
