import type { DueNote, Effect, SessionState, Track } from '../session/index.ts'
import type { Seconds } from '../timing/index.ts'

/** A key that sounds now. */
export type Sound = Extract<Effect, { type: 'sound' }>

/** A key that ends now. */
export type Stop = Extract<Effect, { type: 'stop' }>

/**
 * Something that sounds: a mixer of voices, a MIDI port, an OSC address. Times are on the session's clock. None of its
 * functions throws, waits, or comes back late: between a key and its sound there is nothing else.
 */
export type Output = {
  sound(sound: Sound): void
  stop(stop: Stop): void
  /** A note of a loop, at most the look-ahead early. Its end is the output's to remember. */
  schedule(note: DueNote, at: Seconds, seconds: Seconds): void
  /** Ends what sounds of the loops and forgets what is scheduled, on a track or on all. */
  silence(track: Track | null): void
}

/** The session's clock: in a browser the sound card's, elsewhere a monotonic one. */
export type Clock = {
  now(): Seconds
  /** The moment of a time stamp in milliseconds, as events of the system carry it (`performance.now()`'s time). */
  of(timeStamp: number): Seconds
}

/** A key's sound as voices play it: where two sounds are not wanted, the machine's notes have the human's. */
export function voiced(sound: Sound, { settings }: Pick<SessionState, 'settings'>): Sound {
  return settings['two-sounds'] > 0 ? sound : { ...sound, by: 'human' }
}
