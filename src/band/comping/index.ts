/** `band/comping/`: chords: when they are struck, the ways to voice them, and the one with the least movement. */
export { playChords } from './play-chords.ts'
