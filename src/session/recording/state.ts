import type { Beats, Metre, Note } from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'
import type { LoopTrack } from '../track.ts'
import type { Loop } from '../tracks/index.ts'
import type { ZonesState } from '../zones/index.ts'

/** What is being recorded. */
export type Recording = {
  readonly armed: { readonly track: LoopTrack; readonly overdub: boolean } | null
  readonly take: Take | null
  /** The take that was over last, when, and its notes: a microphone reports notes late. */
  readonly over: { readonly take: Take; readonly at: Seconds; readonly notes: Loop['notes'] } | null
}

/** A take while it is recorded. */
export type Take = {
  readonly track: LoopTrack
  readonly overdub: boolean
  readonly start: Beats
  readonly end: Beats
  readonly metre: Metre
  readonly measures: number
  /** From the start; a key that is still down has the length of a step. */
  readonly notes: readonly Note[]
  /** The notes whose keys are still down: their places, by the ids of their voices. */
  readonly open: Readonly<Record<number, number>>
}

/** What is known where takes are recorded. */
export type RecordingState = ZonesState & { readonly recording: Recording }

/** Nothing is recorded. */
export const notRecording: Recording = { armed: null, take: null, over: null }
