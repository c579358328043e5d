/** `band/bass/`: a bass: where it plays, and the cheapest line through the pitches that it could play there. */
export { playBass } from './play-bass.ts'
