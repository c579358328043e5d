import { drumEvent, type ModelEvent } from '../models/index.ts'
import { type Drum, type DrumStyle, drums, type Steps } from '../music/index.ts'

/** What speaks for each event at a step beside the model, in nats; nothing where the model alone decides. */
export type Emphasis = ArrayLike<number> | undefined

const toms = drums.filter((drum) => drum.endsWith('tom'))
const timekeepers: readonly Drum[] = ['closed-hat', 'open-hat', 'ride']

/**
 * In a measure of jazz swing, in triplets: ride or hat on each beat and on the last triplet of every second one. The
 * recordings are solos for the most part, in which time is left to the listener; under a bassline somebody has to keep it.
 */
export function timekeeping(style: DrumStyle | undefined, place: Steps): Emphasis {
  const isTime = place % 6 === 0 || place % 12 === 10
  return style === 'swing' && isTime ? time : undefined
}

const time = nats((event) => (has(event, timekeepers) ? 2 : 0))

/** In a fill: toms, and the snare. A fill that was asked for is to be heard. */
export const filling: Emphasis = nats((event) => (has(event, toms) ? 1 : has(event, ['snare']) ? 0.5 : 0))

function nats(of: (event: ModelEvent) => number): Float32Array {
  return Float32Array.from({ length: 2 ** drums.length }, (_, event) => of(event))
}

function has(event: ModelEvent, some: readonly Drum[]): boolean {
  return (event & drumEvent(some)) !== 0
}
