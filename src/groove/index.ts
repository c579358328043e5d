/**
 * `groove/`: from a bassline to the drums that go with it.
 *
 * A bassline is put on the step grid, the fixed groove follows from it by rule, and later stages answer
 * that groove with a model's. Everything is plain data on a grid; sounding it is somebody else's work.
 */
export * from './bassline.ts'
export * from './fixed-groove.ts'
export * from './groove.ts'
