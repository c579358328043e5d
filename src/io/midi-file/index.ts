/**
 * `io/midi-file`: Standard MIDI Files in and out (Standard MIDI Files 1.0, RP-001), as bytes.
 *
 * Works in Node and in the browser alike: it is handed bytes and hands bytes back.
 */
export * from './choose-part.ts'
export { MidiFileError } from './cursor.ts'
export * from './read.ts'
export * from './transcript.ts'
export * from './write.ts'
