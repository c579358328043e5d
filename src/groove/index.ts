/**
 * `groove/`: from a bassline to the drums that go with it.
 *
 * A bassline is put on the step grid, the fixed groove follows from it by rule, a model answers the fixed groove, and
 * another gives that answer a drummer's touch. Everything is plain data on a grid; other rooms make it sound.
 */
export * from './apply-feel.ts'
export * from './bassline.ts'
export { faultsOf, type GrooveFault } from './check-groove.ts'
export type { DrumPattern } from './drum-patterns.ts'
export * from './drum-time.ts'
export { atEnergy, type Dynamics } from './dynamics.ts'
export * from './fill.ts'
export * from './fixed-groove.ts'
export { type FormPart, leastForm, partEnds } from './form.ts'
export * from './groove.ts'
export * from './groove-notes.ts'
export { chartForm, formParts, hearForm } from './hear-form.ts'
export * from './model-groove.ts'
export * from './subdivision.ts'
