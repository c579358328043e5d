import { type Drum, drums } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'
import type { ModelEvent } from './encoding.ts'

/** The event in which these drums sound together. */
export function drumEvent(played: Iterable<Drum>): ModelEvent {
  let event = 0
  for (const drum of played) event |= 1 << drums.indexOf(drum)
  return event
}

/** The drums that sound in an event: the inverse of {@link drumEvent}. */
export function eventDrums(event: ModelEvent): Drum[] {
  return drums.filter((_, bit) => (event >>> bit) & 1)
}

/** Adds nine places to a row, one for each drum: 1 where it sounds in the event. */
export function addHits(row: InputRow, offset: number, event: ModelEvent): void {
  for (let bit = 0; event >>> bit > 0; bit++) if ((event >>> bit) & 1) row.add(offset + bit)
}
