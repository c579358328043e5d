/**
 * `io/midi-file`: Standard MIDI Files in and out (Standard MIDI Files 1.0, RP-001), as bytes, as the world writes them.
 *
 * Works in Node and in the browser alike: it is handed bytes and hands bytes back.
 */
export * from './choose-part.ts'
export { MidiFileError } from './cursor.ts'
export { onHeardBeats } from './hear-beats.ts'
export { heardMeasures } from './hear-measures.ts'
export * from './measures.ts'
export { isPercussion } from './part-traits.ts'
export * from './read.ts'
export { comparableName } from './read-name.ts'
export * from './transcript.ts'
export * from './write.ts'
