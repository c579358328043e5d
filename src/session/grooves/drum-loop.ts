import { bassline, fixedGroove, type Groove, leastTripletSwing } from '../../groove/index.ts'
import { type Beats, type Metre, nearestStep, type Steps, stepBeat } from '../../music/index.ts'
import { type DrumLoop, fitNotes, type GridSettings, isSameGrid, type Loop, type Material } from '../tracks/index.ts'
import { sameMetre } from '../transport/index.ts'

/** The groove that the drums start from in a metre: the one that a song brings, or the fixed groove of the bass. */
export function drumLoop({ loops: { bass }, drums }: Material, metre: Metre, settings: GridSettings): DrumLoop | null {
  if (drums && !(drums.withBand && bass)) return drums
  return bass && { groove: followBass(bass, metre, settings).groove, phase: bass.phase, from: bass.from }
}

/** The places of the bass's triplets, which the drums follow; empty where a song brings the drums. */
export function tripletPlaces({ loops: { bass }, drums }: Material, metre: Metre, settings: GridSettings): Places {
  return (drums && !drums.withBand) || !bass ? noPlaces : followBass(bass, metre, settings).places
}

/** Whether the bass plays triplets where the music does not swing: so do the drums. */
export function isInTriplets({ loops: { bass }, drums }: Material, metre: Metre, settings: GridSettings): boolean {
  if (drums || !bass || settings.swing >= leastTripletSwing) return false
  const { places, between } = followBass(bass, metre, settings)
  return places.size > 0 && 2 * places.size >= between
}

/** Whether a drummer has the same to play to, and the same to choose from, wherever in the form it stands. */
export function isSameToDrummer(a: Material, b: Material): boolean {
  return a.loops.bass?.notes === b.loops.bass?.notes && a.drums?.groove === b.drums?.groove && a.grooves === b.grooves
}

/** What the drums have of a bass. It is remembered as long as the loop is. */
function followBass(loop: Loop, metre: Metre, settings: GridSettings): Followed {
  const known = followed.get(loop)
  if (known && isSameGrid(known.settings, settings) && sameMetre(known.groove.metre, metre)) return known
  const notes = fitNotes(loop, metre, settings).map((note) => ({ ...note, beat: note.place }))
  const groove = fixedGroove(bassline(notes, metre, loop.measures))
  const triplets = notes.filter(({ place }) => stepBeat(nearestStep(place)) !== place)
  const places = new Map(triplets.map(({ place }) => [nearestStep(place), place]))
  const between = new Set(notes.map(({ place }) => nearestStep(place)).filter((step) => step % 4 !== 0)).size
  const now = { settings, groove, places, between }
  followed.set(loop, now)
  return now
}

/** Where steps fall that are not on a sixteenth, in beats from the loop's start. */
export type Places = ReadonlyMap<Steps, Beats>

/** All steps are on sixteenths. */
export const noPlaces: Places = new Map()

type Followed = {
  readonly settings: GridSettings
  readonly groove: Groove
  readonly places: Places
  /** How many steps between the beats the bass plays on. */
  readonly between: number
}
const followed = new WeakMap<Loop, Followed>()
