/**
 * `models/formats/`: checkpoints as files, read into plain tensors: Magenta.js's folders and Magenta's
 * `.mag` bundles.
 *
 * Every byte is doubted. What the files claim is checked before it costs memory or time, and whatever they
 * hold, a reader answers with a checkpoint or with a `CheckpointError`.
 */
export { readBundle } from './bundle.ts'
export { readMagentaJs } from './magenta-js.ts'
