/**
 * `ports/live`: a session that runs: against a clock, with outputs that sound and models that answer.
 *
 * The same in the browser and in Node; which clock, which outputs and which worker is for whoever makes the rig.
 */
export * from './gauge.ts'
export * from './go-on.ts'
export * from './live.ts'
export * from './load-models.ts'
export * from './note-output.ts'
export * from './output.ts'
export * from './partner.ts'
export * from './sounding.ts'
export * from './time-stamp.ts'
