/**
 * `music/`: what notes, metres, drums and chords *are*, as plain data and pure functions.
 *
 * Nothing here knows of time in seconds, of models or of devices. Positions and lengths are in
 * {@link Beats} (quarter notes, whatever the metre) or in steps of a {@link Grid}.
 */
export * from './chart.ts'
export { isSectionName } from './chart-marks.ts'
export { type ChartMeasure, type ReadChart, readChart } from './chart-text.ts'
export { type Chord, parseChord, type ReadChord, readChord, transposeChord } from './chord.ts'
export * from './chord-at.ts'
export * from './content-error.ts'
export * from './drum-style.ts'
export * from './drums.ts'
export * from './grid.ts'
export { isDiatonic, type KeySignature, keySignature } from './key.ts'
export * from './measure-shares.ts'
export * from './metre.ts'
export * from './modulo.ts'
export * from './note.ts'
export type { NoteNaming } from './note-name.ts'
export { nameChord, type PlayedOptions, playedChord } from './played-chord.ts'
export { type Jump, type Marks, type PlayingOrder, playingOrder } from './playing-order.ts'
