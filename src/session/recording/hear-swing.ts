import { evenSixteenths, hearSubdivision, isBetween } from '../../groove/index.ts'
import { type Beats, countsQuarters, mod } from '../../music/index.ts'
import type { Form, Transaction } from '../core/index.ts'
import { loopTracks } from '../track.ts'
import type { Material } from '../tracks/index.ts'
import { measureAt, swingOf, swungIn, unswungIn } from '../transport/index.ts'
import type { RecordingState, Take } from './state.ts'
import { mapNotes } from './take-notes.ts'

/** Swing this near to that of triplets is triplets. */
const nearTriplets = 0.01

/** A note this near to a first triplet is one. */
const nearFirst: Beats = 0.1

/** Whether a take may set the swing: no loop that stays has notes between the beats, which would be moved. */
export function setsSwing({ loops }: Material, { track, overdub }: Take): boolean {
  const staying = loopTracks.flatMap((each) => (each === track && !overdub ? [] : (loops[each] ?? [])))
  return staying.every(({ metre, notes }) => {
    const form: Form = { beat: 0, metre }
    return !notes.some(({ beat }) => isBetween(mod(measureAt(form, beat).place, 1)))
  })
}

/**
 * Sets the swing to that of a take: loops, drums and band follow it. A swing that was set by hand stays where the take does
 * not swing.
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
  const swing = swingHeard(onsets, was.ratio)
  const isByHand = was.ratio !== recording.swing
  if (swing === was.ratio || (swing === evenSixteenths.swing && isByHand)) return take
  tx.set('swing', swing)
  const is = swingOf(tx.state)
  tx.change('recording', { swing: is.ratio })
  const moved = (beat: Beats) => unswungIn(form, swungIn(form, beat, was), is)
  const straight = mapNotes(take, (note) => {
    const beat = moved(note.beat)
    return { ...note, beat, beats: moved(note.beat + note.beats) - beat }
  })
  return { ...straight, swing: { is: is.ratio, was: was.ratio, heard: recording.swing } }
}

/** After a change is undone or done again: the swing that went with its take goes, or comes back, unless another is set. */
export function followSwing(tx: Transaction<RecordingState>, before: Material): void {
  const { loops } = tx.state.material
  for (const track of loopTracks) {
    const [gone, come] = [before.loops[track]?.swing, loops[track]?.swing]
    if (gone === come) continue
    if (gone) changeSwing(tx, gone.is, gone.was, gone.heard)
    if (come) changeSwing(tx, come.was, come.is, come.is)
  }
}

function changeSwing(tx: Transaction<RecordingState>, from: number, to: number, heard: number | null): void {
  if (swingOf(tx.state).ratio !== from) return
  tx.set('swing', to)
  tx.change('recording', { swing: heard })
}

/** The swing of some onsets, from their measures' starts; as it was, where nothing is heard of it. */
function swingHeard(onsets: readonly Beats[], was: number): number {
  const { stepsPerBeat, swing } = hearSubdivision(onsets, { ...evenSixteenths, swing: was })
  // A performer who plays the first triplets, too, plays triplets, however late the last ones are.
  const firsts = onsets.filter((beat) => Math.abs(beat - Math.floor(beat) - 1 / 3) < nearFirst)
  if (swing === was) return was
  const isTriplets = (stepsPerBeat === 3 && firsts.length > 1) || Math.abs(swing - 2 / 3) < nearTriplets
  return isTriplets ? 2 / 3 : swing
}
