import type { ModelEvent, Setting } from './encodings/index.ts'
import { InputRow } from './input-row.ts'
import { type Model, sequenceEncoding } from './model.ts'
import { seeded } from './random.ts'
import { createSampler, logProbability, type Sampling } from './sampling.ts'

/** What a model is asked to go on from, and how far. */
export type ContinuationRequest = Setting & {
  /** At least one event, unless the encoding takes the metre. */
  readonly primer: readonly ModelEvent[]
  readonly steps: number
  /** For melodies: to stop once so many notes have begun; `steps` is then the most. */
  readonly notes?: number
  readonly sampling: Sampling
  /** What is added to the scores at a step, counted from the end of the primer, instead of the sampling's bias. `events` came before. */
  readonly biasAt?: (step: number, events: readonly ModelEvent[]) => ArrayLike<number> | undefined
  /** Sees the scores of each step that is chosen, counted in the same way; they change with the next one. */
  readonly watch?: (step: number, logits: Float32Array) => void
  readonly seed: number
}

/** What a model answered. */
export type Continuation = {
  /** The class that stands for each event of the primer. */
  readonly primer: readonly number[]
  /** The class chosen at each step. */
  readonly tokens: readonly number[]
  /** The event of each of them. */
  readonly events: readonly ModelEvent[]
  /** The natural logarithm of each one's probability at temperature 1. */
  readonly logProbs: readonly number[]
}

/**
 * Lets a model continue a sequence. A generator: each call of `next` makes a step, and yields how many steps are done and
 * how many there are at most, the primer's included. {@link finish} makes them all.
 *
 * @throws RangeError when the primer is empty, for an encoding that needs one, or has an event that the model does not know.
 * @throws CheckpointError when the model plays no sequences.
 */
export function* continueSequence(
  model: Model,
  request: ContinuationRequest,
): Generator<readonly [done: number, of: number], Continuation> {
  const { engine } = model
  const encoding = sequenceEncoding(model)
  const { primer, steps, notes = Number.POSITIVE_INFINITY, sampling, biasAt, watch, seed } = request
  if (primer.length === 0 && !encoding.metre) throw new RangeError('A model needs at least one event to go on from.')
  const row = new InputRow(engine.inputs)
  const sample = createSampler(engine.classes)
  const random = seeded(seed)
  const events = [...primer]
  const tokens: number[] = []
  const logProbs: number[] = []
  const labels = primer.map((_, step) => encoding.label(primer, step))
  const first = encoding.metre ? -1 : 0
  const last = primer.length + steps - 2
  let begun = 0
  engine.start()
  for (let step = first; step <= last && begun < notes; step++) {
    encoding.encode(row, events, step, request)
    engine.feed(row)
    if (step >= primer.length - 1) {
      const bias = biasAt?.(step + 1 - primer.length, events)
      watch?.(step + 1 - primer.length, engine.logits)
      const token = sample(engine.logits, bias ? { ...sampling, bias } : sampling, random)
      tokens.push(token)
      logProbs.push(logProbability(engine.logits, token))
      const event = encoding.decode(token, events)
      events.push(event)
      if (event >= 0) begun++
    }
    yield [step + 1 - first, last + 1 - first]
  }
  return { primer: labels, tokens, events: events.slice(primer.length), logProbs }
}

/** Runs a generator to its end, and returns what it returns. */
export function finish<T>(generator: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = generator.next()
    if (done) return value
  }
}
