/**
 * `timing/`: the bridge between musical time (beats) and physical time (seconds).
 *
 * No clock lives here: callers hand in the moments, so the same code runs on the audio clock, on a
 * monotonic clock and in a test.
 */
export * from './free-take/index.ts'
export * from './midi-clock.ts'
export * from './ritardando.ts'
export * from './swing.ts'
export * from './tap-tempo.ts'
export * from './timeline.ts'
