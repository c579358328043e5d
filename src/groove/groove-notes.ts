import { type Beats, type Drum, drumPitch, type Note, type Velocity } from '../music/index.ts'
import { type Bpm, straight, swung } from '../timing/index.ts'
import { type Groove, hitBeat } from './groove.ts'

/** A stroke where it sounds, in beats from the first full measure. */
export type Stroke = { readonly drum: Drum; readonly velocity: Velocity; readonly beat: Beats }

/** How long a stroke lasts, for those who have to end it: nobody listens for it. */
const strokeBeats: Beats = 1 / 8

/** A stroke as a note of General MIDI's percussion, channel 10. */
export function strokeNote({ drum, velocity, beat }: Stroke): Note {
  return { pitch: drumPitch(drum), velocity, beat, beats: strokeBeats }
}

/**
 * A groove as notes of General MIDI's percussion, where they sound. A pickup is before beat 0.
 *
 * @param bpm the tempo, which milliseconds become beats by.
 * @param swing how its eighths or sixteenths swing.
 */
export function grooveNotes(groove: Groove, bpm: Bpm, swing = straight): Note[] {
  return groove.hits.map(({ drum, velocity, step, offsetMs }) =>
    strokeNote({ drum, velocity, beat: swung(hitBeat(groove, step), swing) + (offsetMs / 60_000) * bpm }),
  )
}
