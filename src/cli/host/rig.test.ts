import { describe, expect, it, vi } from 'vitest'
import { song } from '../../../test/songs.ts'
import { type Bindings, controllers, type Happening, type Performance, type SessionEvent } from '../../session/index.ts'
import { play } from './play.ts'
import type { Keeper } from './recovery.ts'
import { openRig } from './rig.ts'

/** A rig without gear, and what is kept and told of it. */
async function bareRig(recovered: Performance | null = null, first: readonly Happening[] = [], end = async () => {}) {
  const kept: SessionEvent[] = []
  const told: string[] = []
  const learnt: Bindings[] = []
  const keeper: Keeper = {
    path: 'evening.tradefours',
    recovered,
    trouble: null,
    seed: 1,
    keep: (event) => kept.push(event),
    async flush() {},
    end,
  }
  const gear = { midi: null, osc: null, link: false, sound: false }
  const rig = await openRig({
    ...gear,
    keeper,
    first,
    learnt: (bindings) => learnt.push(bindings),
    tell: (sentence) => told.push(sentence),
  })
  return { rig, told, learnt, kept: () => kept.map(({ type }) => type).filter((type) => type !== 'tick') }
}

describe('a rig', () => {
  it('plays nothing for a hand that comes while it says goodbye', async () => {
    const { rig, kept } = await bareRig()
    rig.happen({ type: 'noteOn', pitch: 60, velocity: 80 })
    const ended = rig.end()
    rig.happen({ type: 'noteOn', pitch: 64, velocity: 80 })
    await ended
    expect(kept()).toEqual(['noteOn', 'act'])
  })

  it('is ended by whoever says goodbye while it is still being opened', async () => {
    const { rig, kept } = await bareRig()
    rig.happen({ type: 'noteOn', pitch: 60, velocity: 80 })
    await play({ quiet: true, path: 'evening.tradefours' }, async () => {
      process.emit('SIGHUP')
      return rig
    })
    expect(kept()).toEqual(['noteOn', 'act'])
  })

  it('says in the end that nothing is kept where the disk is full, instead of where it is kept', async () => {
    const full = async () => {
      throw new Error('ENOSPC')
    }
    const { rig } = await bareRig(null, [], full)
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const played = play({ path: 'evening.tradefours' }, async () => {
      process.emit('SIGHUP')
      return rig
    })
    await expect(played).rejects.toThrow(/^What was played can't be kept \(ENOSPC\): look after the disk\.$/)
    expect(said).not.toHaveBeenCalled()
    said.mockRestore()
  })

  const asked: Happening[] = [
    { type: 'bind', bindings: { 'cc 1': 'play' } },
    { type: 'setList', songs: [song([{}])] },
  ]
  const withSongs: SessionEvent = { type: 'setList', at: 1, songs: [{ ...song([{}]), title: 'Ours' }] }

  it('begins as it is asked to', async () => {
    const { rig, told, kept } = await bareRig(null, asked)
    expect([kept(), told]).toEqual([['bind', 'setList'], []])
    await rig.end()
  })

  it('tells what is learnt, and not what is ready-made', async () => {
    const { rig, learnt } = await bareRig(null, [{ type: 'bind', bindings: controllers.nanokontrol2.bindings }])
    rig.happen({ type: 'learn', action: 'tap' })
    rig.happen({ type: 'control', controller: 41, value: 127, channel: 1 })
    await rig.end()
    expect(learnt).toEqual([{ 'cc 41 ch 1': 'tap' }])
  })

  it('goes on as it stood where it was cut off, says so, and says what it passes over', async () => {
    const { rig, told, kept } = await bareRig({ seed: 1, events: [withSongs] }, asked)
    expect(kept()).toEqual(['act'])
    expect(rig.live.state.stand.songs.map(({ title }) => title)).toEqual(['Ours'])
    expect(told).toEqual([expect.stringMatching(/cut off goes on, with its own songs, controls and seed;.*evening/)])
    await rig.end()
  })

  it('goes on with what following another’s clock needs', async () => {
    const { rig } = await bareRig({ seed: 1, events: [withSongs] }, [{ type: 'act', action: 'count-in', value: 0 }])
    expect(rig.live.state.settings['count-in']).toBe(0)
    await rig.end()
  })

  it('goes on with the songs that it is asked to play where it had none', async () => {
    const { rig, told, kept } = await bareRig({ seed: 1, events: [] }, asked)
    expect(kept()).toEqual(['act', 'setList'])
    expect(told).toEqual([expect.stringMatching(/with its own controls and seed;/)])
    await rig.end()
  })
})
