export * from './client.ts'
export * from './job.ts'
export type { FromWorker, ToWorker } from './protocol.ts'
export * from './server.ts'
