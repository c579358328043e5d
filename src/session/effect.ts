import type { Groove, GrooveRequest } from '../groove/index.ts'
import type { CallRequest } from '../improv/index.ts'
import type { MidiPitch, Velocity } from '../music/index.ts'
import type { Bpm } from '../timing/index.ts'
import type { NoticeId } from './notices.ts'
import type { PlayedTrack, Track } from './tracks.ts'

/** What the world is to do now. The notes of loops are no effects: schedulers ask for them (`notesBetween`). */
export type Effect =
  | {
      readonly type: 'sound'
      readonly track: PlayedTrack
      readonly pitch: MidiPitch
      readonly velocity: Velocity
      /** The track's volume: 1 is as played. */
      readonly gain: number
      /** Who chose the pitch. */
      readonly by: 'human' | 'machine'
      /** The key that was pressed. */
      readonly key: MidiPitch
    }
  | { readonly type: 'stop'; readonly track: PlayedTrack; readonly pitch: MidiPitch }
  /** Ends what sounds of the loops and forgets what is scheduled, on a track or on all. */
  | { readonly type: 'silence'; readonly track: Track | null }
  | ({ readonly type: 'askGroove' } & GrooveQuestion)
  | ({ readonly type: 'askMelody' } & MelodyQuestion)
  /** Something to tell the performer. */
  | { readonly type: 'tell'; readonly notice: NoticeId; readonly detail?: string }

/** What a drum model is asked. */
export type GrooveQuestion = GrooveRequest & {
  readonly request: number
  /** The groove to answer. */
  readonly fixed: Groove
  readonly bpm: Bpm
}

/** What a melody model is asked. */
export type MelodyQuestion = CallRequest & { readonly request: number }
