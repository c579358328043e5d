import { evenSixteenths, hearSubdivision } from '../../groove/index.ts'
import { type Beats, countsQuarters } from '../../music/index.ts'
import type { Form, Transaction } from '../core/index.ts'
import { measureAt, swingOf, swungIn, unswungIn } from '../transport/index.ts'
import type { RecordingState, Take } from './state.ts'
import { mapNotes } from './take-notes.ts'

/** So near to that of triplets, swing is triplets. */
const nearTriplets = 0.01

/**
 * Sets the swing to that of a take: loops, drums and band follow it. A swing that was set by hand stays where the take
 * does not swing.
 *
 * @returns the take on the straight grid of that swing.
 */
export function hearSwing(tx: Transaction<RecordingState>, take: Take): Take {
  const { settings, recording } = tx.state
  const hears = settings.grid === 'auto' || settings.grid === 'off'
  if (!hears || !countsQuarters(take.metre)) return take
  const form: Form = { beat: 0, metre: take.metre }
  const was = swingOf(tx.state)
  const onsets = take.notes.map(({ beat }) => measureAt(form, swungIn(form, beat, was)).place / was.pair)
  const { swing } = hearSubdivision(onsets, { ...evenSixteenths, swing: was.ratio })
  const isByHand = was.ratio !== recording.swing
  if (swing === was.ratio || (swing === evenSixteenths.swing && isByHand)) return take
  tx.set('swing', Math.abs(swing - 2 / 3) < nearTriplets ? 2 / 3 : swing)
  const is = swingOf(tx.state)
  tx.change('recording', { swing: is.ratio })
  const moved = (beat: Beats) => unswungIn(form, swungIn(form, beat, was), is)
  return mapNotes(take, (note) => {
    const beat = moved(note.beat)
    return { ...note, beat, beats: moved(note.beat + note.beats) - beat }
  })
}
