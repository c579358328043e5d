import { describe, expect, it } from 'vitest'
import { runs } from '../test/runs.ts'
import { assault } from './fuzz/run.ts'
import { doors } from './fuzz/targets.ts'

describe('a door', () => {
  it.each(doors.map((door) => [door.name, door] as const))('holds against what nobody wants: %s', async (_, door) => {
    const { findings } = await assault(door, 1, runs(400))
    expect(findings).toEqual([])
  })

  it('that gives way is found', async () => {
    const weak = {
      name: 'weak',
      good: () => [Uint8Array.of(1)],
      enter: (bytes: Uint8Array) => bytes[0] === 1 || fail(),
      refusals: [],
    }
    expect((await assault(weak, 1, runs(400))).findings.length).toBeGreaterThan(0)
  })
})

function fail(): never {
  throw new TypeError('It gives way.')
}
