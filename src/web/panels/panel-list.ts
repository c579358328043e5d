import type { ComponentType } from 'preact'
import type { Stage } from '../stage.ts'
import { text } from '../text.ts'

/** The props of every panel. */
export type PanelProps = {
  readonly stage: Stage
  /** Opens another panel instead of this one. */
  readonly go: (id: PanelId) => void
}

/** A panel, as its button shows it. */
export type Panel = {
  readonly id: PanelId
  readonly label: string
  /** Its tooltip: what it is for, in a line. */
  readonly title: string
  /** The key that opens it, as `KeyboardEvent.code` names it; null for a panel that is opened from another. */
  readonly key: string | null
  readonly load: () => Promise<ComponentType<PanelProps>>
}

export type PanelId = keyof typeof text.panels

/** Every panel, in the order of the buttons. */
export const panels: readonly Panel[] = [
  panel('score', 'F2', () => import('./score.tsx').then(({ Score }) => Score)),
  panel('songs', 'F4', () => import('./songs.tsx').then(({ Songs }) => Songs)),
  panel('settings', 'F8', () => import('./settings.tsx').then(({ Settings }) => Settings)),
  panel('files', 'F9', () => import('./files.tsx').then(({ Files }) => Files)),
  panel('diagnostics', 'F10', () => import('./diagnostics.tsx').then(({ Diagnostics }) => Diagnostics)),
  panel('help', 'Shift+Slash', () => import('./help.tsx').then(({ Help }) => Help)),
  panel('credits', null, () => import('./credits.tsx').then(({ Credits }) => Credits)),
]

function panel(id: PanelId, key: string | null, load: Panel['load']): Panel {
  return { id, ...text.panels[id], key, load }
}
