import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { between } from '../../../test/arbitraries/events.ts'
import { runs } from '../../../test/runs.ts'
import { measureBeats, parseMetre } from '../../music/index.ts'
import { measureAt, measureStart } from './form.ts'

const forms = fc.record({
  beat: between(0, 1e5),
  metre: fc.constantFrom('1/16', '3/4', '4/4', '5/4', '7/8', '12/8').map(parseMetre),
})

describe('a measure', () => {
  it('has begun at its start, whatever the form begins at rounds to', () => {
    // At this start, five measures of five beats later, the division says that the fifth has not begun.
    const found = { beat: 10.00007531881639, metre: parseMetre('5/4') }
    fc.assert(
      fc.property(forms, fc.nat(10_000), (form, measure) => {
        const at = measureAt(form, measureStart(form, measure))
        expect(at.measure).toBe(measure)
        expect(at.place).toBeCloseTo(0, 6)
      }),
      { numRuns: runs(1000), examples: [[found, 5]] },
    )
  })

  it('is the one whose start and end are around a beat', () => {
    fc.assert(
      fc.property(forms, between(0, 1000), (form, after) => {
        const { measure, place } = measureAt(form, form.beat + after)
        expect(measureStart(form, measure)).toBeLessThanOrEqual(form.beat + after)
        expect(measureStart(form, measure + 1)).toBeGreaterThan(form.beat + after)
        expect(place).toBeGreaterThanOrEqual(0)
        expect(place).toBeLessThanOrEqual(measureBeats(form.metre))
      }),
      { numRuns: runs(1000) },
    )
  })
})
