import { describe, expect, it } from 'vitest'
import { drumEvent } from '../models/index.ts'
import { fourFour, parseMetre } from '../music/index.ts'
import { type DrumPattern, patternBias } from './drum-patterns.ts'

const snare: DrumPattern = { drum: 'snare', text: '....x--.....x--.', nats: 3 }
const ride: DrumPattern = { drum: 'ride', text: 'x---x-x-x---x-x-' }

describe('the patterns of a style', () => {
  const at = (patterns: readonly DrumPattern[], step: number, isTriplets = false) =>
    patternBias(patterns, fourFour, isTriplets)(step)

  it('speak for strokes and against them, all together', () => {
    const event = drumEvent(['snare', 'ride'])
    expect(at([snare, ride], 4)?.[event]).toBe(5)
    expect(at([snare, ride], 0)?.[event]).toBe(-1)
    expect(at([snare], 0)?.[drumEvent(['kick'])]).toBe(0)
    expect(at([ride], 1)).toBeUndefined()
  })

  it('go round, and take turns where they are of two measures', () => {
    const clave: DrumPattern = { drum: 'snare', text: 'x.....x.....x.......x.....x.....' }
    const worth = (step: number) => at([clave], step)?.[drumEvent(['snare'])]
    expect([0, 16, 20, 32].map(worth)).toEqual([2, -2, 2, 2])
    expect(at([snare], 20)?.[drumEvent(['snare'])]).toBe(3)
  })

  it('are on the beat and the last triplet where the music swings', () => {
    const worth = (step: number) => at([ride], step, true)?.[drumEvent(['ride'])]
    expect([0, 6, 10, 4, 8].map(worth)).toEqual([2, 2, 2, undefined, undefined])
  })

  it('are left out in a metre that they are not written for', () => {
    expect(patternBias([snare], parseMetre('7/8'), false)(4)).toBeUndefined()
    const inSix: DrumPattern = { drum: 'snare', text: '......x.....', metre: '6/8' }
    const worth = (metre: string) => patternBias([inSix], parseMetre(metre), false)(6)?.[drumEvent(['snare'])]
    expect(['6/8', '3/4', '3+3/8', '2+2+2/8'].map(worth)).toEqual([2, undefined, 2, undefined])
  })
})
