import * as v from 'valibot'
import { ContentError } from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'
import type { Effect } from '../core/index.ts'
import { voiceOf } from '../keys/index.ts'
import { eventSchema, type SessionEvent, type SessionState, type Settings, startSession } from '../session.ts'
import { step } from '../step.ts'
import { eventToday, firstSettings } from '../version-1.ts'

/** A performance as it is kept: what happened, from which everything else follows. */
export type Performance = {
  /** Of all chance in it. */
  readonly seed: number
  readonly events: readonly SessionEvent[]
}

/** A performance's file can't be used. */
export class PerformanceError extends ContentError {
  override name = 'PerformanceError'
}

const format = 'tradefours-performance'
const version = 2

/** What makes a performance of a version one of the next version. */
export type Upgrade = {
  readonly event: (event: unknown) => unknown
  /** What was set at first in that version, where that is something else in the next one. */
  readonly settings?: Partial<Settings>
}

/** By the version that they start from. */
const upgrades: ReadonlyMap<number, Upgrade> = new Map([[1, { event: eventToday, settings: firstSettings }]])

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

/**
 * Reads a performance's file. A last line that breaks off is what a crash leaves: it is passed over.
 *
 * @param older what makes older versions new; the shipped ones unless others are given.
 * @throws PerformanceError that names the line, when it is damaged elsewhere, or of a newer version.
 */
export function readPerformance(text: string, older = upgrades): Performance {
  const lines = text.split('\n')
  const broken = lines.pop()
  if (broken) lines.push(...(isWholeLine(broken) ? [broken] : []))
  const [first, ...rest] = lines
  const head = v.safeParse(headSchema, parse(first ?? '', 1))
  if (!head.success) throw new PerformanceError('is no performance: choose a file that Tradefours has saved.')
  const { seed, version: written } = head.output
  if (written > version) throw new PerformanceError('was saved by a newer Tradefours: update this one to open it.')
  const events = rest.map((line, index) => readEvent(upgraded(parse(line, index + 2), written, older), index + 2))
  return { seed, events: [...settingsOf(written, events[0]?.at ?? 0, older), ...events] }
}

/** Sets what an older version had set at first, so that a performance sounds as it did then. */
function settingsOf(from: number, at: Seconds, older: ReadonlyMap<number, Upgrade>): SessionEvent[] {
  let settings: Partial<Settings> = {}
  for (let step = version - 1; step >= from; step--) settings = { ...settings, ...older.get(step)?.settings }
  return Object.entries(settings).map(([setting, value]) => ({ type: 'set', setting, value, at }) as SessionEvent)
}

const headSchema = v.object({
  format: v.literal(format),
  version: v.pipe(v.number(), v.integer(), v.minValue(0)),
  seed: v.pipe(v.number(), v.integer()),
})

function parse(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    if (number === 1) return null
    throw new PerformanceError(`is damaged in line ${number}: delete that line, and the rest can be opened.`)
  }
}

/** Whether a line is whole. */
export function isWholeLine(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function upgraded(event: unknown, from: number, older: ReadonlyMap<number, Upgrade>): unknown {
  let newer = event
  for (let step = from; step < version; step++) {
    const upgrade = older.get(step)
    if (!upgrade) throw new PerformanceError(`is of version ${from}, which nothing can read any more.`)
    newer = upgrade.event(newer)
  }
  return newer
}

function readEvent(json: unknown, number: number): SessionEvent {
  const result = v.safeParse(eventSchema, json, { abortEarly: true })
  if (result.success) return result.output as SessionEvent
  const [issue] = result.issues
  const place = v.getDotPath(issue) ?? 'the event'
  throw new PerformanceError(
    `is damaged in line ${number} (${place}: ${issue.message}): delete that line, and the rest can be opened.`,
  )
}

/** A step of a replay. */
export type Replayed = {
  readonly event: SessionEvent
  readonly effects: readonly Effect[]
  /** After it. */
  readonly state: SessionState
}

/** Plays a performance again, event by event: the same effects, on any machine. */
export function* replay({ seed, events }: Performance): Generator<Replayed, SessionState> {
  let state = startSession(seed)
  for (const event of events) {
    const next = step(state, event)
    state = next.state
    yield { event, ...next }
  }
  return state
}
