import { type EndingName, endings } from '../../band/index.ts'
import type { Beats } from '../../music/index.ts'
import type { BandState } from '../band/index.ts'
import { choice, count, off, type SettingsOf } from '../core/index.ts'
import type { SongsState } from '../songs/index.ts'

const endingNames = Object.keys(endings) as readonly EndingName[]

export const arrangementSettings = {
  'solo-choruses': count('choruses of solos', 0, 64, 0),
  ending: choice('how the music ends', endingNames, 'held'),
  ritardando: off('get slower towards the end'),
} as const

/** Where the performance is in its plan: head, solos, head out, ending. */
export type Arrangement = {
  /** Where a chorus began, and how many had been before it; choruses are counted from there. */
  readonly begins: Beats
  readonly chorus: number
  /** How long each is from there on. */
  readonly length: Beats
  /** The number of the last chorus, from 0; null until anybody says. */
  readonly last: number | null
  /** How many times the tag has led back. */
  readonly tagged: number
  /** Chart, metre or section has changed, and where the chorus is in it is still to be found out. */
  readonly isMoved: boolean
}

/** What is known where the plan of the performance is. */
export type ArrangementState = SongsState &
  BandState & {
    readonly settings: SettingsOf<typeof arrangementSettings>
    readonly arrangement: Arrangement
  }

/** The first chorus. */
export const firstChorus: Arrangement = {
  begins: 0,
  chorus: 0,
  length: Number.POSITIVE_INFINITY,
  last: null,
  tagged: 0,
  isMoved: false,
}
