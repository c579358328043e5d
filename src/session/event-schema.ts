import * as v from 'valibot'
import { drums } from '../music/index.ts'
import { type ActionId, isAction } from './actions.ts'
import type { SessionEvent } from './event.ts'
import { bindingsSchema, songSchema } from './song.ts'

/** Past this many seconds, three centuries, a clock has no room for milliseconds. */
const latest = 1e10

const at = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(latest))
const longestSource = 64
const source = v.optional(v.pipe(v.string(), v.maxLength(longestSource)))
const when = { at, source }
const count = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const pitch = count(0, 127)
const channel = v.optional(count(1, 16))
const text = v.pipe(v.string(), v.maxLength(10_000))
const message = v.optional(text)
const request = v.pipe(v.number(), v.integer())
const finite = v.pipe(v.number(), v.finite())
const action = v.custom<ActionId>((value) => typeof value === 'string' && isAction(value), 'is no action')

const metre = v.object({
  numerator: count(1, 255),
  denominator: v.picklist([1, 2, 4, 8, 16]),
  groups: v.array(count(1, 255)),
})
const hit = v.object({ step: count(0, 1_000_000), drum: v.picklist(drums), velocity: count(1, 127), offsetMs: finite })
const groove = v.object({ metre, measures: count(1, 10_000), hits: v.pipe(v.array(hit), v.maxLength(100_000)) })

/** What an event has to be, live and in a recording. */
export const eventSchema = v.variant('type', [
  v.object({
    type: v.literal('noteOn'),
    ...when,
    pitch,
    velocity: count(0, 127),
    channel,
    answer: v.optional(pitch),
  }),
  v.object({ type: v.literal('noteOff'), ...when, pitch, channel }),
  v.object({ type: v.literal('control'), ...when, controller: pitch, value: pitch, channel }),
  v.object({ type: v.literal('program'), ...when, program: pitch, channel }),
  v.object({ type: v.literal('act'), ...when, action, value: v.optional(finite), by: v.optional(finite) }),
  v.object({ type: v.literal('metre'), ...when, metre: text }),
  v.object({ type: v.literal('chart'), ...when, chart: text }),
  v.object({ type: v.literal('learn'), ...when, action: v.nullable(action) }),
  v.object({ type: v.literal('bind'), ...when, bindings: bindingsSchema }),
  v.object({ type: v.literal('setList'), ...when, songs: v.pipe(v.array(songSchema), v.maxLength(64)) }),
  v.object({
    type: v.literal('groove'),
    ...when,
    request,
    answer: v.nullable(v.object({ plain: groove, felt: groove })),
    message,
  }),
  v.object({
    type: v.literal('melody'),
    ...when,
    request,
    pitches: v.nullable(v.pipe(v.array(pitch), v.maxLength(1024))),
    message,
  }),
  v.object({ type: v.literal('tick'), ...when }),
])

/** Whether an event can be taken. What hands do is looked at by hand: there is no time to lose. */
export function isSane(event: SessionEvent): boolean {
  if (!(event.at >= 0 && event.at <= latest)) return false
  if (event.source !== undefined && !isSource(event.source)) return false
  switch (event.type) {
    case 'tick':
      return true
    case 'noteOn': {
      const { pitch, velocity, channel = 1, answer = pitch } = event
      return isByte(pitch) && isByte(velocity) && isCount(channel, 1, 16) && isByte(answer)
    }
    case 'noteOff': {
      const { pitch, channel = 1 } = event
      return isByte(pitch) && isCount(channel, 1, 16)
    }
    default:
      return v.is(eventSchema, event)
  }
}

function isSource(source: unknown): boolean {
  return typeof source === 'string' && source.length <= longestSource
}

/** Whether it is a number that MIDI has: 7 bits. */
function isByte(value: number): boolean {
  return isCount(value, 0, 127)
}

function isCount(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
