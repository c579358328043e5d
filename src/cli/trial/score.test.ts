import { describe, expect, it } from 'vitest'
import { type Rating, score } from './score.ts'

const rated = (condition: string, ratings: readonly number[]): Rating[] =>
  ratings.map((rating, index) => ({ listener: `listener ${index}`, performance: '1', condition, rating }))

describe('a trial', () => {
  it('finds what every listener hears', () => {
    const { each, pairs } = score(
      [...rated('on', [6, 5, 7, 6, 4, 6, 7, 5]), ...rated('off', [4, 4, 5, 3, 3, 4, 6, 3])],
      ['on', 'off'],
    )
    expect(each).toEqual([
      { condition: 'on', ratings: 8, mean: 5.75 },
      { condition: 'off', ratings: 8, mean: 4 },
    ])
    expect(pairs[0]).toMatchObject({ first: 'on', second: 'off', pairs: 8, difference: 1.75 })
    // All eight differences have one sign: two of 256 ways to flip them are as far from nought.
    expect(pairs[0]?.p).toBeCloseTo(2 / 256, 2)
  })

  it('takes no side where listeners differ as much one way as the other', () => {
    const { pairs } = score([...rated('on', [6, 2, 5, 3]), ...rated('off', [2, 6, 3, 5])], ['on', 'off'])
    expect(pairs[0]).toMatchObject({ difference: 0, p: 1 })
  })

  it('compares only what the same listener heard of the same performance', () => {
    const { pairs } = score([...rated('on', [6, 6, 6]), ...rated('off', [2])], ['on', 'off'])
    expect(pairs[0]).toMatchObject({ pairs: 1, difference: 4 })
  })
})
