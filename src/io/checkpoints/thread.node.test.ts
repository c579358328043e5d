import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { openCheckpoint } from './node.ts'
import type { CheckpointThread } from './thread.ts'

// Node runs JavaScript, so the worker is the compiled one; `npm test` has just made it.
const compiled = new URL('../../../dist/io/checkpoints/thread.js', import.meta.url)
const { createCheckpointThread }: { createCheckpointThread: () => CheckpointThread } = await import(compiled.href)

const threads: CheckpointThread[] = []
afterEach(() => {
  for (const thread of threads.splice(0)) thread.end()
})
const start = () => {
  const thread = createCheckpointThread()
  threads.push(thread)
  return thread
}

describe('a thread that reads checkpoints', () => {
  it('brings what would be read here, whole', async () => {
    const [there, here] = [await start().open('solo'), await openCheckpoint('solo')]
    expect(there.claims).toEqual(here.claims)
    expect([...there.tensors.keys()]).toEqual([...here.tensors.keys()])
    for (const [name, { shape, data }] of here.tensors) {
      // The matcher would compare the numbers one by one, for seconds.
      expect(isDeepStrictEqual(there.tensors.get(name), { shape, data }), name).toBe(true)
    }
  })

  it('says in a sentence why there is no checkpoint, and goes on', async () => {
    const thread = start()
    await expect(thread.open('nobody')).rejects.toThrow(/^There is no model nobody: /)
    expect((await thread.open('feel')).tensors.size).toBeGreaterThan(0)
  })

  it('leaves nobody waiting when it is ended', async () => {
    const thread = start()
    const asked = thread.open('solo')
    thread.end()
    await expect(asked).rejects.toThrow(/^No more models are read: /)
    await expect(thread.open('solo')).rejects.toThrow(/^No more models are read: /)
  })
})
