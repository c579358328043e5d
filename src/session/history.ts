import { followMaterial, isSameToDrummer } from './grooves.ts'
import type { Moment } from './moment.ts'
import { disarm } from './recorder.ts'
import type { Material } from './state.ts'

/** How many changes can be undone: as many as anybody goes back over, for each holds what there was of loops and grooves. */
export const keptChanges = 64

/** Remembers what there is, before it changes. */
export function keep(moment: Moment): void {
  const { history, material } = moment.state
  moment.set({ history: { past: [...history.past, material].slice(-keptChanges), future: [] } })
}

/** Goes back to what was before the last change, or throws away the take that is under way. */
export function undo(moment: Moment): void {
  const { history, material, recorder } = moment.state
  if (recorder.take || recorder.armed) {
    disarm(moment)
    return
  }
  const before = history.past.at(-1)
  if (!before) {
    moment.tell('nothing-to-undo')
    return
  }
  moment.set({ history: { past: history.past.slice(0, -1), future: [...history.future, material] } })
  bringBack(moment, before)
}

/** Brings back what was undone. */
export function redo(moment: Moment): void {
  const { history, material } = moment.state
  const after = history.future.at(-1)
  if (!after) {
    moment.tell('nothing-to-redo')
    return
  }
  moment.set({ history: { past: [...history.past, material], future: history.future.slice(0, -1) } })
  bringBack(moment, after)
}

/** Changes the material in a way that can be undone. What changes nothing leaves nothing to undo. */
export function alter(moment: Moment, patch: Partial<Material>): void {
  const { material } = moment.state
  if ((Object.keys(patch) as (keyof Material)[]).every((part) => patch[part] === material[part])) return
  keep(moment)
  bringBack(moment, { ...material, ...patch })
}

function bringBack(moment: Moment, material: Material): void {
  const { material: before } = moment.state
  moment.set({ material })
  for (const track of ['bass', 'chords'] as const) {
    if (before[track] && !material[track]) moment.do({ type: 'silence', track })
  }
  if (isSameToDrummer(before, material)) return
  if (!material.bass && !material.drums) moment.do({ type: 'silence', track: 'drums' })
  moment.change('grooves', { asked: null })
  followMaterial(moment)
}
