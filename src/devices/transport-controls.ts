import type { Beats } from '../music/index.ts'
import type { Bpm } from '../timing/index.ts'
import type { DeviceContext } from './device.ts'

/** What a clock from outside does to the session that follows it. Times are on `performance.now()`'s clock. */
export type TransportControls = {
  play(timeStampMs: number): void
  stop(timeStampMs: number): void
  tempo(bpm: Bpm, timeStampMs: number): void
  /** Says how it counts, for a take that is played without a click: `past` its last beat, in beats, where that is known. */
  count(bpm: Bpm, past: Beats | null, timeStampMs: number): void
}

/** Lets a device start, stop and lead a session. */
export function transportControls({ clock, dispatch }: Pick<DeviceContext, 'clock' | 'dispatch'>): TransportControls {
  return {
    play: (timeStampMs) => dispatch({ type: 'run', action: 'play' }, clock.of(timeStampMs)),
    stop: (timeStampMs) => dispatch({ type: 'run', action: 'stop' }, clock.of(timeStampMs)),
    tempo: (value, timeStampMs) => dispatch({ type: 'set', setting: 'tempo', value }, clock.of(timeStampMs)),
    count: (bpm, past, timeStampMs) => dispatch({ type: 'clock', bpm, past }, clock.of(timeStampMs)),
  }
}
