import type { Accent } from '../music/index.ts'
import { accentAt, clampVelocity, mod, stepBeat, stepsPerMeasure } from '../music/index.ts'
import type { Bassline } from './bassline.ts'
import { bassOnsets } from './bassline.ts'
import type { DrumHit, Groove } from './groove.ts'
import { sortHits } from './groove.ts'

/** Hi-hat velocities: the hat is what tells a listener where the measure is. */
const hatVelocity: Record<Accent, number> = { downbeat: 94, pulse: 84, unit: 70, offbeat: 58 }

/** What the place in the measure adds to a snare's velocity. */
const snareAccent: Record<Accent, number> = { downbeat: 4, pulse: 8, unit: 0, offbeat: -8 }

const kickVelocity = 100
const stepsPerEighth = 2

/**
 * The groove that follows from a bassline by rule (Castro, "Performing Structured Improvisations with
 * Pre-trained Deep Learning Models", ICCC 2019): a bass drum on the first beat of each measure, a snare on
 * each bass onset, a closed hi-hat on each eighth, counted from each measure's start. Over a pickup only the snare plays.
 *
 * The hits are exactly the rule's, so the same bassline always gives the same groove. How hard they are
 * struck follows the metre's accents and the performer's own touch.
 */
export function fixedGroove(bassline: Bassline): Groove {
  const { metre, measures } = bassline
  const perMeasure = stepsPerMeasure(metre)
  const onsets = bassOnsets(bassline)
  const hits: DrumHit[] = []
  const hit = (step: number, drum: DrumHit['drum'], velocity: number) =>
    hits.push({ step, drum, velocity: clampVelocity(velocity), offsetMs: 0 })

  for (let measure = 0; measure < measures; measure++) {
    const start = measure * perMeasure
    hit(start, 'kick', ((onsets.get(start) ?? kickVelocity) + kickVelocity) / 2)
    for (let step = 0; step < perMeasure; step += stepsPerEighth) {
      hit(start + step, 'closed-hat', hatVelocity[accentAt(metre, stepBeat(step))])
    }
  }
  for (const [step, velocity] of onsets) {
    hit(step, 'snare', velocity + snareAccent[accentAt(metre, stepBeat(mod(step, perMeasure)))])
  }
  return { metre, measures, hits: sortHits(hits) }
}
