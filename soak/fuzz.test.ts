import { describe, expect, it } from 'vitest'
import { runs } from '../test/runs.ts'
import { run } from './fuzz/run.ts'
import { targets } from './fuzz/targets.ts'

describe('fuzzing', () => {
  it.each(targets.map((target) => [target.name, target] as const))('finds nothing in: %s', async (_, target) => {
    for await (const { findings } of run(target, 1, runs(800))) expect(findings).toEqual([])
  })

  it('finds a reader that throws what it should not', async () => {
    const weak = {
      name: 'weak',
      good: () => [Uint8Array.of(1)],
      feed: (bytes: Uint8Array) => bytes[0] === 1 || fail(),
      errors: [],
    }
    for await (const { findings } of run(weak, 1, 200)) expect(findings.length).toBeGreaterThan(0)
  })
})

function fail(): never {
  throw new TypeError('It gives way.')
}
