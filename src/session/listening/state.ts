import { type HeardNote, type Listener, noListener } from '../../band/index.ts'
import type { Beats } from '../../music/index.ts'
import { type SettingsOf, share } from '../core/index.ts'
import type { TransportState } from '../transport/index.ts'

export const listeningSettings = {
  listen: share('how much the band listens', 0.6),
} as const

/** What the band hears of the performer. */
export type Listening = {
  /** What has been played in this measure. */
  readonly notes: readonly HeardNote[]
  /** Where it begins and ends. */
  readonly from: Beats
  readonly to: Beats
  readonly listener: Listener
}

/** What is known where the band listens. */
export type ListeningState = TransportState & {
  readonly settings: SettingsOf<typeof listeningSettings>
  readonly listening: Listening
}

/** Nothing has been played. */
export const silence: Listening = { notes: [], from: 0, to: 0, listener: noListener }
