import { expect, it } from 'vitest'
import type { SessionEvent } from '../../session/index.ts'
import type { Keeper } from './keeper.ts'
import { openRig } from './rig.ts'

/** A rig without gear, and what is kept of it. */
async function bareRig() {
  const kept: SessionEvent[] = []
  const keeper: Keeper = {
    path: '',
    recovered: null,
    trouble: null,
    seed: 1,
    keep: (event) => kept.push(event),
    async flush() {},
    async end() {},
  }
  const rig = await openRig({
    keeper,
    midi: null,
    osc: null,
    link: false,
    sound: false,
    first: [],
    bound() {},
    tell() {},
  })
  return { rig, kept: () => kept.map(({ type }) => type).filter((type) => type !== 'tick') }
}

it('a rig plays nothing for a hand that comes while it says goodbye', async () => {
  const { rig, kept } = await bareRig()
  rig.happen({ type: 'noteOn', pitch: 60, velocity: 80 })
  const ended = rig.end()
  rig.happen({ type: 'noteOn', pitch: 64, velocity: 80 })
  await ended
  expect(kept()).toEqual(['noteOn', 'act'])
})
