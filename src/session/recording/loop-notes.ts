import { type Beats, type Note, rounding } from '../../music/index.ts'
import { beatAt } from '../../timing/index.ts'
import { isMine } from '../band/index.ts'
import type { DueNote, Stretch } from '../core/index.ts'
import { drumsPlayAlone } from '../grooves/index.ts'
import { audible } from '../mixer/index.ts'
import { loopTracks, type Track } from '../track.ts'
import { fastRuns, fitNotes, isIn, passes, transposed } from '../tracks/index.ts'
import { swingOf, swungIn, swungLength } from '../transport/index.ts'
import type { RecordingState } from './state.ts'

/** A note of beat one is no later than this. */
const afterwards: Beats = 1 / 4

/** The notes of the loops that go round. */
export function loopNotes(stretch: Stretch<RecordingState>, add: (note: DueNote) => void): void {
  const { state } = stretch
  const { settings, material, transport } = state
  const { form } = transport
  const swing = swingOf(state)
  const quantise = settings.grid === 'off' ? 0 : settings.quantise
  for (const track of loopTracks) {
    const loop = material.loops[track]
    if (!loop || !audible(state, track) || isReplaced(state, track) || !isMine(state, track)) continue
    const gain = settings[`volume-${track}`]
    const notes = fitNotes(loop, form.metre, settings)
    // Drums follow the bass on the grid, in whatever it plays.
    const runs = settings.grid === 'auto' && track !== 'bass' ? fastRuns(notes) : null
    for (const pass of passes(form, loop, stretch)) {
      for (const note of notes) {
        const place = pass + note.place
        if (!isIn(stretch, loop.from, place) || drumsPlayAlone(state, place) || isPushed(state, track, place, note))
          continue
        const onset = place + (note.beat - note.place) * (runs?.has(note) ? 1 : 1 - quantise)
        const pitch = transposed(note.pitch, settings.transpose)
        const beats = swungLength(form, onset, note.beats, swing)
        add({ pitch, velocity: note.velocity, track, gain, beat: swungIn(form, onset, swing), beats })
      }
    }
  }
}

/** Whether the hands have just played a note of a loop that is to begin: it does not come again at once. */
function isPushed(state: RecordingState, track: Track, place: Beats, { pitch }: Note): boolean {
  const { recording, transport, now } = state
  const { pushed } = recording
  if (pushed?.track !== track || !pushed.pitches.includes(pitch)) return false
  const isComing = beatAt(transport.timeline, now) <= pushed.beat + afterwards
  return isComing && Math.abs(place - pushed.beat) < rounding
}

/** While another take is recorded in its stead, a loop is silent. */
function isReplaced({ recording: { take } }: RecordingState, track: Track): boolean {
  return take?.track === track && !take.overdub
}
