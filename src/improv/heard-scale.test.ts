import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pitchClass } from '../music/index.ts'
import { heardScale, hearTone, noTones } from './heard-scale.ts'

const scaleOf = (pitches: readonly number[]) => heardScale(pitches.reduce(hearTone, noTones))

describe('the scale that has been heard', () => {
  it('holds what was heard, where a scale does', () => {
    const major = [0, 2, 4, 5, 7, 9, 11]
    const line = fc.tuple(fc.nat(11), fc.array(fc.constantFrom(...major), { minLength: 1, maxLength: 40 }))
    fc.assert(
      fc.property(line, ([tonic, degrees]) => {
        const scale = scaleOf(degrees.map((degree) => 60 + tonic + degree))
        expect(scale).toHaveLength(7)
        for (const degree of degrees) expect(scale).toContain(pitchClass(tonic + degree))
      }),
    )
  })

  it.each([
    ['C major of its triad', [60, 64, 67], [0, 2, 4, 5, 7, 9, 11]],
    ['G major', [67, 69, 71, 72, 74, 76, 78, 79], [0, 2, 4, 6, 7, 9, 11]],
    ['the harmonic minor of A', [69, 71, 72, 74, 76, 77, 80, 81], [0, 2, 4, 5, 8, 9, 11]],
    ['the melodic minor of D', [62, 64, 65, 67, 69, 71, 73, 74], [1, 2, 4, 5, 7, 9, 11]],
  ])('is %s', (_, pitches, scale) => {
    expect(scaleOf(pitches)).toEqual(scale)
  })

  it('forgets: after a change of key it is the new one', () => {
    const major = [0, 2, 4, 5, 7, 9, 11, 12]
    const inE = Array(12)
      .fill(major)
      .flat()
      .map((degree) => 64 + degree)
    expect(scaleOf([...major.map((degree) => 60 + degree), ...inE])).toEqual([1, 3, 4, 6, 8, 9, 11])
  })

  it('is none before anything is heard', () => {
    expect(heardScale(noTones)).toBeNull()
  })
})
