/**
 * `io/storage/`: performances, stored while they are played. Where they are stored is for `node.ts` (a folder) and
 * `web.ts` (the browser's database).
 */
export * from './autosave.ts'
export * from './recover.ts'
