import { text } from '../text.ts'
import type { Panel, PanelId } from './panel.ts'

/** Every panel, in the order of the buttons. */
export const panels: readonly Panel[] = [
  panel('view', 'F6'),
  panel('score', 'F2'),
  panel('songs', 'F4'),
  panel('settings', 'F8'),
  panel('player', 'F7'),
  panel('files', 'F9'),
  panel('diagnostics', 'F10'),
  panel('help', 'Shift+Slash'),
  panel('credits', null),
]

function panel(id: PanelId, key: string | null): Panel {
  return { id, ...text.panels[id], key }
}
