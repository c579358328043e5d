import { text } from '../text.ts'
import type { Panel, PanelId } from './panel.ts'

/** Every panel, in the order of the buttons. */
export const panels: readonly Panel[] = [
  panel('view', 'F6', () => import('./view.tsx').then(({ View }) => View)),
  panel('score', 'F2', () => import('./score.tsx').then(({ Score }) => Score)),
  panel('songs', 'F4', () => import('./songs.tsx').then(({ Songs }) => Songs)),
  panel('settings', 'F8', () => import('./settings.tsx').then(({ Settings }) => Settings)),
  panel('player', 'F7', () => import('./player.tsx').then(({ Player }) => Player)),
  panel('files', 'F9', () => import('./files.tsx').then(({ Files }) => Files)),
  panel('diagnostics', 'F10', () => import('./diagnostics.tsx').then(({ Diagnostics }) => Diagnostics)),
  panel('help', 'Shift+Slash', () => import('./help.tsx').then(({ Help }) => Help)),
  panel('credits', null, () => import('./credits.tsx').then(({ Credits }) => Credits)),
]

function panel(id: PanelId, key: string | null, load: Panel['load']): Panel {
  return { id, ...text.panels[id], key, load }
}
