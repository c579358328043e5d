import type { DueNote, Effect, Express, SessionState, Track } from '../session/index.ts'
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
  /** @param source where the key came from, as its event says. */
  sound(sound: Sound, source?: string): void
  stop(stop: Stop): void
  /** What a key lets sound is bent, pressed or pedalled. */
  express(express: Express): void
  /** A note of a loop, at most the look-ahead early. Its end is the output's to remember. */
  schedule(note: DueNote, at: Seconds, seconds: Seconds): void
  /**
   * Ends what sounds of the loops and forgets what is scheduled, on a track or on all. On all, it makes sure that nothing
   * sounds, unless keys go on.
   */
  silence(track: Track | null, keysGoOn?: boolean): void
}

/** The session's clock: in a browser the sound card's, elsewhere a monotonic one. */
export type Clock = {
  now(): Seconds
  /** The moment of a time stamp in milliseconds, as events of the system carry it (`performance.now()`'s time). */
  of(timeStamp: number): Seconds
}

/** A session's clock over the machine's: a performance that goes on begins after its last event. */
export type SessionClock = Clock & {
  /** By how much it is ahead of the machine's clock now. */
  readonly ahead: Seconds
}

/** An output whose own clock is the machine's, as one on the session's clock. */
export function onSessionClock(output: Output, clock: Pick<SessionClock, 'ahead'>): Output {
  return { ...output, schedule: (note, at, length) => output.schedule(note, at - clock.ahead, length) }
}

/** A note as voices play it: where two sounds are not wanted, the machine's notes have the human's. */
export function voiced<Played extends Sound | DueNote>(
  played: Played,
  { settings }: Pick<SessionState, 'settings'>,
): Played {
  return settings['two-sounds'] || played.by === undefined ? played : { ...played, by: 'human' }
}

/** An output whose notes are {@link voiced}. */
export function voicedOutput(output: Output, state: () => Pick<SessionState, 'settings'>): Output {
  return {
    ...output,
    sound: (sound, source) => output.sound(voiced(sound, state()), source),
    schedule: (note, at, seconds) => output.schedule(voiced(note, state()), at, seconds),
  }
}
