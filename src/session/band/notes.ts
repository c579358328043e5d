import type { Beats } from '../../music/index.ts'
import type { DueNote, Stretch } from '../core/index.ts'
import { drumsPlayAlone, isStopped } from '../grooves/index.ts'
import { audible } from '../mixer/index.ts'
import { bandTracks } from '../track.ts'
import { isIn } from '../tracks/index.ts'
import { swingOf, swungIn, swungLength } from '../transport/index.ts'
import type { BandState } from './state.ts'

/** In stop time the band strikes beat one, and lets go. */
const stopBeats: Beats = 1 / 2

/** The notes of the band. It breaks off with the drums. Its chords rest while the performer's hand holds some. */
export function bandNotes(stretch: Stretch<BandState>, add: (note: DueNote) => void): void {
  const { state } = stretch
  const { band, transport, settings } = state
  if (band.planAt === null) return
  const { form } = transport
  const swing = swingOf(state)
  const { move } = state.grooves
  const pause = move?.kind === 'break' ? move : null
  const style = settings['band-style'] === 'own' ? (state.ownStyle?.like ?? 'metre') : settings['band-style']
  const isTaken = state.liveHarmony.held && settings.zones !== 'off'
  for (const track of bandTracks) {
    if (band.sources[track] !== 'band' || !audible(state, track) || (track === 'chords' && isTaken)) continue
    const gain = settings[`volume-${track}`]
    for (const { start, notes } of band.plans[track].measures) {
      for (const { pitch, velocity, beat, beats } of notes) {
        const place = start + beat
        if (
          !isIn(stretch, 0, place) ||
          drumsPlayAlone(state, place) ||
          (pause && place >= pause.from && place < pause.to)
        )
          continue
        if (settings['stop-time'] && isStopped(form, place)) continue
        const held = settings['stop-time'] ? Math.min(beats, stopBeats) : beats
        const length = swungLength(form, place, held, swing)
        add({
          track,
          pitch,
          velocity,
          gain,
          beat: swungIn(form, place, swing),
          beats: length,
          style,
        })
      }
    }
  }
}
