/**
 * `timing/free-take/`: tempo, metre and measures of what was played without a click, from one press of the foot to the
 * next.
 */
export { findLoops, findLoopsByClock, freeMetres } from './find-loops.ts'
export { type FreeClock, type FreeLoop, type FreeNote, type FreeTake, type TempoRange, usualTempi } from './take.ts'
