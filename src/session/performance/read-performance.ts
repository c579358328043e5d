import * as v from 'valibot'
import { ContentError } from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { latest, longestSource } from '../core/index.ts'
import { type SessionEvent, type Settings, sessionFeatures } from '../session.ts'
import { actToday, eventToday, firstSettings } from '../version-1.ts'
import { format, type Performance, version } from './performance.ts'

/** A performance's file can't be used. */
export class PerformanceError extends ContentError {
  override name = 'PerformanceError'
}

/** What makes a performance of a version one of the next version. */
export type Upgrade = {
  readonly event: (event: unknown) => unknown
  /** What was set at first in that version, where that is something else in the next one. */
  readonly settings?: Partial<Settings>
}

/** By the version that they start from. */
const upgrades: ReadonlyMap<number, Upgrade> = new Map([[1, { event: eventToday, settings: firstSettings }]])

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
  if (!head.success) throw new PerformanceError('is not a performance: choose a file that Tradefours has saved.')
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

/** What an event has to be in a recording: when it came and from where, and the input. */
const eventSchemas: readonly v.GenericSchema<object>[] = [
  v.object({
    at: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(latest)),
    source: v.optional(v.pipe(v.string(), v.maxLength(longestSource))),
  }),
  v.variant('type', Object.values(sessionFeatures.events).map(({ schema }) => schema) as never),
]

function readEvent(json: unknown, number: number): SessionEvent {
  const event = actToday(json)
  const parts = eventSchemas.map((schema) => v.safeParse(schema, event, { abortEarly: true }))
  const [issue] = parts.flatMap(({ issues }) => issues ?? [])
  if (!issue) return Object.assign({}, ...parts.map(({ output }) => output))
  const place = v.getDotPath(issue) ?? 'the event'
  throw new PerformanceError(
    `is damaged in line ${number} (${place}: ${issue.message}): delete that line, and the rest can be opened.`,
  )
}
