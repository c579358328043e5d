import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cues, jumpy } from '../test/arbitraries/cues.ts'
import { lettingGo, playCues } from '../test/cues.ts'
import { randomSoloist } from '../test/fakes/soloist.ts'
import { Sounding } from '../test/sounding.ts'

it('a million events leave no note hanging', () => {
  const soloist = randomSoloist()
  let count = 0
  fc.assert(
    fc.property(jumpy(cues(2000)), fc.nat(), (cues, seed) => {
      const { events, effects, state } = playCues([...cues, ...lettingGo], seed, soloist)
      const sounding = new Sounding()
      sounding.hear(effects)
      expect(sounding.count).toBe(0)
      expect(state.refused).toBe(0)
      count += events.length
    }),
    { numRuns: 500, endOnFailure: true },
  )
  expect(count).toBeGreaterThan(1_000_000)
}, 900_000)
