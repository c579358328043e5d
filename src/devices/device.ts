import type { Effect, SessionEvent, SessionInput, SessionState } from '../session/index.ts'
import type { Seconds } from '../timing/index.ts'
import type { Output, SessionClock } from './output.ts'

/**
 * Something that a session plays on, is played by, or is watched by: instruments, hands, lights, a screen. All of it runs
 * on the thread of the session, and none of its functions throws.
 */
export type Device = {
  /** Where it sounds. Between a key and its output there is nothing else. */
  readonly output?: Output
  /** Receives each event and its effects, ticks too, after they have sounded. */
  observe?(event: SessionEvent, effects: readonly Effect[], state: SessionState): void
  /** Plays what is due by now, for a device that plays by itself: called before the session is woken. */
  beforeWake?(): void
  /**
   * Sends what is due soon: called after the session was woken.
   *
   * @param transport null while the session's time stands still: then what has begun ends, and nothing else happens.
   */
  wake?(transport: SessionState['transport'] | null): void
  /** Ends everything that sounds on it, live notes too: the session ends, or its page is left. */
  silence?(): void
  /** Closes it, once all that was sent has left. */
  end?(): void | Promise<void>
}

/** What a device gets of the session that it belongs to. */
export type DeviceContext = {
  readonly clock: SessionClock
  /** The performance as it stands. */
  readonly state: SessionState
  /**
   * Sends an input to the session, with the name of the device as its source.
   *
   * @param at when, on the session's clock; unless given, now.
   */
  dispatch(input: SessionInput, at?: Seconds): void
  /** Reports something to the performer, in a sentence. */
  notify(sentence: string): void
}
