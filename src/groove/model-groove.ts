import { CheckpointError, continueSequence, eventDrums, type Model, type ModelEvent } from '../models/index.ts'
import { type Accent, accentAt, type Steps, stepBeat, stepsPerMeasure, type Velocity } from '../music/index.ts'
import { type Groove, grooveEvents } from './groove.ts'

/** How a model is to answer a fixed groove. */
export type GrooveRequest = {
  /** The sampling temperature; unless given, the one that the model is made for. */
  readonly temperature?: number
  /** The same seed gives the same answer. */
  readonly seed: number
}

/** The phrases that `drums` was trained to answer: so many measures, and so many steps at most. */
const phraseMeasures = [4, 2, 1]
const phraseSteps = 64

/** Velocities by the place in the measure, until the feel is applied. */
const velocityAt: Record<Accent, Velocity> = { downbeat: 104, pulse: 94, unit: 84, offbeat: 70 }

/**
 * A model's answer to a fixed groove, of the same length (Castro 2019): the model hears the fixed groove, then drums on.
 * Our own `drums` also sees, at each step, what the fixed groove has there.
 *
 * A long groove is answered phrase by phrase, of up to four measures: asked for more in one go, models lose the thread.
 * Each phrase has the same seed, so that where the bass repeats a phrase, the drums do too.
 *
 * A generator, as `continueSequence`: it yields how far it is with a phrase. The answer may be without any hit: then let
 * the fixed groove play on.
 *
 * @throws CheckpointError with a sentence for the user when the model plays no drums.
 */
export function* modelGroove(
  model: Model,
  fixed: Groove,
  { temperature = model.temperature, seed }: GrooveRequest,
): Generator<readonly [done: number, of: number], Groove> {
  if (model.encoding.kind !== 'drums') throw new CheckpointError(`${model.name} plays no drums: choose a drum model.`)
  const { metre, measures } = fixed
  const perMeasure = stepsPerMeasure(metre)
  const events = grooveEvents(fixed)
  const phraseLength = longestPhrase(perMeasure)
  const answer: ModelEvent[] = []
  while (answer.length < events.length) {
    const primer = events.slice(answer.length, answer.length + phraseLength)
    const phraseAnswer = yield* continueSequence(model, {
      primer,
      steps: primer.length,
      metre,
      answer: { to: primer, from: primer.length },
      sampling: { temperature },
      seed,
    })
    answer.push(...phraseAnswer.events)
  }
  const hits = answer.flatMap((event, step) => {
    const velocity = velocityAt[accentAt(metre, stepBeat(step % perMeasure))]
    return eventDrums(event).map((drum) => ({ step, drum, velocity, offsetMs: 0 }))
  })
  return { metre, measures, hits }
}

function longestPhrase(perMeasure: Steps): Steps {
  return perMeasure * (phraseMeasures.find((measures) => measures * perMeasure <= phraseSteps) ?? 1)
}
