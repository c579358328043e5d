import type { Note } from '../src/music/index.ts'

/** A note with the details that most tests don't care for. */
export function note(beat: number, pitch = 36, beats = 0.5, velocity = 90): Note {
  return { pitch, velocity, beat, beats }
}
