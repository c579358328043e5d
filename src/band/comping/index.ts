/** `band/comping/`: chords: when they are struck, the ways to voice them, and the one with the least movement. */
export { type CompingMemory, noCompingMemory, playChords } from './play-chords.ts'
