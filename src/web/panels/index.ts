/**
 * `web/panels`: what opens over the rows while the performance goes on: score, songs, settings and so on. Only what the
 * buttons need is loaded with the page; a panel is loaded when it is opened.
 */
export type { PanelId } from './panel.ts'
export { panels } from './panel-list.ts'
export { PanelPlace } from './panel-place.tsx'
