/**
 * `runtime/`: a session that runs: against a clock, with devices, models that answer, and a place where it is stored.
 *
 * The same in the browser and in Node; which clock, which devices and which worker is for whoever opens it.
 */
export * from '../devices/index.ts'
export * from './load-models.ts'
export * from './model-client.ts'
export * from './player-recorder.ts'
export * from './resume.ts'
export * from './runtime.ts'
export * from './session-loop.ts'
export * from './sounding.ts'
export * from './worker/index.ts'
