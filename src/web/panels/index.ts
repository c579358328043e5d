/**
 * `stage/panels`: what opens beside the performance and never stops it: score, songs, settings and so on. With the page
 * comes only what the buttons need; a panel is fetched when it is opened.
 */
export * from './panel-list.ts'
export { PanelPlace } from './panel-place.tsx'
