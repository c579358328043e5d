import type { Beats, Metre, MidiPitch, Note } from '../../music/index.ts'
import { type FreeClock, type FreeLoop, type FreeNote, type Seconds, usualTempi } from '../../timing/index.ts'
import type { BandState } from '../band/index.ts'
import { on, type SettingsOf } from '../core/index.ts'
import type { LoopTrack } from '../track.ts'
import type { HeardSwing, Loop } from '../tracks/index.ts'

export const recordingSettings = {
  'whole-takes': on('keep pickups and ties'),
  'free-slowest': { label: 'slowest free tempo', least: 20, most: 260, initial: usualTempi.slowest, nudge: 5 },
  'free-fastest': { label: 'fastest free tempo', least: 20, most: 260, initial: usualTempi.fastest, nudge: 5 },
} as const

/** What is being recorded. */
export type Recording = {
  readonly armed: Armed | null
  readonly take: Take | null
  /** The take that was over last, when, and its notes: a microphone reports notes late. */
  readonly over: { readonly take: Take; readonly at: Seconds; readonly notes: Loop['notes'] } | null
  /** Notes of loops whose keys are still down, by the ids of their voices: they sound on over the end of their takes. */
  readonly held: Readonly<Record<number, HeldNote>>
  /** What the hands have played just before a take was over: its loop does not play it again at that beat. */
  readonly pushed: { readonly track: LoopTrack; readonly beat: Beats; readonly pitches: readonly MidiPitch[] } | null
  /** The swing that was heard last. Where another is set, somebody has set it by hand. */
  readonly swing: number | null
  /** What is being recorded without a click. */
  readonly free: FreeRecording | null
  /** How the last free take is heard. */
  readonly reading: Reading | null
  /** The tempo that the performer has mended a free take to, last; null before that. */
  readonly mended: number | null
}

/** A free take while it is recorded. */
export type FreeRecording = {
  readonly track: LoopTrack
  /** The first press. */
  readonly from: Seconds
  readonly notes: readonly FreeNote[]
  /** The places of the notes whose keys are still down, by the ids of their voices. */
  readonly open: Readonly<Record<number, number>>
  /** The clock that counts meanwhile, where one is followed. */
  readonly clock?: FreeClock
}

/** How a free take is heard, and how else it may be. */
type Reading = {
  readonly track: LoopTrack
  readonly now: FreeLoop
  /** The likeliest of each metre, in order. */
  readonly likely: readonly FreeLoop[]
}

/** A track that waits for its first note. */
export type Armed = {
  readonly track: LoopTrack
  readonly overdub: boolean
  /** It was armed before beat one: that is where the take begins. */
  readonly counted: boolean
  /** It adds to a loop pass after pass, and a pass has been recorded. */
  readonly goesOn: boolean
}

/** A take while it is recorded. */
export type Take = {
  readonly track: LoopTrack
  readonly overdub: boolean
  readonly start: Beats
  readonly end: Beats
  readonly metre: Metre
  readonly measures: number
  /** It has pickups, pushes and ties; those of version 0.1 had none. */
  readonly isWhole: boolean
  /** From the start, a pickup below 0; a key that is still down has the length of a step. */
  readonly notes: readonly Note[]
  /** The notes whose keys are still down, by the ids of their voices. */
  readonly open: Readonly<Record<number, Note>>
  /** The swing that it has set. */
  readonly swing?: HeardSwing
  readonly isFree?: true
}

/** A note of a loop whose key is still down. */
export type HeldNote = {
  readonly note: Note
  /** Where it began, from the start of its take, and that take. */
  readonly beat: Beats
  readonly take: Take
}

/** What is known where takes are recorded. */
export type RecordingState = BandState & {
  readonly settings: SettingsOf<typeof recordingSettings>
  readonly recording: Recording
}

/** Nothing is recorded. */
export const notRecording: Recording = {
  armed: null,
  take: null,
  over: null,
  held: {},
  pushed: null,
  swing: null,
  free: null,
  reading: null,
  mended: null,
}
