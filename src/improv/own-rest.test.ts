import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hearOnset, noRests, ownRest, type RestMemory } from './own-rest.ts'

const [floor, ceiling] = [0.2, 4]
const any = fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true })
const tempo = fc.double({ min: 20, max: 400, noNaN: true })

/** A note, and how long after it the next one begins. */
type Played = { readonly interOnset: number; readonly sounded: number }

const played = fc
  .record({
    interOnset: fc.double({ min: 0.03, max: 5, noNaN: true }),
    legato: fc.double({ min: 0.1, max: 1, noNaN: true }),
  })
  .map(({ interOnset, legato }): Played => ({ interOnset, sounded: interOnset * legato }))

function memoryOf(notes: readonly Played[], bpm: number, from: RestMemory = noRests): RestMemory {
  return notes.reduce((memory, { interOnset, sounded }) => hearOnset(memory, interOnset, sounded, bpm), from)
}

/** Phrases of so many notes, with a rest after each. */
function phrases(count: number, notes: number, interOnset: number, rest: number, legato = 0.9): Played[] {
  return Array.from({ length: count * notes }, (_, index) => {
    const isLast = index % notes === notes - 1
    return { interOnset: interOnset + (isLast ? rest : 0), sounded: interOnset * legato }
  })
}

describe("the rest at a player's phrase's end", () => {
  it('stays between its floor and its ceiling, whatever was played', () => {
    const notes = fc.array(fc.record({ interOnset: any, sounded: any }), { maxLength: 40 })
    fc.assert(
      fc.property(notes, any, tempo, (notes, sounded, bpm) => {
        const rest = ownRest(memoryOf(notes, bpm), sounded, bpm)
        expect(rest).toBeGreaterThanOrEqual(floor)
        expect(rest).toBeLessThanOrEqual(ceiling)
      }),
    )
  })

  it('stays there after notes so long that their sums are no numbers', () => {
    const endless = { interOnset: Number.MAX_VALUE, sounded: Number.MAX_VALUE }
    expect(ownRest(memoryOf([endless, endless, endless], 20), 0, 20)).toBe(ceiling)
  })

  it('soon lets an even line go on, whatever its pace and however short its notes', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        fc.array(played, { maxLength: 20 }),
        tempo,
        (interOnset, legato, before, bpm) => {
          const line = { interOnset, sounded: interOnset * legato }
          const memory = memoryOf(Array(120).fill(line), bpm, memoryOf(before, bpm))
          expect(ownRest(memory, line.sounded, bpm)).toBeGreaterThanOrEqual(interOnset - line.sounded)
        },
      ),
    )
  })

  it('is about twice as long for the same playing half as fast', () => {
    const legato = fc.double({ min: 0.3, max: 1, noNaN: true })
    const interOnset = fc.double({ min: 0.15, max: 0.4, noNaN: true })
    fc.assert(
      fc.property(interOnset, legato, fc.integer({ min: 60, max: 200 }), (interOnset, legato, bpm) => {
        const rest = (times: number) => {
          const played = phrases(8, 12, times * interOnset, times * 1.5, legato)
          return ownRest(memoryOf(played, bpm / times), times * interOnset * legato, bpm / times)
        }
        expect(rest(2)).toBeGreaterThan(1.8 * rest(1))
        expect(rest(2)).toBeLessThan(2.2 * rest(1))
      }),
    )
  })

  it('is longer for a player who leaves longer rests, and for one who plays slowly', () => {
    const rest = (interOnset: number, between: number) =>
      ownRest(memoryOf(phrases(8, 12, interOnset, between), 120), 0.1, 120)
    expect(rest(0.2, 2)).toBeGreaterThan(rest(0.2, 0.8))
    expect(rest(0.6, 2)).toBeGreaterThan(rest(0.2, 2))
  })

  it('finds all but the first phrases of a staccato player, and breaks into none', () => {
    let memory = noRests
    const ends: boolean[] = []
    for (const { interOnset, sounded } of phrases(12, 10, 0.3, 1.2, 0.4)) {
      ends.push(interOnset - sounded > ownRest(memory, sounded, 120))
      memory = hearOnset(memory, interOnset, sounded, 120)
    }
    expect(ends.flatMap((over, index) => (over ? [index % 10] : [])).every((place) => place === 9)).toBe(true)
    expect(ends.filter((over) => over).length).toBeGreaterThanOrEqual(11)
  })

  it('comes from a memory that stays as small as it is, and is plain data', () => {
    const memory = memoryOf(phrases(100, 10, 0.2, 1), 120)
    expect(Object.keys(memory)).toEqual(Object.keys(noRests))
    expect(structuredClone(memory)).toEqual(memory)
  })
})
