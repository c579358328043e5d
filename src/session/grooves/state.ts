import { bandStyleNames } from '../../band/index.ts'
import { type DrumTime, drumTimes } from '../../groove/index.ts'
import { type Beats, drumStyles } from '../../music/index.ts'
import { choice, type GrooveAnswer, off, on, type SettingsOf, share } from '../core/index.ts'
import type { ListeningState } from '../listening/index.ts'
import type { ComingChart, TracksState } from '../tracks/index.ts'
import type { OwnStyle } from './own-style.ts'

/** With this intensity everybody plays as busily as is usual for the style. */
const asItComes = 0.5

export const groovesSettings = {
  temperature: { label: 'how wild the drums are', least: 0.01, most: 5, initial: 1, ratios: true },
  feel: share("the drummer's feel", 1),
  style: choice("the drummer's style", ['bass', ...drumStyles], 'bass'),
  'band-style': choice("the band's style", ['metre', ...bandStyleNames, 'own'], 'metre'),
  intensity: share('how busy drums and band are', asItComes),
  triplets: on('triplets where the music swings'),
  'drums-form': on('drums play the form'),
  'drums-trade': choice('trade with the drums', ['off', '2', '4', '8'], 'off'),
  'drums-time': choice('time of the drums', drumTimes, 'normal'),
  'stop-time': off('stop time'),
  'fixed-groove': on('fixed groove', 'Digit2'),
} as const

/** What the drummer plays, and will. */
export type Grooves = {
  /** Which of the answers plays when the fixed groove does not. */
  readonly chosen: number
  /** What plays: the place of an answer, or −1 for the fixed groove. */
  readonly playing: number
  /** What will play, from a beat on, where a pass begins. */
  readonly next: { readonly playing: number; readonly beat: Beats } | null
  /** How the drummer goes through the form; null where the groove goes round as it is. */
  readonly rounds: Rounds | null
  /** The chart that will follow by itself, whose first round is asked for ahead. */
  readonly ahead: ComingChart | null
  readonly time: DrumTime
  readonly nextTime: { readonly time: DrumTime; readonly beat: Beats } | null
  readonly move: Move | null
  /** The next turn of the drums, or the present one, where the performer trades with them. */
  readonly turn: DrumTurn | null
}

/** The rounds of a form, each asked for ahead. */
export type Rounds = {
  /** The groove as it is played in this round; null where it is as it was chosen. */
  readonly answer: GrooveAnswer | null
  /** Where the next round begins, and where it will be asked for; null where it has been. */
  readonly begins: Beats
  readonly ask: Beats | null
  /** What comes, and where. */
  readonly coming: {
    readonly answer: GrooveAnswer
    readonly beat: Beats
    /** The chart that it was made for. */
    readonly chart: string | null
  } | null
}

/** A turn in which the drums play alone. */
export type DrumTurn = {
  readonly from: Beats
  readonly to: Beats
  readonly measures: number
  /** What the model plays in it, once it has come. */
  readonly solo: GrooveAnswer | null
}

/** The drums fill a stretch, leave it out, or play alone in it; a crash ends it. */
export type Move = {
  readonly kind: 'fill' | 'break' | 'solo'
  readonly from: Beats
  readonly to: Beats
  /** The music ends with it. */
  readonly isLast?: true
}

/** What is known where the drummer is. */
export type GroovesState = TracksState &
  ListeningState & {
    readonly settings: SettingsOf<typeof groovesSettings>
    readonly grooves: Grooves
    /** The style of the performer's own that was opened last. */
    readonly ownStyle: OwnStyle | null
  }

/** The fixed groove plays. */
export const drummerWaits: Grooves = {
  chosen: -1,
  playing: -1,
  next: null,
  rounds: null,
  ahead: null,
  time: 'normal',
  nextTime: null,
  move: null,
  turn: null,
}
