import { voiceOf } from '../keys/index.ts'
import type { SessionEvent, SessionState } from '../session.ts'

/** A performance as it is kept: what happened, from which everything else follows. */
export type Performance = {
  /** Of all chance in it. */
  readonly seed: number
  readonly events: readonly SessionEvent[]
}

/** What says that a file is a performance. */
export const format = 'tradefours-performance'
/** The version of what is written today. */
export const version = 2

/**
 * An event as recordings keep it, or null for a tick. Ticks are not recorded: they only matter to a note that is reported
 * late. A key that a soloist answered keeps the pitch, so that a replay needs no model.
 *
 * @param state after the event.
 */
export function recorded(event: SessionEvent, { keys }: Pick<SessionState, 'keys'>): SessionEvent | null {
  if (event.type === 'tick') return null
  if (event.type !== 'noteOn' || event.velocity === 0) return event
  const voice = voiceOf(keys, event)
  return voice?.by === 'machine' ? { ...event, answer: voice.chosen } : event
}

/** The first line of a performance's file. */
export function headLine(seed: number): string {
  return `${JSON.stringify({ format, version, seed })}\n`
}

/** The line of an event. Lines are only ever added, so what was written stays whole whatever happens next. */
export function eventLine(event: SessionEvent): string {
  return `${JSON.stringify(event)}\n`
}

/** A performance's file: JSON Lines, the head and then the events. */
export function writePerformance({ seed, events }: Performance): string {
  return headLine(seed) + events.map(eventLine).join('')
}
