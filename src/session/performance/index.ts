/**
 * `session/performance/`: a performance as its list of events: recorded, read, replayed, written out in notes; and
 * scripts that are played through as fast as it goes.
 */
export * from './performance.ts'
export * from './rehearse.ts'
export * from './script.ts'
export * from './transcript.ts'
