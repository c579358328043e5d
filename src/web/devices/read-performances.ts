/** Reads performances that are stored. It has a file of its own, since the page fetches it when one is opened. */
export { recover } from '../../io/storage/index.ts'
export { PerformanceError, readPerformance } from '../../session/index.ts'
