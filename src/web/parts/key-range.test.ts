import { describe, expect, it } from 'vitest'
import { keyAt, placedKeys, rangeOfWidth, rangeWith, shiftedRange, whitesIn } from './key-range.ts'

const twoOctaves = { lowest: 48, octaves: 2 }

describe('the keys on the screen', () => {
  it('are as many octaves as fingers have room for, but two at least', () => {
    expect(rangeOfWidth(twoOctaves, 320).octaves).toBe(2)
    expect(rangeOfWidth(twoOctaves, 700).octaves).toBe(2)
    expect(rangeOfWidth(twoOctaves, 1250)).toEqual({ lowest: 36, octaves: 4 })
  })

  it('stay where they are while what is played is on them', () => {
    expect(rangeWith(twoOctaves, [])).toBe(twoOctaves)
    expect(rangeWith(twoOctaves, [48, 72])).toBe(twoOctaves)
  })

  it('go no further than they must to what is played', () => {
    expect(rangeWith(twoOctaves, [79])).toEqual({ lowest: 60, octaves: 2 })
    expect(rangeWith(twoOctaves, [73])).toEqual({ lowest: 60, octaves: 2 })
    expect(rangeWith(twoOctaves, [47])).toEqual({ lowest: 36, octaves: 2 })
  })

  it('stay where they are while hands are further apart', () => {
    for (const pitches of [
      [28, 74],
      [47, 71],
    ]) {
      expect(rangeWith(twoOctaves, pitches)).toBe(twoOctaves)
      expect(rangeWith({ lowest: 24, octaves: 2 }, pitches)).toEqual({ lowest: 24, octaves: 2 })
    }
  })

  it('end where MIDI ends', () => {
    expect(shiftedRange(twoOctaves, 99).lowest).toBe(96)
    expect(shiftedRange(twoOctaves, -99).lowest).toBe(0)
  })

  it('are found under a finger where they are drawn', () => {
    for (const { pitch, isBlack, left } of placedKeys(twoOctaves)) {
      const across = (left + 0.31) / whitesIn(twoOctaves)
      expect(keyAt(twoOctaves, isBlack ? across : (left + 0.5) / whitesIn(twoOctaves), isBlack ? 0.3 : 0.9)).toBe(pitch)
    }
  })

  it('are white at their feet, also between two white ones', () => {
    expect(keyAt(twoOctaves, 1.1 / 15, 0.3)).toBe(49)
    expect(keyAt(twoOctaves, 1.1 / 15, 0.7)).toBe(50)
  })

  it('have an end for a finger that has slid off', () => {
    expect(keyAt(twoOctaves, -0.2, 1.4)).toBe(48)
    expect(keyAt(twoOctaves, 1.2, -1)).toBe(72)
  })
})
