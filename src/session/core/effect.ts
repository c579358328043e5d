import type { MidiPitch, Velocity } from '../../music/index.ts'
import type { PlayedTrack, Track } from '../track.ts'
import type { Express } from './expression.ts'
import type { Job, Question } from './jobs.ts'
import type { NoticeId } from './notices.ts'

/** What devices and models are to do now. The notes of loops are not effects: schedulers ask `notesBetween` for them. */
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
      /** Where an MPE zone gives the note a channel: outputs keep it. */
      readonly channel?: number
    }
  | { readonly type: 'stop'; readonly track: PlayedTrack; readonly pitch: MidiPitch; readonly channel?: number }
  | Express
  /**
   * Ends what sounds of the loops and forgets what is scheduled, on a track or on all. On all, instruments are told to end
   * whatever sounds, unless keys that are held go on.
   */
  | { readonly type: 'silence'; readonly track: Track | null; readonly keysGoOn?: true }
  | Ask
  /** Something that the performer should know. */
  | { readonly type: 'notify'; readonly notice: NoticeId; readonly detail?: string }

/** A model is asked. */
export type Ask = { readonly type: 'ask'; readonly request: number } & {
  readonly [Name in Job]: { readonly job: Name; readonly question: Question<Name> }
}[Job]

/** Receives an effect as soon as it is decided, before the rest of its step. It changes nothing of the session. */
export type EffectListener = (effect: Effect) => void
