/**
 * `session/`: the performance itself, as one pure function: `step(state, event)` gives the next state and what the
 * world is to do. Loops are no effects: a scheduler asks `notesBetween` for what is due.
 *
 * A performance is its list of events. Replaying it, undoing, exporting and testing all rest on that.
 */
export * from './actions.ts'
export * from './controllers.ts'
export type { Binding, Bindings, ControlKind } from './controls.ts'
export * from './dials.ts'
export * from './effect.ts'
export * from './event.ts'
export { fitGroove, fitNotes, gridBeat } from './fit.ts'
export { measureAt, measureStart, type Position, positionAt, swingOf, unswungIn } from './form.ts'
export { drumLoop } from './grooves.ts'
export { type ChordChange, chordsBetween, type Harmony, harmonyAt, recogniseChords } from './harmony.ts'
export { type Outlook, outlook } from './improvise.ts'
export * from './notices.ts'
export * from './performance.ts'
export * from './rehearse.ts'
export { type Click, type DueNote, notesBetween } from './scheduled.ts'
export * from './script.ts'
export { readBindings, readSongs, type Section, type Song, SongError } from './song.ts'
export { type Loop, type SessionState, startSession } from './state.ts'
export { step } from './step.ts'
export * from './tracks.ts'
export * from './transcript.ts'
export { lookAheadSeconds } from './transport.ts'
