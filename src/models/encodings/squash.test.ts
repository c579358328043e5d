import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import oracles from '../oracles/encodings.json' with { type: 'json' }
import { chooseEncoding, type EncodingName } from './choose.ts'
import { magentaRange } from './melody.ts'
import { squash } from './squash.ts'

const melody = fc.array(fc.oneof(fc.nat(127), fc.constantFrom(-1, -2)), { maxLength: 40 })

describe('a squashed melody', () => {
  it('is what note-seq makes of it', () => {
    for (const { events, semitones, squashed } of oracles.squashed) {
      expect(squash(events, magentaRange, 0)).toEqual({ events: squashed, semitones })
    }
  })

  it('keeps its rhythm and the names of its pitches, moved, and is in range', () => {
    fc.assert(
      fc.property(melody, fc.option(fc.nat(11)), (events, key) => {
        const squashed = squash(events, magentaRange, key)
        expect(squashed.events).toHaveLength(events.length)
        for (const [step, event] of events.entries()) {
          const moved = squashed.events[step] ?? Number.NaN
          if (event < 0) expect(moved).toBe(event)
          else {
            expect(Math.abs(event + squashed.semitones - moved) % 12).toBe(0)
            expect(moved).toBeGreaterThanOrEqual(48)
            expect(moved).toBeLessThanOrEqual(83)
          }
        }
      }),
    )
  })

  it('is the same whatever key it was in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 40, max: 70 }), { minLength: 1 }),
        fc.integer({ min: 0, max: 40 }),
        (line, by) => {
          const names = (events: readonly number[]) => events.map((event) => event % 12)
          const here = squash(line, magentaRange, 0)
          const there = squash(
            line.map((pitch) => pitch + by),
            magentaRange,
            0,
          )
          // Where several keys fit equally, the first of them counts.
          fc.pre((there.semitones - here.semitones + by) % 12 === 0)
          expect(names(there.events)).toEqual(names(here.events))
        },
      ),
    )
  })

  it('without a key only folds what is out of range', () => {
    expect(squash([60, -2, 30, 127], magentaRange, null)).toEqual({ events: [60, -2, 54, 79], semitones: 0 })
  })
})

it.each<[EncodingName, number, number, number | null]>([
  ['basic', 38, 38, 0],
  ['lookback', 121, 40, 0],
  ['attention', 74, 40, 0],
  ['mono', 130, 130, null],
  ['chord-pitches', 75, 38, null],
])('a model of %s, as Magenta configures it, knows melodies in the key %4$s', (name, inputs, classes, key) => {
  const { encoding } = chooseEncoding({ inputs, classes }, { claims: {} }, 'it', name)
  expect('key' in encoding && encoding.key).toBe(key)
})
