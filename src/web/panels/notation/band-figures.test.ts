import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureLengths } from '../../../../test/read-abc.ts'
import { runs } from '../../../../test/runs.ts'
import { goOn, withBand } from '../../../../test/with-band.ts'
import { measureBeats } from '../../../music/index.ts'
import { bandFigures } from './band-figures.ts'

const names = { bass: 'Bass', chords: 'Chords', drums: 'Drums' }

describe('the score of the band', () => {
  it('is nothing before it plays, and can be read after it', () => {
    const performer = withBand()
    const playing = goOn(performer, 5)
    expect(bandFigures(playing.state, names).length).toBe(1)
    const stopped = bandFigures(playing.act('stop').state, names)
    expect(stopped).toHaveLength(1)
    expect(bandFigures(performer.act('clear-all').state, names)).toEqual([])
  })

  it('has chords with their names, the bass and the drums, a system for four measures of the form', () => {
    const performer = goOn(withBand('Dm7 | G7 | Cmaj7 | A7 | Dm7 | G7'), 5 * 4 + 1)
    const figures = bandFigures(performer.state, names)
    expect(figures.map(({ first, last }) => [first, last])).toEqual([
      [1, 4],
      [5, 6],
    ])
    expect(figures[0]?.abc).toMatch(/name="Chords"[\s\S]*name="Bass"[\s\S]*name="Drums"[\s\S]*"Dm7"[\s\S]*"A7"/)
    expect(figures[1]?.abc).toContain('"Dm7"')
    const round = bandFigures(goOn(performer, 6 * 4 + 1).state, names)
    expect(round[0]?.abc).not.toBe(figures[0]?.abc)
    expect(round.map(({ last }) => last)).toEqual([4, 6])
  })

  it('fills each measure in any metre and style', () => {
    const styles = fc.constantFrom('swing', 'bossa', 'funk', 'waltz', 'latin', 'odd')
    fc.assert(
      fc.property(fc.constantFrom('4/4', '3/4', '5/4', '7/8', '12/8'), styles, (metre, style) => {
        const performer = goOn(withBand('Cm7 F7 | Bbmaj7 | N.C. | Eb7').act('band-style', style), 1)
        performer.do({ type: 'metre', metre })
        goOn(performer, 20)
        const length = measureBeats(performer.state.transport.form.metre)
        for (const { abc, first, last } of bandFigures(performer.state, names)) {
          for (const lengths of measureLengths(abc)) {
            expect(lengths, abc).toHaveLength(last - first + 1)
            for (const each of lengths) expect(each, abc).toBeCloseTo(length, 6)
          }
        }
      }),
      { numRuns: runs(12) },
    )
  })
})
