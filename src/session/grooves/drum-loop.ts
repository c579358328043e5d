import { bassline, fixedGroove, type Groove } from '../../groove/index.ts'
import type { Metre } from '../../music/index.ts'
import { type DrumLoop, fitNotes, type Loop, type Material } from '../tracks/index.ts'
import { sameMetre } from '../transport/index.ts'

/** The groove that the drums start from in a metre: the one that a song brings, or the fixed groove of the bass. */
export function drumLoop({ loops: { bass }, drums }: Material, metre: Metre): DrumLoop | null {
  if (drums) return drums
  return bass && { groove: fixedGrooveOf(bass, metre), phase: bass.phase, from: bass.from }
}

/** Whether a drummer has the same to play to, and the same to choose from, wherever in the form it stands. */
export function isSameToDrummer(a: Material, b: Material): boolean {
  return a.loops.bass?.notes === b.loops.bass?.notes && a.drums?.groove === b.drums?.groove && a.grooves === b.grooves
}

/** The fixed groove of a loop in a metre. It is remembered as long as the loop is. */
function fixedGrooveOf(loop: Loop, metre: Metre): Groove {
  const known = fixedGrooves.get(loop)
  if (known && sameMetre(known.metre, metre)) return known
  const notes = fitNotes(loop, metre).map((note) => ({ ...note, beat: Math.max(0, note.beat) }))
  const groove = fixedGroove(bassline(notes, metre, loop.measures))
  fixedGrooves.set(loop, groove)
  return groove
}

const fixedGrooves = new WeakMap<Loop, Groove>()
