import type { Beats } from '../../music/index.ts'
import type { Bpm } from '../../timing/index.ts'

/**
 * Ourselves among the peers of a network, who share one tempo, one row of beats and whether they play. Times are on
 * `performance.now()`'s clock.
 */
export type LinkPeer = {
  /** How many others there are. */
  readonly peers: number
  readonly tempo: Bpm
  readonly isPlaying: boolean
  /** When they began to play or stopped, or will. */
  readonly changedAtMs: number
  /** The beat at a moment. Modulo the quantum, it is the phase that all peers share. */
  beatAt(timeStampMs: number, quantum: Beats): Beats
  setTempo(bpm: Bpm, timeStampMs: number): void
  /** Puts a beat on a moment: where nobody else is, exactly; else at the next one with its phase. */
  setBeat(beat: Beats, timeStampMs: number, quantum: Beats): void
  /** Starts everybody, beat 0 on that moment, as {@link setBeat} has it. */
  play(timeStampMs: number, quantum: Beats): void
  stop(timeStampMs: number): void
  /** Leaves the others as they are. */
  leave(): void
}
