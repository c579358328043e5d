/**
 * `io/checkpoints/`: where the files of checkpoints come from. Addresses are read everywhere; `node.ts` reads folders,
 * bundles and the shipped models, too.
 */
export { urlFiles } from './url.ts'
