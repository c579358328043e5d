import { type Drum, drums, measureBeats, type Steps } from '../music/index.ts'
import { type DrumHit, type Groove, grooveSteps } from './groove.ts'

/** What is wrong with a measure of a groove. */
export type GrooveFault = {
  /** From 0. */
  readonly measure: number
  readonly what: 'no hit' | 'no cymbal' | 'no kick with the bass' | { readonly tooMany: Drum }
}

/**
 * The most strokes a quarter note that drummers play in a measure: 99 in 100 measures of the Groove MIDI Dataset have no
 * more. On sixteenths, and on triplets.
 */
const most: Readonly<Record<4 | 6, Readonly<Record<Drum, number>>>> = {
  4: bounds([2, 4, 4, 1.75, 2, 1, 1.75, 1.5, 3]),
  6: bounds([3, 3.25, 5.25, 1.75, 1.5, 1, 1, 1, 3.25]),
}

/** The share of measures in which a drummer strikes no cymbal, in the same data. */
const withoutCymbal = 0.04

/** A kick at most this far from a bass note is with it, in quarter notes. */
const near = 1 / 4

const cymbals: ReadonlySet<Drum> = new Set(['closed-hat', 'open-hat', 'crash', 'ride'])

/**
 * What a groove has that drummers don't play: a measure without a hit, more measures without a cymbal than a drummer
 * leaves, more strokes of a drum than a drummer plays, and a measure whose kicks all miss its bass.
 *
 * @param bass the fixed groove that it answers, on the same grid: its snares are the bass.
 * @param isFill whether a measure is a fill: there a drummer plays as many toms as it takes.
 */
export function faultsOf(
  groove: Groove,
  bass: Groove,
  isFill: (measure: number) => boolean = () => false,
): GrooveFault[] {
  const { measures, metre, stepsPerBeat = 4 } = groove
  const perMeasure = grooveSteps(groove)
  const strokes = perMeasureOf(groove, measures, perMeasure)
  const onsets = perMeasureOf(bass, measures, perMeasure)
  const kicks = new Set(groove.hits.flatMap(({ drum, step }) => (drum === 'kick' ? [step] : [])))
  const isNearKick = (step: Steps) => {
    const reach = Math.floor(near * stepsPerBeat)
    return Array.from({ length: 2 * reach + 1 }, (_, index) => step - reach + index).some((each) => kicks.has(each))
  }
  const faults: GrooveFault[] = []
  const bare: GrooveFault[] = []
  for (const [measure, struck] of strokes.entries()) {
    if (struck.length === 0) faults.push({ measure, what: 'no hit' })
    else if (!struck.some(({ drum }) => cymbals.has(drum))) bare.push({ measure, what: 'no cymbal' })
    for (const drum of drums) {
      const count = struck.filter((hit) => hit.drum === drum).length
      const isFree = drum.endsWith('tom') && isFill(measure)
      if (!isFree && count > Math.max(1, Math.ceil(measureBeats(metre) * most[stepsPerBeat][drum]))) {
        faults.push({ measure, what: { tooMany: drum } })
      }
    }
    const bassHere = (onsets[measure] ?? []).filter(({ drum }) => drum === 'snare')
    const isKicked = struck.some(({ drum }) => drum === 'kick')
    if (isKicked && bassHere.length > 0 && !bassHere.some(({ step }) => isNearKick(step))) {
      faults.push({ measure, what: 'no kick with the bass' })
    }
  }
  return [...faults, ...bare.slice(Math.floor(withoutCymbal * measures))]
}

function perMeasureOf({ hits }: Groove, measures: number, perMeasure: Steps): DrumHit[][] {
  const result = Array.from({ length: measures }, (): DrumHit[] => [])
  for (const hit of hits) result[Math.floor(hit.step / perMeasure)]?.push(hit)
  return result
}

function bounds(counts: readonly number[]): Record<Drum, number> {
  return Object.fromEntries(drums.map((drum, index) => [drum, counts[index]])) as Record<Drum, number>
}
