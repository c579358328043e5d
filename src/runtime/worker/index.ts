/**
 * `runtime/worker`: what a worker with models does. `node.ts` and `web.ts` start one.
 */
export * from './jobs.ts'
export * from './requests.ts'
