/**
 * `runtime/`: a session that runs: against a clock, with outputs that sound and models that answer.
 *
 * The same in the browser and in Node; which clock, which outputs and which worker is for whoever opens it.
 */
export * from '../devices/index.ts'
export * from './go-on.ts'
export * from './live.ts'
export * from './load-models.ts'
export * from './model-client.ts'
export * from './sounding.ts'
