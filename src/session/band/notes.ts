import type { DueNote, Stretch } from '../core/index.ts'
import { audible } from '../mixer/index.ts'
import { bandTracks } from '../track.ts'
import { isIn } from '../tracks/index.ts'
import { swingOf, swungIn, swungLength } from '../transport/index.ts'
import type { BandState } from './state.ts'

/** The notes of the band. Its chords rest while the performer's hand holds some. */
export function bandNotes(stretch: Stretch<BandState>, add: (note: DueNote) => void): void {
  const { state } = stretch
  const { band, transport, settings } = state
  if (band.turn === null) return
  const { form } = transport
  const swing = swingOf(state)
  const isTaken = state.liveHarmony.held && settings.zones !== 'off'
  for (const track of bandTracks) {
    if (band.sources[track] !== 'band' || !audible(state, track) || (track === 'chords' && isTaken)) continue
    const gain = settings[`volume-${track}`]
    for (const { start, notes } of band.plans[track].measures) {
      for (const { pitch, velocity, beat, beats } of notes) {
        const place = start + beat
        if (!isIn(stretch, 0, place)) continue
        const length = swungLength(form, place, beats, swing)
        add({ track, pitch, velocity, gain, beat: swungIn(form, place, swing), beats: length })
      }
    }
  }
}
