import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { drumEvent, eventDrums } from '../models/index.ts'
import { type Drum, drums, fourFour } from '../music/index.ts'
import { atEnergy, drumChances, dynamicsOf, noteChances } from './dynamics.ts'
import { type Groove, grooveEvents, sortHits } from './groove.ts'

const steps = 32
const grooves = fc
  .uniqueArray(fc.tuple(fc.nat(steps - 1), fc.constantFrom(...drums)), {
    selector: String,
    minLength: 1,
    maxLength: 40,
  })
  .map(
    (strokes): Groove => ({
      metre: fourFour,
      measures: 2,
      hits: sortHits(strokes.map(([step, drum]) => ({ step, drum, velocity: 80, offsetMs: 0 }))),
    }),
  )
const chances = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: steps * drums.length,
    maxLength: steps * drums.length,
  })
  .map((values) => Float32Array.from(values))
const energy = fc.double({ min: 0, max: 1, noNaN: true })

const strokes = ({ hits }: Groove) => new Set(hits.map(({ step, drum }) => `${step} ${drum}`))

describe('a groove’s dynamics', () => {
  it('have at more energy every stroke that they have at less, and the groove as it is at the usual one', () => {
    fc.assert(
      fc.property(grooves, chances, energy, energy, (groove, chances, a, b) => {
        const dynamics = dynamicsOf(groove, chances)
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map(
          (each) => atEnergy({ plain: groove, felt: groove }, each, dynamics).plain,
        )
        const all = strokes(more as Groove)
        expect([...strokes(less as Groove)].filter((stroke) => !all.has(stroke))).toEqual([])
        expect(atEnergy({ plain: groove, felt: groove }, 0.5, dynamics).plain).toBe(groove)
        expect(strokes(atEnergy({ plain: groove, felt: groove }, 0.5000001, dynamics).plain)).toEqual(strokes(groove))
      }),
      { numRuns: runs(200) },
    )
  })

  it('keep strokes and touch together, and leave no measure empty', () => {
    fc.assert(
      fc.property(grooves, chances, energy, (groove, chances, energy) => {
        const felt = { ...groove, hits: groove.hits.map((hit) => ({ ...hit, offsetMs: 5 })) }
        const played = atEnergy({ plain: groove, felt }, energy, dynamicsOf(groove, chances))
        expect(strokes(played.felt)).toEqual(strokes(played.plain))
        expect(played.plain.hits.map(({ step, drum }) => [step, drum])).toEqual(
          played.felt.hits.map(({ step, drum }) => [step, drum]),
        )
        const measures = ({ hits }: Groove) => new Set(hits.map(({ step }) => Math.floor(step / 16)))
        expect(measures(played.plain).size).toBeGreaterThanOrEqual(measures(groove).size)
      }),
      { numRuns: runs(200) },
    )
  })

  it('add nothing that a drummer can’t strike beside the rest', () => {
    fc.assert(
      fc.property(grooves, chances, (groove, chances) => {
        const before = grooveEvents(groove)
        const full = grooveEvents(atEnergy({ plain: groove, felt: groove }, 1, dynamicsOf(groove, chances)).plain)
        for (const [step, event] of full.entries()) {
          if (event === before[step]) continue
          expect(eventDrums(event).length).toBeLessThanOrEqual(4)
          expect((event & drumEvent(['closed-hat', 'open-hat'])) === drumEvent(['closed-hat', 'open-hat'])).toBe(false)
        }
      }),
      { numRuns: runs(200) },
    )
  })

  it('begin with the likeliest strokes', () => {
    const hits = ([0, 4, 8, 12] as const).map((step) => ({ step, drum: 'kick' as Drum, velocity: 80, offsetMs: 0 }))
    const groove = { metre: fourFour, measures: 1, hits }
    const likely = drumChances(16)
    for (const [index, chance] of [0.9, 0.2, 0.6, 0.4].entries()) likely[4 * index * drums.length] = chance
    likely[6 * drums.length + drums.indexOf('snare')] = 0.3
    likely[7 * drums.length + drums.indexOf('snare')] = 0.01
    const dynamics = dynamicsOf(groove, likely)
    const at = (energy: number) => [...strokes(atEnergy({ plain: groove, felt: groove }, energy, dynamics).plain)]
    expect(at(0)).toEqual(['0 kick', '8 kick'])
    expect(at(0.25)).toEqual(['0 kick', '8 kick', '12 kick'])
    expect(at(1)).toEqual(['0 kick', '4 kick', '6 snare', '8 kick', '12 kick'])
  })

  it('know the chance of a drum from the scores of all events with it', () => {
    const logits = new Float32Array(512).fill(Number.NEGATIVE_INFINITY)
    logits[drumEvent(['kick'])] = Math.log(0.5)
    logits[drumEvent(['kick', 'snare'])] = Math.log(0.25)
    logits[0] = Math.log(0.25)
    const noted = drumChances(2)
    noteChances(noted, 1, logits)
    expect([...noted.slice(0, 9)]).toEqual(Array(9).fill(0))
    expect(noted[9]).toBeCloseTo(0.75)
    expect(noted[10]).toBeCloseTo(0.25)
  })
})
