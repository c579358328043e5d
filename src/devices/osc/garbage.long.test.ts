import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { oscPeers, soon } from '../../../test/osc-peers.ts'

const { scripted, host } = oscPeers()

/** What is kept after a tidying up. */
async function keptBytes(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const tidyUp: () => void = runInNewContext('gc')
  tidyUp()
  await new Promise((resolve) => setImmediate(resolve))
  tidyUp()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

it('a port stays alive, right and small while others send garbage', { timeout: 60_000 }, async () => {
  const supercollider = await scripted()
  const stage = await host(supercollider.port, async () => null)
  const before = await keptBytes()
  const script = join(import.meta.dirname, '../../../test/send-garbage.js')
  const senders = Array.from({ length: 4 }, (_, seed) =>
    spawn(process.execPath, [script, String(stage.port.port), '2500', '2000', String(seed)], { stdio: 'inherit' }),
  )
  let pitch = 0
  const keys: number[] = []
  const during = setInterval(() => {
    keys.push(pitch)
    supercollider.send(stage.port.port, '/processnoteon', pitch, 80)
    supercollider.send(stage.port.port, '/processnoteoff', pitch, 0)
    pitch = (pitch + 1) % 128
  }, 50)
  const codes = await Promise.all(senders.map((sender) => once(sender, 'exit')))
  clearInterval(during)
  expect(codes.map(([code]) => code)).toEqual([0, 0, 0, 0])
  expect(stage.refused).toBeGreaterThan(1000)
  expect(stage.loop.state.refused).toBe(0)

  expect((await keptBytes()) - before).toBeLessThan(16e6)

  // UDP may lose keys in a flood, and just after it, but it makes none up, and the first that comes counts.
  const found = supercollider.pitches('/playwurly')
  expect(keys).toEqual(expect.arrayContaining(found))
  await soon(() => {
    supercollider.send(stage.port.port, '/processnoteon', 61, 99)
    return supercollider.heard.at(-1)
  }).toEqual({ address: '/playwurly', values: [61, 99] })
})
