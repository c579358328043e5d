import type { Beats } from '../../music/index.ts'
import { announcement, type SettingValue, type Transaction } from '../core/index.ts'
import { type LoopTrack, loopTracks } from '../track.ts'
import { prepareHarmony } from './harmony.ts'
import type { Material, PlacedChart } from './material.ts'
import type { TracksState } from './state.ts'

/** How many changes can be undone: as many as anybody goes back over, for each holds what there was of loops and grooves. */
export const undoneAtMost = 64

/** The material has changed: undone, brought back, cleared, or a song's. Recordings are announced by `recording`. */
export const materialChanges = announcement<{ readonly before: Material }>('the material changes')

/** A chart follows another by itself: nothing else has changed. */
export const chartFollows = announcement('a chart follows another')

/** A chart will follow another by itself, from a beat on, and settings with it; null where none will. */
export const chartComes = announcement<ComingChart | null>('a chart will follow another')

/** A chart that will follow another. */
export type ComingChart = {
  readonly chart: PlacedChart
  readonly set: Readonly<Record<string, SettingValue | undefined>>
  readonly beat: Beats
}

/** A take became a loop, or a late note joined it. A loop is new unless it adds to one that was there. */
export const loopIsRecorded = announcement<{ readonly track: LoopTrack; readonly isNew: boolean }>('a loop is recorded')

/** Remembers what there is, before it changes. */
export function remember(tx: Transaction<TracksState>): void {
  const { history, material } = tx.state
  tx.update({ history: { past: [...history.past, material].slice(-undoneAtMost), future: [] } })
}

/** Changes the material in a way that can be undone. What changes nothing leaves nothing to undo. */
export function alter(tx: Transaction<TracksState>, patch: Partial<Material>): void {
  const { material } = tx.state
  if ((Object.keys(patch) as (keyof Material)[]).every((part) => isSame(part, patch, material))) return
  remember(tx)
  bringBack(tx, { ...material, ...patch })
}

function isSame(part: keyof Material, patch: Partial<Material>, material: Material): boolean {
  if (part !== 'loops') return patch[part] === material[part]
  return loopTracks.every((track) => patch.loops?.[track] === material.loops[track])
}

/** Goes back to what was before the last change. */
export function undo(tx: Transaction<TracksState>): void {
  const { history, material } = tx.state
  const before = history.past.at(-1)
  if (!before) {
    tx.notify('nothing-to-undo')
    return
  }
  tx.update({ history: { past: history.past.slice(0, -1), future: [...history.future, material] } })
  bringBack(tx, before)
}

/** Brings back what was undone. */
export function redo(tx: Transaction<TracksState>): void {
  const { history, material } = tx.state
  const after = history.future.at(-1)
  if (!after) {
    tx.notify('nothing-to-redo')
    return
  }
  tx.update({ history: { past: [...history.past, material], future: history.future.slice(0, -1) } })
  bringBack(tx, after)
}

function bringBack(tx: Transaction<TracksState>, material: Material): void {
  const { material: before } = tx.state
  tx.update({ material })
  prepareHarmony(material)
  for (const track of loopTracks) {
    if (before.loops[track] && !material.loops[track]) tx.emit({ type: 'silence', track })
  }
  tx.announce(materialChanges, { before })
}

/** Changes the material, and every state of it that undo and redo would bring back. This change itself can't be undone. */
export function mapMaterial(tx: Transaction<TracksState>, change: (material: Material) => Material): void {
  const { material, history } = tx.state
  tx.update({
    material: change(material),
    history: { past: history.past.map(change), future: history.future.map(change) },
  })
}
