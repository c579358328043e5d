import { drumEvent, eventDrums, type ModelEvent } from '../models/index.ts'
import { type Drum, type DrumStyle, drums, type Steps } from '../music/index.ts'

/** What speaks for each event at a step beside the model, in nats. */
export type Emphasis = Float32Array

const toms = drums.filter((drum) => drum.endsWith('tom'))
const timekeepers: readonly Drum[] = ['closed-hat', 'open-hat', 'ride']
const events = 2 ** drums.length

/**
 * In a measure of jazz swing, in triplets: ride or hat on each beat and on the last triplet of every second one. The
 * recordings are solos for the most part, in which time is left to the listener; under a bassline somebody has to keep it.
 */
export function timekeeping(style: DrumStyle | undefined, place: Steps): Emphasis | undefined {
  const isTime = place % 6 === 0 || place % 12 === 10
  return style === 'swing' && isTime ? time : undefined
}

const time = nats((event) => (has(event, timekeepers) ? 2 : 0))

/** In a fill: toms, and the snare. A fill that was asked for is to be heard. */
export const filling: Emphasis = nats((event) => (has(event, toms) ? 1 : has(event, ['snare']) ? 0.5 : 0))

/** In the second half of a fill that leads into another part: the same, and more so. */
export const bigFill: Emphasis = filling.map((value) => 2 * value)

/** On the one after a fill: a crash, over the kick. */
export const landing: Emphasis = nats((event) => (has(event, ['crash']) ? 4 : 0) + (has(event, ['kick']) ? 1 : 0))

/** In another part: time is kept on the ride where it was on the hat, or the other way round. */
export const onRide: Emphasis = nats((event) => (has(event, ['ride']) ? 1.5 : has(event, ['closed-hat']) ? -1.5 : 0))
export const onHat: Emphasis = nats((event) => (has(event, ['closed-hat']) ? 1.5 : has(event, ['ride']) ? -1.5 : 0))

/** What is like another event: each drum that only one of them has speaks against it, but for the crash. */
export function likeEvent(other: ModelEvent): Emphasis {
  const wanted = other & ~crash
  const known = alike.get(wanted)
  if (known) return known
  const made = nats((event) => -unlike * eventDrums((event ^ wanted) & ~crash).length)
  alike.set(wanted, made)
  return made
}

/** In nats a drum. */
const unlike = 1
const crash = drumEvent(['crash'])
const alike = new Map<ModelEvent, Emphasis>()

/** What speaks for each event, all together; undefined where nothing does. */
export function together(all: readonly (Emphasis | undefined)[]): Emphasis | undefined {
  const some = all.filter((each) => each !== undefined)
  const [first, ...rest] = some
  if (!first || rest.length === 0) return first
  return first.map((value, event) => rest.reduce((sum, each) => sum + (each[event] as number), value))
}

function nats(of: (event: ModelEvent) => number): Emphasis {
  return Float32Array.from({ length: events }, (_, event) => of(event))
}

function has(event: ModelEvent, some: readonly Drum[]): boolean {
  return (event & drumEvent(some)) !== 0
}
