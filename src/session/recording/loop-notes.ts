import type { DueNote, Stretch } from '../core/index.ts'
import { audible } from '../mixer/index.ts'
import { loopTracks, type Track } from '../track.ts'
import { fitNotes, gridBeat, isIn, passes } from '../tracks/index.ts'
import { swingOf, swungIn, swungLength } from '../transport/index.ts'
import type { RecordingState } from './state.ts'

/** The notes of the loops that go round. */
export function loopNotes(stretch: Stretch<RecordingState>, add: (note: DueNote) => void): void {
  const { state } = stretch
  const { settings, material, transport } = state
  const { form } = transport
  const swing = swingOf(state)
  for (const track of loopTracks) {
    const loop = material.loops[track]
    if (!loop || !audible(state, track) || isReplaced(state, track)) continue
    const gain = settings[`volume-${track}`]
    const notes = fitNotes(loop, form.metre)
    for (const pass of passes(form, loop, stretch)) {
      for (const note of notes) {
        const place = gridBeat(note.beat)
        if (!isIn(stretch, loop.from, pass + place)) continue
        const late = (note.beat - place) * (1 - settings.quantise)
        const onset = pass + place + late
        const beats = swungLength(form, onset, note.beats, swing)
        add({ ...note, track, gain, beat: swungIn(form, onset, swing), beats })
      }
    }
  }
}

/** While another take is recorded in its stead, a loop is silent. */
function isReplaced({ recording: { take } }: RecordingState, track: Track): boolean {
  return take?.track === track && !take.overdub
}
