import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { runCli } from '../test/run-cli.ts'
import { hosts, soon, tradefours } from './on-host.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const on = hosts()
const { openSocket, openHost, files, storedEvents } = on

/** Runs a host that can't start. */
const run = async (...args: string[]) => {
  const { status, err } = await runCli('host', '--no-midi', '--keep', on.folder, ...args)
  return { code: status, stderr: err }
}

/** The same in a process of its own. */
const runApart = async (...args: string[]) => {
  const ended = promisify(execFile)(process.execPath, [tradefours, 'host', '--no-midi', '--keep', on.folder, ...args])
  return await ended.then(
    () => ({ code: 0, stderr: '' }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  )
}

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

  it('says in a sentence what it can’t use', async () => {
    const taken = String((await openSocket()).address().port)
    const another = { code: 1, stderr: expect.stringMatching(/^Another program listens on UDP port/) }
    expect(await run('--osc-in', taken)).toMatchObject(another)
    expect(await runApart('--osc-in', taken)).toMatchObject(another)
    await writeFile(join(on.folder, 'song.json'), '{}')
    expect(await run(join(on.folder, 'song.json'))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/is not a valid song/),
    })
    expect(await run('song.json', '--bridge')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/open song.json there, under Songs/),
    })
    expect(await run('--bridge')).toMatchObject({ code: 1, stderr: expect.stringMatching(/nothing to lend/) })
    expect(await run('--bridge', '--json')).toMatchObject({ code: 2, stderr: expect.stringMatching(/cannot be used/) })
    expect(await run('--bridge', '0.0.0.0:4404', '--osc-in', taken)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^0\.0\.0\.0 stands for all addresses of this machine: name one of them, such as .*:4404/,
      ),
    })
    expect(await run('--route', 'flute=x')).toMatchObject({ code: 2, stderr: expect.stringMatching(/no route/) })
    expect(await run('--follow-clock', '--link')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/cannot be used/),
    })
    expect(await run('--osc', 'nowhere')).toMatchObject({ code: 2 })
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
