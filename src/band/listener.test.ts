import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { type HeardNote, hearMeasure, isAtRest, type Listener, listen, noListener } from './listener.ts'

const notes: fc.Arbitrary<HeardNote[]> = fc.array(
  fc.record({
    beat: fc.double({ min: 0, max: 3.99, noNaN: true }),
    pitch: fc.integer({ min: 0, max: 127 }),
    velocity: fc.integer({ min: 1, max: 127 }),
  }),
  { maxLength: 24 },
)

/** Plays a measure of four beats again and again. */
function hearing(measures: number, played: readonly HeardNote[], from: Listener = noListener): Listener {
  return Array.from({ length: measures }).reduce<Listener>((listener) => listen(listener, hearMeasure(played, 4)), from)
}

/** So many notes a beat, evenly, so loud. */
function line(perBeat: number, velocity: number): HeardNote[] {
  return Array.from({ length: 4 * perBeat }, (_, index) => ({
    beat: index / perBeat,
    pitch: 60 + (index % 5),
    velocity,
  }))
}

describe('a listener', () => {
  it('hears an energy from 0 to 1, whatever is played', () => {
    fc.assert(
      fc.property(fc.array(notes, { maxLength: 12 }), (measures) => {
        let listener = noListener
        for (const measure of measures) {
          listener = listen(listener, hearMeasure(measure, 4))
          expect(listener.energy).toBeGreaterThanOrEqual(0)
          expect(listener.energy).toBeLessThanOrEqual(1)
          expect(listener.heard.length).toBeLessThanOrEqual(4)
        }
      }),
      { numRuns: runs(300) },
    )
  })

  it('hears more in more notes, and in louder ones', () => {
    const energies = [1, 2, 3, 4].map((perBeat) => hearing(6, line(perBeat, 80)).energy)
    expect(energies).toEqual([...energies].sort((a, b) => a - b))
    expect(hearing(6, line(2, 120)).energy).toBeGreaterThan(hearing(6, line(2, 50)).energy)
    expect(hearing(6, line(4, 120)).energy).toBeGreaterThan(0.75)
    expect(hearing(6, [{ beat: 0, pitch: 60, velocity: 50 }]).energy).toBeLessThan(0.25)
  })

  it('rises sooner than it falls, and does not follow what is hardly a change', () => {
    const [loud, soft] = [line(4, 120), line(1, 50)]
    const high = hearing(8, loud)
    const low = hearing(8, soft)
    const rise = listen(low, hearMeasure(loud, 4)).energy - low.energy
    const fall = high.energy - listen(high, hearMeasure(soft, 4)).energy
    expect(rise).toBeGreaterThan(fall)
    expect(fall).toBeGreaterThan(0)
    expect(listen(high, hearMeasure(line(4, 119), 4)).energy).toBe(high.energy)
  })

  it('comes down in a measure of rest, and goes back to the usual where nobody plays any more', () => {
    const high = hearing(8, line(4, 120))
    expect(listen(high, hearMeasure([], 4)).energy).toBeLessThan(high.energy - 0.1)
    const rested = hearing(12, [], high)
    expect([rested.energy, isAtRest(rested)]).toEqual([0.5, true])
    expect(listen(rested, hearMeasure([], 4))).toEqual(rested)
  })
})
