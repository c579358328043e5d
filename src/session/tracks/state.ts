import { choice, count, type SettingsOf, share } from '../core/index.ts'
import type { MixerState } from '../mixer/index.ts'
import type { Material } from './material.ts'
import { gridNames } from './placed-notes.ts'

export const tracksSettings = {
  measures: count('measures in a loop', 1, 16, 2),
  quantise: share('quantise', 1),
  grid: choice('grid', gridNames, 'auto'),
  click: choice('the click sounds', ['always', 'until-drums'], 'until-drums'),
  transpose: count('transpose', -12, 12, 0),
} as const

/** What is known where the tracks are. */
export type TracksState = MixerState & {
  readonly settings: SettingsOf<typeof tracksSettings>
  readonly material: Material
  readonly history: History
}

/** What can be undone and redone, the nearest last. */
export type History = { readonly past: readonly Material[]; readonly future: readonly Material[] }

/** Nothing to undo. */
export const noHistory: History = { past: [], future: [] }
