import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCli } from '../../test/run-cli.ts'

const tradefours = fileURLToPath(new URL('../../bin/tradefours.js', import.meta.url))
const socket = createSocket('udp4')
let folder = ''
let taken = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'host-'))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  taken = `${socket.address().port}`
})

afterAll(async () => {
  socket.close()
  await rm(folder, { recursive: true })
})

const host = (...args: string[]) => ['host', '--no-midi', '--keep', folder, ...args]

/** Runs a host that can't start. */
async function refused(...args: string[]) {
  const { status, err } = await runCli(...host(...args))
  return { status, err }
}

it('a host says in a sentence what it can’t use', async () => {
  const another = expect.stringMatching(/^Another program listens on UDP port/)
  expect(await refused('--osc-in', taken)).toEqual({ status: 1, err: another })
  const song = join(folder, 'song.json')
  await writeFile(song, '{}')
  expect(await refused(song)).toEqual({ status: 1, err: expect.stringMatching(/is not a valid song/) })
  expect(await refused('song.json', '--bridge')).toEqual({
    status: 1,
    err: expect.stringMatching(/open song.json there, under Songs/),
  })
  expect(await refused('--bridge')).toEqual({ status: 1, err: expect.stringMatching(/nothing to lend/) })
  expect(await refused('--bridge', '--json')).toEqual({ status: 2, err: expect.stringMatching(/cannot be used/) })
  expect(await refused('--bridge', '0.0.0.0:4404', '--osc-in', taken)).toEqual({
    status: 1,
    err: expect.stringMatching(
      /^0\.0\.0\.0 stands for all addresses of this machine: name one of them, such as .*:4404/,
    ),
  })
  expect(await refused('--route', 'flute=x')).toEqual({ status: 2, err: expect.stringMatching(/not a route/) })
  expect(await refused('--follow-clock', '--link')).toEqual({
    status: 2,
    err: expect.stringMatching(/cannot be used/),
  })
  expect(await refused('--osc', 'nowhere')).toMatchObject({ status: 2 })
})

it('a host that can’t start ends its process, too', async () => {
  const ended = promisify(execFile)(process.execPath, [tradefours, ...host('--osc-in', taken)])
  await expect(ended).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^Another program listens/) })
})
