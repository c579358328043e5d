import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type SessionEvent, startSession, step, writePerformance } from '../../session/index.ts'
import { createAutosave, folderStore, type PerformanceStore, recover } from './node.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const state = startSession()
const key = (at: number): SessionEvent => ({ type: 'noteOn', at, pitch: 60, velocity: 80 })

describe('a folder of performances', () => {
  it('has what was appended, under its name', async () => {
    const store = folderStore(join(folder, 'a', 'b'))
    expect([await store.names(), await store.read('x')]).toEqual([[], null])
    await store.append('x y', '1\n')
    await store.append('x y', '2\n')
    expect([await store.names(), await store.read('x y')]).toEqual([['x y'], '1\n2\n'])
    await store.remove('x y')
    expect(await store.names()).toEqual([])
  })

  it.each(['../x', 'a/b', '', '.x', 'a\0b', '..\\x'])('is never left by a name such as %j', async (name) => {
    await expect((async () => folderStore(folder).append(name, ''))()).rejects.toThrow(RangeError)
  })
})

describe('autosave', () => {
  it('recovers all that was flushed', async () => {
    const store = folderStore(folder)
    const autosave = createAutosave(store, 'evening', 5)
    autosave.append(key(1), state)
    autosave.append({ type: 'tick', at: 1.5 }, state)
    await autosave.flush()
    autosave.append(key(2), state)
    expect(await recover(store, 'evening')).toEqual({ seed: 5, events: [key(1)] })
    await Promise.all([autosave.flush(), autosave.flush()])
    expect(await store.read('evening')).toBe(writePerformance({ seed: 5, events: [key(1), key(2)] }))
    expect(await recover(store, 'morning')).toBeNull()
  })

  it.each([
    ['a line that a crash has broken off', '{"type":"noteOn","at":1', [key(1), key(2)]],
    ['a line that only lacks its end', JSON.stringify(key(1.5)), [key(1), key(1.5), key(2)]],
  ])('goes on after %s', async (_, end, events) => {
    const store = folderStore(folder)
    const name = `torn ${events.length}`
    writeFileSync(join(folder, `${name}.tradefours`), writePerformance({ seed: 5, events: [key(1)] }) + end)
    const autosave = createAutosave(store, name, 5)
    autosave.append(key(2), state)
    await autosave.flush()
    expect(await recover(store, name)).toEqual({ seed: 5, events })
  })

  it('keeps what can be read of one whose file is taken away meanwhile', async () => {
    const store = folderStore(folder)
    const autosave = createAutosave(store, 'away', 5)
    for (const at of [1, 2]) {
      await store.remove('away')
      autosave.append(key(at), state)
      await autosave.flush()
    }
    expect(await recover(store, 'away')).toEqual({ seed: 5, events: [key(2)] })
  })

  it('keeps the time that had passed when a key is told of late, for something may have happened meanwhile', async () => {
    const store = folderStore(folder)
    const autosave = createAutosave(store, 'late', 5)
    const events: SessionEvent[] = [key(1), { type: 'tick', at: 1.5 }, { type: 'tick', at: 1.6 }, key(1.55), key(1.58)]
    for (const event of [...events, { type: 'tick', at: 1.7 } as const, key(1.8)]) autosave.append(event, state)
    await autosave.flush()
    const kept = [key(1), { type: 'tick', at: 1.6 }, key(1.55), key(1.58), key(1.8)]
    expect((await recover(store, 'late'))?.events).toEqual(kept)
  })

  it('keeps what a store could not take, and stores it later, in order', async () => {
    let text = ''
    let full = true
    const store: PerformanceStore = {
      ...folderStore(folder),
      async append(_, more, head) {
        if (full) throw new Error('the disk is full')
        text = (text || head) + more
      },
    }
    const autosave = createAutosave(store, 'x', 1)
    autosave.append(key(1), state)
    await expect(autosave.flush()).rejects.toThrow('full')
    autosave.append(key(2), state)
    full = false
    await autosave.flush()
    expect(text).toBe(writePerformance({ seed: 1, events: [key(1), key(2)] }))
  })

  it('keeps once what a full disk took only a part of', async () => {
    const store = folderStore(folder)
    const autosave = createAutosave(store, 'full', 3)
    autosave.append(key(1), state)
    await autosave.flush()
    autosave.append(key(2), state)
    autosave.append(key(3), state)
    const probe = await open(join(folder, 'full.tradefours'))
    await probe.close()
    const append = vi.spyOn(Object.getPrototypeOf(probe), 'appendFile')
    append.mockImplementationOnce(async function (this: typeof probe, text) {
      await this.write(String(text).slice(0, -9))
      throw new Error('the disk is full')
    })
    await expect(autosave.flush()).rejects.toThrow('full')
    append.mockRestore()
    await autosave.flush()
    expect(await recover(store, 'full')).toEqual({ seed: 3, events: [key(1), key(2), key(3)] })
  })

  it('outlives a kill in the middle of playing', async () => {
    const module = new URL('../../../dist/io/storage/node.js', import.meta.url).href
    const program = `
      import { createAutosave, folderStore } from ${JSON.stringify(module)}
      const autosave = createAutosave(folderStore(${JSON.stringify(folder)}), 'killed', 9)
      for (let at = 0; ; at++) {
        for (let note = 0; note < 50; note++) autosave.append({ type: 'noteOn', at: at + note / 50, pitch: 60, velocity: 80 }, { keys: { voices: [] } })
        await autosave.flush()
        console.log(50 * (at + 1))
      }`
    const player = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 2] })
    let stored = 0
    for await (const said of player.stdout ?? []) {
      stored = Number(String(said).trim().split('\n').at(-1))
      if (stored >= 500 && player.kill('SIGKILL')) break
    }
    await new Promise((resolve) =>
      (player.exitCode ?? player.signalCode) === null ? player.on('exit', resolve) : resolve(null),
    )
    const recovered = await recover(folderStore(folder), 'killed')
    expect(recovered?.events.length).toBeGreaterThanOrEqual(stored)
    let state = startSession(recovered?.seed)
    for (const event of recovered?.events ?? []) state = step(state, event).state
    expect(state.refused).toBe(0)
    expect(readFileSync(join(folder, 'killed.tradefours'), 'utf8').length).toBeGreaterThan(0)
  })
})
