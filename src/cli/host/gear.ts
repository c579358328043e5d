import type { clockAfter, Output } from '../../runtime/index.ts'
import type { Effect, Happening, SessionEvent, SessionState } from '../../session/index.ts'

/** Something that a session plays with: instruments that it sounds on, hands that it hears, lights that follow it. */
export type Gear = {
  /** Null where it sounds nothing. */
  readonly output: Output | null
  /** Told of everything that happened, after it has sounded. */
  heard?(event: SessionEvent, effects: readonly Effect[], state: SessionState): void
  /** Sends what is due soon: called whenever the session is woken. */
  wake?(transport: SessionState['transport']): void
  /** Ends everything that sounds on it. */
  silence?(): void
  /** Closes it, when all that was sent has left. */
  end(): void | Promise<void>
}

/** What gear is put together with. */
export type Stand = {
  readonly clock: ReturnType<typeof clockAfter>
  /** The performance, as it stands. */
  readonly state: SessionState
  /** Something that hands did, with its time on `performance.now()`'s clock; unless given, now. */
  happen(happening: Happening, timeStampMs?: number): void
  /** Tells the performer, in a sentence. */
  tell(sentence: string): void
}
