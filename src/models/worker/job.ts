import type { Model } from '../model.ts'

/**
 * What a worker can be asked to do: a generator that makes a step each time it is resumed, and yields how many steps are
 * done and how many there are at most. Requests and results are plain data, which cross between threads.
 *
 * @param models the loaded models, by name. No other job plays on them meanwhile.
 * @throws an error whose message, a sentence, goes to the client that asked.
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
