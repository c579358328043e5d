import { describe, expect, it, vi } from 'vitest'
import { song } from '../../../test/songs.ts'
import {
  type Bindings,
  controllers,
  type NoticeId,
  notices,
  type Performance,
  type SessionEvent,
  type SessionInput,
} from '../../session/index.ts'
import { isTrouble, openHost } from './open-host.ts'
import { play } from './play.ts'
import type { Recovery } from './recovery.ts'

/** A host without devices, what is stored, and what the performer is notified of. */
async function bareHost(
  recovered: Performance | null = null,
  first: readonly SessionInput[] = [],
  end = async () => {},
  trouble: string | null = null,
) {
  const kept: SessionEvent[] = []
  const notified: string[] = []
  const learnt: Bindings[] = []
  const recovery: Recovery = {
    path: 'evening.tradefours',
    recovered,
    trouble: null,
    seed: 1,
    write: (event) => kept.push(event),
    async flush() {},
    end,
  }
  const devices = { midi: null, osc: null, link: false, sound: false }
  const host = await openHost({
    ...devices,
    players: { names: async () => [], read: async () => null, change: async (_, change) => change(null) },
    player: 'Me',
    recovery,
    first,
    trouble,
    learnt: (bindings) => learnt.push(bindings),
    notify: (sentence) => notified.push(sentence),
  })
  return { host, notified, learnt, kept: () => kept.map(({ type }) => type).filter((type) => type !== 'tick') }
}

describe('a host', () => {
  it('plays nothing for a hand that comes while it says goodbye', async () => {
    const { host, kept } = await bareHost()
    host.dispatch({ type: 'noteOn', pitch: 60, velocity: 80 })
    const ended = host.end()
    host.dispatch({ type: 'noteOn', pitch: 64, velocity: 80 })
    await ended
    expect(kept()).toEqual(['noteOn', 'run'])
  })

  it('is ended by whoever says goodbye while it is still being opened', async () => {
    const { host, kept } = await bareHost()
    host.dispatch({ type: 'noteOn', pitch: 60, velocity: 80 })
    await play({ quiet: true, path: 'evening.tradefours' }, async () => {
      process.emit('SIGHUP')
      return host
    })
    expect(kept()).toEqual(['noteOn', 'run'])
  })

  it('says in the end that nothing is kept where the disk is full, instead of where it is kept', async () => {
    const full = async () => {
      throw new Error('ENOSPC')
    }
    const { host } = await bareHost(null, [], full)
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const played = play({ path: 'evening.tradefours' }, async () => {
      process.emit('SIGHUP')
      return host
    })
    await expect(played).rejects.toThrow(/^What was played can't be kept \(ENOSPC\): look after the disk\.$/)
    expect(said).not.toHaveBeenCalled()
    said.mockRestore()
  })

  const asked: SessionInput[] = [
    { type: 'bind', bindings: { 'cc 1': 'play' } },
    { type: 'setList', songs: [song([{}])] },
  ]
  const withSongs: SessionEvent = { type: 'setList', at: 1, songs: [{ ...song([{}]), title: 'Ours' }] }

  it('prints nothing but trouble where it is quiet', async () => {
    const printed: string[] = []
    const said = vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
    await play({ quiet: true, path: 'evening.tradefours' }, async (notify) => {
      notify('Learnt. cc 1', false)
      notify('No new groove came: this one plays on.', true)
      process.emit('SIGHUP')
      return (await bareHost()).host
    })
    said.mockRestore()
    expect(printed).toEqual(['No new groove came: this one plays on.\n'])
  })

  it('knows trouble from an answer to what a hand did', () => {
    const troubles = (Object.keys(notices) as NoticeId[]).filter((notice) => isTrouble({ notice }))
    expect(troubles).toEqual(
      expect.arrayContaining(['groove-late', 'groove-failed', 'melody-empty', 'bad-chart', 'take-full']),
    )
    for (const answer of ['learnt', 'metre-waits', 'nothing-to-undo', 'no-more-sections', 'no-bass'] as const)
      expect(troubles).not.toContain(answer)
    expect(isTrouble({ notice: null })).toBe(true)
  })

  it('says what is missing, and plays', async () => {
    const { host, notified } = await bareHost(null, [], async () => {}, 'The learnt mappings are not loaded.')
    expect(notified).toEqual(['The learnt mappings are not loaded.'])
    expect(host.shown().notice).toBe('The learnt mappings are not loaded.')
    await host.end()
  })

  it('begins as it is asked to', async () => {
    const { host, notified, kept } = await bareHost(null, asked)
    expect([kept(), notified]).toEqual([['bind', 'setList'], []])
    await host.end()
  })

  it('tells what is learnt, and not what is ready-made', async () => {
    const { host, learnt } = await bareHost(null, [{ type: 'bind', bindings: controllers.nanokontrol2.bindings }])
    host.dispatch({ type: 'learn', action: 'tap' })
    host.dispatch({ type: 'control', controller: 41, value: 127, channel: 1 })
    await host.end()
    expect(learnt).toEqual([{ 'cc 41 ch 1': 'tap' }])
  })

  it('goes on as it stood where it was cut off, says so, and says what it passes over', async () => {
    const { host, notified, kept } = await bareHost({ seed: 1, events: [withSongs] }, asked)
    expect(kept()).toEqual(['resume'])
    expect(host.state.songs.list.map(({ title }) => title)).toEqual(['Ours'])
    expect(notified).toEqual([
      expect.stringMatching(/cut off goes on, with its own songs, controls and seed;.*evening/),
    ])
    await host.end()
  })

  it('goes on with what following another’s clock needs', async () => {
    const { host } = await bareHost({ seed: 1, events: [withSongs] }, [{ type: 'set', setting: 'count-in', value: 0 }])
    expect(host.state.settings['count-in']).toBe(0)
    await host.end()
  })

  it('goes on with the songs that it is asked to play where it had none', async () => {
    const { host, notified, kept } = await bareHost({ seed: 1, events: [] }, asked)
    expect(kept()).toEqual(['resume', 'setList'])
    expect(notified).toEqual([expect.stringMatching(/with its own controls and seed;/)])
    await host.end()
  })
})
