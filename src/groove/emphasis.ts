import { drumEvent, eventDrums, type ModelEvent } from '../models/index.ts'
import { accentAt, type Beats, type Drum, type DrumStyle, drums, type Metre, type Steps } from '../music/index.ts'

/** What is added to the model's logits for each event at a step, in nats. */
export type Emphasis = Float32Array

const toms = drums.filter((drum) => drum.endsWith('tom'))
const timekeepers: readonly Drum[] = ['closed-hat', 'open-hat', 'ride']
const events = 2 ** drums.length

/**
 * In jazz swing, in triplets: ride or hat on each beat and on the last triplet of every second one. The recordings are solos
 * for the most part, in which time is left to the listener; under a bassline somebody has to keep it.
 */
export function swingTime(place: Steps): Emphasis | undefined {
  return place % 6 === 0 || place % 12 === 10 ? swung : undefined
}

const swung = nats((event) => (has(event, timekeepers) ? 2 : 0))

/**
 * In all other music: closed hat or ride on each eighth, and more so on the pulses. Beyond 4/4, of which the recordings are
 * full, the snare is on every second pulse as well and the hat seldom open, as in a ballad in 12/8 or a rock in 7/8; but for
 * latin and afro, whose snare goes by the clave.
 */
export function timekeeping(metre: Metre, style: DrumStyle | undefined, place: Steps): Emphasis | undefined {
  if (place % 2 !== 0) return undefined
  const accent = accentAt(metre, place / 4)
  const isPulse = accent === 'pulse' || accent === 'downbeat'
  if ((metre.numerator === 4 && metre.denominator === 4) || style === 'latin' || style === 'afro') {
    return isPulse ? onPulse : onEighth
  }
  if (isBackbeat(metre, place / 4)) return onBackbeat
  return isPulse ? onClosedPulse : onClosedEighth
}

const closedTime: readonly Drum[] = ['closed-hat', 'ride']
const onEighth = nats((event) => (has(event, closedTime) ? 0.5 : 0))
const onPulse = nats((event) => (has(event, closedTime) ? 1 : 0))
const [onClosedEighth, onClosedPulse] = [onEighth, onPulse].map((emphasis) =>
  emphasis.map((value, event) => value - (has(event, ['open-hat']) ? 1.5 : 0)),
)
const onBackbeat = onPulse.map((value, event) => value + (has(event, ['snare']) ? 2.5 : 0))

/** Whether a beat of a measure is a backbeat: its second pulse, its fourth, and so on. */
export function isBackbeat({ denominator, groups }: Metre, beat: Beats): boolean {
  let start = 0
  const pulse = groups.findIndex((group) => {
    const isHere = start === (beat * denominator) / 4
    start += group
    return isHere
  })
  return pulse % 2 === 1
}

/** Where no part begins, a crash is seldom. */
export const noCrash: Emphasis = nats((event) => (has(event, ['crash']) ? -2 : 0))

/** In a fill: the snare and the higher toms, which the low one comes after. A fill that was asked for is to be heard. */
export const filling: Emphasis = noCrash.map(
  (value, event) =>
    value +
    (has(event, ['high-tom', 'mid-tom']) ? 1.25 : has(event, ['low-tom']) ? 0.25 : has(event, ['snare']) ? 1 : 0),
)

/** In the second half of a fill that leads into another part: the same, and more so. */
export const bigFill: Emphasis = filling.map((value) => 3 * value)

/** In its last quarter: all toms, and the snare. */
export const fillEnd: Emphasis = noCrash.map(
  (value, event) => value + (has(event, toms) ? 3.5 : has(event, ['snare']) ? 2.75 : 0),
)

/** On the one after a fill: a crash, over the kick; where only a phrase ends, perhaps. */
export const landing: Emphasis = nats((event) => (has(event, ['crash']) ? 5 : 0) + (has(event, ['kick']) ? 1 : 0))
export const softLanding: Emphasis = nats((event) => (has(event, ['crash', 'ride']) ? 1 : 0))

/** In another part: time is kept on the ride where it was on the hat, or the other way round. */
export const onRide: Emphasis = nats((event) => (has(event, ['ride']) ? 1.5 : has(event, ['closed-hat']) ? -1.5 : 0))
export const onHat: Emphasis = nats((event) => (has(event, ['closed-hat']) ? 1.5 : has(event, ['ride']) ? -1.5 : 0))

/** Favours events that are like another one: each drum that only one of the two has counts against it, but for the crash. */
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

/** The sum of emphases; undefined where there is none. */
export function together(all: readonly (Emphasis | undefined)[]): Emphasis | undefined {
  const some = all.filter((each) => each !== undefined)
  const [first, ...rest] = some
  if (!first || rest.length === 0) return first
  return first.map((value, event) => rest.reduce((sum, each) => sum + (each[event] as number), value))
}

/** An emphasis from what a rule gives each event, in nats. */
export function nats(of: (event: ModelEvent) => number): Emphasis {
  return Float32Array.from({ length: events }, (_, event) => of(event))
}

function has(event: ModelEvent, some: readonly Drum[]): boolean {
  return (event & drumEvent(some)) !== 0
}
