import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { likelyTop, moveHand, noHand, playsChords } from './hand.ts'

const key = fc.integer({ min: 0, max: 127 })
const handOf = (keys: readonly number[]) => keys.reduce((hand, pitch) => moveHand(hand, pitch, false), noHand)

describe('the place of a hand', () => {
  it('is the mean of its first keys, and stays among its keys', () => {
    expect(handOf([60, 64, 65]).middle).toBeCloseTo(63)
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 60 }), (keys) => {
        const { middle } = handOf(keys)
        expect(middle).toBeGreaterThanOrEqual(Math.min(...keys) - 1e-9)
        expect(middle).toBeLessThanOrEqual(Math.max(...keys) + 1e-9)
      }),
    )
  })

  it('moves slowly: a key an octave up takes it up by less than a semitone', () => {
    const hand = handOf(Array(40).fill(60))
    expect(moveHand(hand, 72, false).middle).toBeCloseTo(60.75)
    expect(handOf([...Array(40).fill(60), ...Array(40).fill(72)]).middle).toBeGreaterThan(71)
  })

  it('is that of the chords’ top keys, in whatever order they go down', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 30 }), fc.array(key, { minLength: 1, maxLength: 5 }), (before, chord) => {
        const hand = handOf(before)
        const played = chord.reduce((moved, pitch, index) => moveHand(moved, pitch, index > 0), hand)
        expect(played.middle).toBeCloseTo(moveHand(hand, Math.max(...chord), false).middle ?? Number.NaN)
        expect(playsChords(played)).toBe(chord.length > 1)
      }),
    )
  })

  it('says where a chord’s top will be, as far above its first key as in the chord before', () => {
    const hand = [52, 59, 64].reduce((moved, pitch, index) => moveHand(moved, pitch, index > 0), noHand)
    expect([52, 53, 59, 64, 70].map((pitch) => likelyTop(hand, pitch))).toEqual([64, 65, 64, 64, 70])
    expect(likelyTop(noHand, 60)).toBe(60)
  })
})
