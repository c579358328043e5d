/**
 * `session/performance/`: a performance as its list of events: recorded, read, replayed, written out in notes; and
 * scripts that are played through as fast as it goes.
 */
export { createLeadNotes, type LeadNote, type LeadNotes, ownNotes, ownNotesOf } from './lead-notes.ts'
export { eventLine, headLine, type Performance, recorded, writePerformance } from './performance.ts'
export * from './read-performance.ts'
export * from './rehearse.ts'
export * from './replay.ts'
export * from './script.ts'
export * from './transcript.ts'
