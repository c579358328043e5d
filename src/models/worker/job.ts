import type { Model } from '../model.ts'

/**
 * What a worker can be asked to do. It runs as far as it is pulled, a step each time, and yields how far it is; requests
 * and results are plain data, which cross between threads.
 *
 * @param models the loaded models, by name. No other job plays on them meanwhile.
 * @throws whatever is wrong with the request; the message, a sentence, is for whoever asked.
 */
export type Job<Request, Result> = (
  models: (name: string) => Model,
  request: Request,
) => Generator<readonly [done: number, of: number], Result>

/** The jobs that a worker knows, by name. */
export type JobTable = Readonly<Record<string, Job<never, unknown>>>

/** What a job is asked. */
export type RequestOf<Asked> = Asked extends Job<infer Request, unknown> ? Request : never

/** What a job answers. */
export type ResultOf<Asked> = Asked extends Job<never, infer Result> ? Result : never
