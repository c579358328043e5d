import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Marks, playingOrder } from './playing-order.ts'

const order = (marks: readonly Marks[], limit = 1000) =>
  playingOrder(
    marks.map((each) => ({ marks: each })),
    limit,
  )

const mark: fc.Arbitrary<Marks> = fc.record(
  {
    repeatStart: fc.constant(true as const),
    repeatEnd: fc.integer({ min: 1, max: 99 }),
    ending: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
    endingEnd: fc.constant(true as const),
    segno: fc.constant(true as const),
    coda: fc.constant(true as const),
    toCoda: fc.constantFrom('before' as const, 'after' as const),
    fine: fc.constant(true as const),
    end: fc.constant(true as const),
    jump: fc.record({
      to: fc.constantFrom('start' as const, 'segno' as const),
      until: fc.constantFrom<('end' | 'fine' | 'coda' | number)[]>('end', 'fine', 'coda', 1, 2),
    }),
  },
  { requiredKeys: [] },
)

describe('the order of playing', () => {
  it('comes to an end, inside the chart and inside the bound, whatever the marks say', () => {
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 30 }), (marks) => {
        const { order: played } = order(marks, 200)
        expect(played.length).toBeLessThanOrEqual(200)
        expect(played.every((index) => index >= 0 && index < marks.length)).toBe(true)
        expect(played.length > 0).toBe(marks.length > 0)
        if (marks.length > 0 && !marks[0]?.ending) expect(played[0]).toBe(0)
      }),
    )
  })

  it('is the written order where nothing is marked', () => {
    fc.assert(
      fc.property(fc.nat(50), (length) => {
        const { order: played, notices } = order(Array<Marks>(length).fill({}))
        expect(played).toEqual([...Array(length).keys()])
        expect(notices).toEqual([])
      }),
    )
  })

  it('plays a repeat as often as it says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 9 }), (length, times) => {
        const marks = Array.from({ length }, (_, index): Marks => (index === length - 1 ? { repeatEnd: times } : {}))
        expect(order(marks).order).toEqual(Array.from({ length: times }, () => [...Array(length).keys()]).flat())
      }),
    )
  })

  it.each<readonly [string, readonly Marks[], readonly number[]]>([
    [
      'a repeat without a start goes back to the end of the one before',
      [{}, { repeatEnd: 2 }, {}, { repeatEnd: 2 }],
      [0, 1, 0, 1, 2, 3, 2, 3],
    ],
    [
      'a repeat within a repeat',
      [{ repeatStart: true }, { repeatStart: true, repeatEnd: 2 }, { repeatEnd: 2 }],
      [0, 1, 1, 2, 0, 1, 1, 2],
    ],
    [
      'an ending for two passes',
      [{ repeatStart: true }, { ending: [1, 2], repeatEnd: 2 }, { ending: [3], endingEnd: true }, {}],
      [0, 1, 0, 1, 0, 2, 3],
    ],
    [
      'a last ending that closes the repeat',
      [{ repeatStart: true }, { ending: [1], repeatEnd: 2 }, { ending: [2], repeatEnd: 2 }, {}],
      [0, 1, 0, 2, 3],
    ],
    [
      'two repeats with endings',
      [
        { repeatStart: true },
        { ending: [1], repeatEnd: 2 },
        { ending: [2], endingEnd: true },
        { repeatStart: true },
        { ending: [1], repeatEnd: 2 },
        { ending: [2], endingEnd: true },
      ],
      [0, 1, 0, 2, 3, 4, 3, 5],
    ],
    [
      'D.S. to the segno before it',
      [{ segno: true }, { segno: true, fine: true }, { jump: { to: 'segno', until: 'fine' } }, {}],
      [0, 1, 2, 1],
    ],
    [
      'the coda that follows the sign',
      [{ toCoda: 'after' }, { jump: { to: 'start', until: 'coda' } }, { coda: true }, { coda: true }],
      [0, 1, 0, 2, 3],
    ],
    [
      'the ending in which the way to the coda is',
      [
        { repeatStart: true },
        { ending: [1], toCoda: 'after', repeatEnd: 2 },
        { ending: [2], endingEnd: true },
        { jump: { to: 'start', until: 'coda' } },
        { coda: true },
      ],
      [0, 1, 0, 2, 3, 0, 1, 4],
    ],
    [
      'D.C. al 1st ending',
      [
        { repeatStart: true },
        { ending: [1], repeatEnd: 2 },
        { ending: [2], endingEnd: true },
        { jump: { to: 'start', until: 1 } },
        {},
      ],
      [0, 1, 0, 2, 3, 0, 1],
    ],
    [
      'repeats in the coda',
      [{ toCoda: 'after' }, { jump: { to: 'start', until: 'coda' } }, { coda: true, repeatStart: true, repeatEnd: 3 }],
      [0, 1, 0, 2, 2, 2],
    ],
    ['D.C. in the middle, and on', [{}, { jump: { to: 'start', until: 'end' } }, {}], [0, 1, 0, 1, 2]],
  ])('%s', (_, marks, expected) => {
    expect(order(marks).order).toEqual(expected)
  })

  it('is the written order where the marks lead past every measure', () => {
    expect(order([{ repeatStart: true, ending: [3], repeatEnd: 9 }]).order).toEqual([0])
  })

  it('says what is missing', () => {
    expect(order([{}, { jump: { to: 'segno', until: 'end' } }, {}]).notices).toEqual([
      'The chart says “D.S.”, but has no segno: it goes on from the start.',
    ])
    expect(order([{ toCoda: 'after' }, { jump: { to: 'start', until: 'coda' } }]).notices).toEqual([
      'The chart says “to coda”, but no coda follows.',
    ])
    expect(order([{ repeatEnd: 99 }], 10)).toMatchObject({ order: Array(10).fill(0), isCut: true })
    expect(order([{ repeatEnd: 10 }], 10).isCut).toBe(false)
  })
})
