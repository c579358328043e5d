import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { hosts, soon, tradefours } from './on-host.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const { openHost, files, storedEvents } = hosts()

describe('the host', () => {
  it('goes on after a kill with what was played up to a few seconds before', async () => {
    const first = await openHost()
    first.send('/tradefours/set/tempo', 'f', 97)
    first.send('/tradefours/metre', 's', '7/8')
    await soon(async () => (await storedEvents()).length).toBe(2)
    first.process.kill('SIGKILL')
    await once(first.process, 'exit')

    const second = await openHost()
    await soon(() => second.last('/tradefours/state/dial/tempo')).toBe(97)
    expect(second.last('/tradefours/state/metre')).toBe('7/8')
    second.process.kill('SIGTERM')
    await once(second.process, 'exit')
    expect(await files('.tradefours')).toHaveLength(1)
    expect((await storedEvents()).length).toBeGreaterThan(2)
    expect(await files('.playing')).toEqual([])

    const third = await openHost()
    expect(third.last('/tradefours/state/metre')).toBe('4/4')
  })

  it('ends the notes that sound when it is ended', async () => {
    const { received, send, process } = await openHost()
    send('/processnoteon', 'ii', 64, 90)
    await soon(() => received.map(({ address }) => address)).toContain('/playwurly')
    process.kill('SIGINT')
    const [status] = await once(process, 'exit')
    expect(status).toBe(0)
    await soon(() => received.map(({ address }) => address)).toContain('/stopnote')
  })
})

it.skipIf(!existsSync('/dev/full'))('what can’t be printed is a failure, and a sentence says so', () => {
  const groove = [tradefours, 'groove', join(root, 'examples/bassline.mid'), '--fixed', '--json']
  const full = openSync('/dev/full', 'w')
  const { status, stderr } = spawnSync(process.execPath, groove, { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' })
  closeSync(full)
  expect(stderr).toMatch(/^What was asked for can't be printed \(ENOSPC\)/)
  expect(status).toBe(1)
})
