import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomModel } from '../../../test/fakes/soloist.ts'
import { classInterval, type KeyPress, noSoloMemory, seeded } from '../../models/index.ts'
import { type Chord, parseChord, pitchClass } from '../../music/index.ts'
import { createSoloist } from '../soloist.ts'
import { type BiasContext, type BiasOptions, biases, type LogitBias, unbiased } from './index.ts'
import { addWhere } from './logit-bias.ts'

const chord = parseChord('Dm7') as Chord
const classes = 49

const press: KeyPress = {
  seconds: 1,
  bpm: 120,
  place: 0,
  measure: 4,
  released: null,
  chord: null,
  nextChord: null,
  beatsToNextChord: 0,
}

/** Nothing is asked of a memory that is off. */
const nobody = () => expect.fail('the memory was asked')

/** What all biases add for a last pitch over a chord. */
function sum(last: number, over: Chord | null, options: BiasOptions): number[] {
  const bias = new Float64Array(classes)
  const context: BiasContext = { last, sounded: noSoloMemory, press: { ...press, chord: over }, recall: nobody }
  for (const add of biases) add(bias, context, options)
  return [...bias]
}

describe('the biases together', () => {
  it('take from an interval what harmony, contour and range have against it', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const cases = fc.record({
      last: fc.nat(127),
      over: fc.constantFrom(null, chord, parseChord('G7alt'), parseChord('Cmaj7')),
      harmony: share,
      contour: share,
      hand: fc.option(fc.integer({ min: -24, max: 24 })),
      lowest: fc.nat(116),
    })
    fc.assert(
      fc.property(cases, ({ last, over, lowest, ...settings }) => {
        const { harmony, contour, hand } = settings
        const found = sum(last, over, { ...unbiased, ...settings, range: [lowest, lowest + 11] })
        for (const [token, nats] of found.entries()) {
          const pitch = last + token - 24
          const isForeign = over !== null && !over.scale.includes(pitchClass(pitch))
          const isOtherWay = hand !== null && Math.sign(token - 24) !== Math.sign(hand)
          const isOutside = pitch < lowest || pitch > lowest + 11
          const wanted =
            (isForeign ? Math.max(-1e4, Math.log(1 - harmony)) : 0) +
            (isOtherWay ? Math.max(-1e3, Math.log(1 - contour)) : 0) +
            (isOutside ? -1e5 : 0)
          expect(nats).toBe(wanted)
        }
      }),
    )
  })

  it('add nothing where every setting is at 0', () => {
    expect(sum(60, chord, { ...unbiased, hand: 3 })).toEqual(Array(classes).fill(0))
  })

  it('leave as much of the odds as a setting leaves to the model', () => {
    const up = sum(60, null, { ...unbiased, contour: 0.75, hand: 5 })
    expect(up.map((nats) => Math.exp(nats).toFixed(9))).toEqual(
      up.map((_, token) => (classInterval(token) > 0 ? '1.000000000' : '0.250000000')),
    )
  })

  it('rank what can not all be had: range first, then harmony, then contour', () => {
    const bias = sum(60, chord, { ...unbiased, harmony: 1, contour: 1, hand: 1, range: [48, 59] })
    const best = Math.max(...bias)
    const chosen = bias.flatMap((nats, token) => (nats === best ? [60 + classInterval(token)] : []))
    expect(chosen).toEqual([48, 50, 52, 53, 55, 57, 59])
  })
})

describe('the register', () => {
  const share = fc.double({ min: 0.01, max: 1, noNaN: true })
  const pitch = fc.integer({ min: 24, max: 103 })

  it('draws back towards the hand, as much as the line is away from it, and lets nothing be an octave away', () => {
    fc.assert(
      fc.property(pitch, pitch, fc.integer({ min: -12, max: 12 }), share, (last, key, apart, contour) => {
        const place = { middle: key + apart, key }
        const bias = sum(last, null, { ...unbiased, register: 1, place, contour: 0 })
        const follows = sum(last, null, { ...unbiased, register: 1, place, contour })
        const [low, high] = [Math.min(key, place.middle) - 12, Math.max(key, place.middle) + 12]
        for (const [token, nats] of bias.entries()) {
          const at = last + classInterval(token)
          expect(nats < -2000).toBe(at < low || at > high)
          if (at < low || at > high) continue
          expect(Math.sign(nats)).toBe(Math.sign(classInterval(token)) * Math.sign(place.middle - last) || 0)
          const home = place.middle + contour * (key - place.middle)
          if (Math.abs(home - last) < 12) {
            const alone = sum(last, null, { ...unbiased, contour, place })
            expect(follows[token]).toBeCloseTo((classInterval(token) * (home - last)) / 81 + (alone[token] ?? 0))
          }
        }
      }),
    )
  })

  it('adds nothing at 0, or before the hand has played', () => {
    const place = { middle: 60, key: 60 }
    expect(sum(60, null, { ...unbiased, register: 0, place })).toEqual(Array(classes).fill(0))
    expect(sum(60, null, { ...unbiased, register: 1 })).toEqual(Array(classes).fill(0))
  })

  it('goes no further than the instrument does where the hand does', () => {
    const bias = sum(84, null, { ...unbiased, register: 1, place: { middle: 110, key: 112 }, range: [36, 96] })
    const open = bias.flatMap((nats, token) => (nats > -1000 ? [84 + classInterval(token)] : []))
    expect(open).toEqual(Array.from({ length: 13 }, (_, index) => 84 + index))
    expect(bias.indexOf(Math.max(...bias))).toBe(24 + 12)
  })
})

describe('the tones of a chord', () => {
  it('are all that a hand that plays chords has on top of them, the nearest ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 90 }), fc.integer({ min: -12, max: 12 }), (last, apart) => {
        const bias = sum(last, chord, { ...unbiased, comping: { tones: chord.tones, top: last + apart } })
        const open = bias.flatMap((nats, token) => (nats === 0 ? [last + classInterval(token)] : []))
        expect(new Set(open.map(pitchClass))).toEqual(new Set(chord.tones))
        for (const pitch of open) expect(Math.abs(pitch - last - apart)).toBeLessThanOrEqual(6)
      }),
    )
  })
})

describe('a bias of one’s own', () => {
  // All that a new file in this folder would hold.
  const wholeTones: LogitBias<unknown> = (bias) => addWhere(bias, -1e3, (interval) => Math.abs(interval) !== 2)

  it('leads the choice once it is in the list, beside the others', () => {
    const soloist = createSoloist(randomModel(), [...biases, wholeTones])
    let memory = soloist.hear(soloist.silence, press, 60)
    const pitches = [60]
    for (let key = 1; key < 60; key++) {
      const choice = {
        ...unbiased,
        range: [55, 66] as const,
        pocket: 0,
        builds: false,
        temperature: 1,
        random: seeded(key),
      }
      const answer = soloist.answer(memory, { ...press, seconds: 1 + key / 4 }, choice) ?? expect.fail()
      memory = answer.memory
      pitches.push(answer.pitch)
    }
    const steps = pitches.slice(1).map((pitch, index) => Math.abs(pitch - (pitches[index] as number)))
    expect(new Set(steps)).toEqual(new Set([2]))
    expect([Math.min(...pitches) >= 55, Math.max(...pitches) <= 66]).toEqual([true, true])
    expect(new Set(pitches).size).toBeGreaterThan(2)
  })
})
