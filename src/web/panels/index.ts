/**
 * `web/panels`: what opens over the rows while the performance goes on: score, songs, settings and so on. Only what the
 * buttons need is loaded with the page; the place of panels is loaded with the first one, and a panel when it is opened.
 */
export type { PanelId } from './panel.ts'
export { panels } from './panel-list.ts'
export type { PanelPlace } from './panel-place.tsx'
