/**
 * `music/`: what notes, metres, drums and chords *are*, as plain data and pure functions.
 *
 * Nothing here knows of time in seconds, of models or of devices. Positions and lengths are in
 * {@link Beats} (quarter notes, whatever the metre) or in steps of a {@link Grid}.
 */
export * from './chart.ts'
export * from './chord.ts'
export * from './content-error.ts'
export * from './drums.ts'
export * from './grid.ts'
export * from './metre.ts'
export * from './modulo.ts'
export * from './note.ts'
