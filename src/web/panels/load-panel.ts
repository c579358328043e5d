import type { ComponentType } from 'preact'
import type { PanelId, PanelProps } from './panel.ts'

/** Fetches a panel: each is a part of the page of its own. */
export const loadPanel: Readonly<Record<PanelId, () => Promise<ComponentType<PanelProps>>>> = {
  view: () => import('./view.tsx').then(({ View }) => View),
  score: () => import('./score.tsx').then(({ Score }) => Score),
  songs: () => import('./songs.tsx').then(({ Songs }) => Songs),
  settings: () => import('./settings.tsx').then(({ Settings }) => Settings),
  player: () => import('./player.tsx').then(({ Player }) => Player),
  files: () => import('./files.tsx').then(({ Files }) => Files),
  diagnostics: () => import('./diagnostics.tsx').then(({ Diagnostics }) => Diagnostics),
  help: () => import('./help.tsx').then(({ Help }) => Help),
  credits: () => import('./credits.tsx').then(({ Credits }) => Credits),
}
