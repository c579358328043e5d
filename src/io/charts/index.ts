/**
 * `io/charts`: lead sheets of other programs: iReal Pro, MusicXML, ChordPro, and our own text.
 *
 * A format is a folder and a line in `formats.ts`. Works in Node and in the browser alike: it is handed bytes or a text.
 */
export * from './chart-song.ts'
export { ChartError, type Measure } from './lead-sheet.ts'
export * from './measure-words.ts'
export * from './read-charts.ts'
export * from './songs-in.ts'
