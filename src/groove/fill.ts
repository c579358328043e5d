import { accentAt, type Drum, type Metre, measureShares, stepBeat, stepsPerMeasure } from '../music/index.ts'
import { type DrumHit, type Groove, grooveSteps, sortHits } from './groove.ts'

/** The drums that a fill goes down over. */
const downwards: readonly Drum[] = ['snare', 'high-tom', 'mid-tom', 'low-tom']
const [softest, loudest] = [70, 112]

/**
 * A fill of one measure by rule, for drums that have none of their own: sixteenths from the snare down to the low tom, over the
 * kick, and louder to the end. In compound metres it goes in eighths, and in odd ones it turns to another drum with a group.
 */
export function ruleFill(metre: Metre): Groove {
  const perMeasure = stepsPerMeasure(metre)
  const every = metre.denominator === 8 && metre.numerator % 3 === 0 ? 2 : 1
  const turns = measureShares(metre, downwards.length)
  const hits: DrumHit[] = []
  for (let step = 0; step < perMeasure; step++) {
    const velocity = Math.round(softest + ((loudest - softest) * step) / perMeasure)
    const accent = accentAt(metre, stepBeat(step))
    const drum = downwards[turns.findLastIndex((beat) => beat <= stepBeat(step))] as Drum
    if (step % every === 0) hits.push({ step, drum, velocity, offsetMs: 0 })
    if (accent === 'downbeat' || accent === 'pulse') hits.push({ step, drum: 'kick', velocity: 90, offsetMs: 0 })
  }
  return { metre, measures: 1, hits: sortHits(hits) }
}

/** One measure of a groove. */
export function measureOf(groove: Groove, measure: number): Groove {
  const perMeasure = grooveSteps(groove)
  const from = measure * perMeasure
  const hits = groove.hits
    .filter(({ step }) => step >= from && step < from + perMeasure)
    .map((hit) => ({ ...hit, step: hit.step - from }))
  return { ...groove, measures: 1, hits }
}

/** `measures` measures of a groove that goes round, from a measure on. */
export function roundFrom(groove: Groove, first: number, measures: number): Groove {
  const perMeasure = grooveSteps(groove)
  const parts = Array.from({ length: measures }, (_, index) => {
    const part = measureOf(groove, (first + index) % groove.measures)
    return part.hits.map((hit) => ({ ...hit, step: hit.step + index * perMeasure }))
  })
  return { ...groove, measures, hits: parts.flat() }
}
