import type { Drum, Note } from '../../music/index.ts'
import type { Track } from '../track.ts'

/** A note that is due. */
export type DueNote = Note & {
  readonly track: Track
  /** The track's volume: 1 is as played. */
  readonly gain: number
  readonly drum?: Drum
  /** Who plays it, on a track that both performer and machine play: the performer, unless given. */
  readonly by?: 'human' | 'machine'
  /** The style of the band that plays it, whose sound it has. */
  readonly style?: string
  /** Which of the three clicks it is. */
  readonly click?: Click
}

/** The clicks: where the loop starts, where a measure does, and on each other unit. */
export type Click = 'loop' | 'bar' | 'beat'
