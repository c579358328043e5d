import { bassline, fixedGroove, type Groove } from '../../groove/index.ts'
import { type Beats, type Metre, nearestStep, type Steps, stepBeat } from '../../music/index.ts'
import { type DrumLoop, fitNotes, type GridName, type Loop, type Material } from '../tracks/index.ts'
import { sameMetre } from '../transport/index.ts'

/** The groove that the drums start from in a metre: the one that a song brings, or the fixed groove of the bass. */
export function drumLoop({ loops: { bass }, drums }: Material, metre: Metre, grid: GridName): DrumLoop | null {
  if (drums) return drums
  return bass && { groove: followBass(bass, metre, grid).groove, phase: bass.phase, from: bass.from }
}

/** Where steps fall that are not on a sixteenth, from the loop's start: the bass has triplets there, and the drums follow. */
export function tripletPlaces({ loops: { bass }, drums }: Material, metre: Metre, grid: GridName): Places {
  return drums || !bass ? noPlaces : followBass(bass, metre, grid).places
}

/** Whether a drummer has the same to play to, and the same to choose from, wherever in the form it stands. */
export function isSameToDrummer(a: Material, b: Material): boolean {
  return a.loops.bass?.notes === b.loops.bass?.notes && a.drums?.groove === b.drums?.groove && a.grooves === b.grooves
}

/** What the drums have of a bass. It is remembered as long as the loop is. */
function followBass(loop: Loop, metre: Metre, grid: GridName): Followed {
  const known = followed.get(loop)
  if (known?.grid === grid && sameMetre(known.groove.metre, metre)) return known
  const notes = fitNotes(loop, metre, grid).map((note) => ({ ...note, beat: note.place }))
  const groove = fixedGroove(bassline(notes, metre, loop.measures))
  const triplets = notes.filter(({ place }) => stepBeat(nearestStep(place)) !== place)
  const places = new Map(triplets.map(({ place }) => [nearestStep(place), place]))
  const now = { grid, groove, places }
  followed.set(loop, now)
  return now
}

type Places = ReadonlyMap<Steps, Beats>
const noPlaces: Places = new Map()

type Followed = { readonly grid: GridName; readonly groove: Groove; readonly places: Places }
const followed = new WeakMap<Loop, Followed>()
