import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { joinLink } from '../src/devices/link/node.ts'
import { type OscMessage, readOsc, writeOsc } from '../src/devices/osc/index.ts'
import { readPerformance } from '../src/session/index.ts'
import { runCli } from '../test/run-cli.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const tradefours = join(root, 'bin/tradefours.js')

let folder = ''
const running: ChildProcess[] = []
const sockets: Socket[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'host-'))
})

afterEach(async () => {
  for (const host of running.splice(0)) if (host.exitCode === null) host.kill('SIGKILL')
  for (const socket of sockets.splice(0)) socket.close()
  await rm(folder, { recursive: true, force: true })
})

const soon = <Found>(look: () => Found) => expect.poll(look, { timeout: 30_000, interval: 20 })

async function openSocket(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  sockets.push(socket)
  return socket
}

async function freePort(): Promise<number> {
  const socket = await openSocket()
  const { port } = socket.address()
  sockets.splice(sockets.indexOf(socket), 1)
  socket.close()
  await once(socket, 'close')
  return port
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A host that stores in this test's folder, and a program that exchanges OSC with it. */
async function openHost(...args: string[]) {
  const [other, port] = [await openSocket(), await freePort()]
  const received: OscMessage[] = []
  other.on('message', (packet) => received.push(...readOsc(packet).messages))
  const osc = ['--osc', `127.0.0.1:${other.address().port}`, '--osc-in', `127.0.0.1:${port}`]
  const process_ = spawn(process.execPath, [tradefours, 'host', '--no-midi', ...osc, '--keep', folder, ...args])
  running.push(process_)
  let err = ''
  process_.stderr.on('data', (part) => {
    err += part
  })
  const send = (address: string, types = '', ...values: (number | string)[]) =>
    other.send(writeOsc([{ address, types, values }]), port, '127.0.0.1')
  const last = (address: string) => received.findLast((message) => message.address === address)?.values[0]
  await soon(() => {
    send('/tradefours/tell')
    return last('/tradefours/state/metre')
  }).toBeDefined()
  return { received, send, last, process: process_, errors: () => err }
}

/** Runs a host that can't start. */
const run = async (...args: string[]) => {
  const { status, err } = await runCli('host', '--no-midi', '--keep', folder, ...args)
  return { code: status, stderr: err }
}

/** The same in a process of its own. */
const runApart = async (...args: string[]) => {
  const ended = promisify(execFile)(process.execPath, [tradefours, 'host', '--no-midi', '--keep', folder, ...args])
  return await ended.then(
    () => ({ code: 0, stderr: '' }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  )
}

const files = async (ending: string) => (await readdir(folder)).filter((file) => file.endsWith(ending))
const storedEvents = async () =>
  readPerformance(await readFile(join(folder, (await files('.tradefours'))[0] ?? ''), 'utf8')).events

describe('the host', () => {
  it('goes through the whole flow of the paper by OSC, and the recording is the same when it is replayed', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'examples/paper-by-osc.js')])
    expect(stdout).toContain('replayed from its file: the same notes')
  })

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

  it('plays on when nobody reads its messages any more', async () => {
    const { send, last, process } = await openHost()
    process.stderr.destroy()
    await once(process.stderr, 'close')
    // There is no bass yet, so it prints a notice.
    send('/tradefours/act/new-groove')
    send('/tradefours/set/tempo', 'f', 97)
    await soon(() => last('/tradefours/state/dial/tempo')).toBe(97)
    process.kill('SIGINT')
    expect(await once(process, 'exit')).toEqual([0, null])
  })

  it('remembers a learnt control when it is started again', async () => {
    await writeFile(join(folder, 'controls.json'), '{"cc 90 ch 1": "tap"}')
    const { send, last } = await openHost('--controller', 'minilab')
    send('/tradefours/control', 'ii', 23, 127)
    await soon(() => last('/tradefours/state/playing')).toBe(1)
    const { bindings } = Object.fromEntries((await storedEventsSoon()).map((event) => [event.type, event]))
      .bind as never
    expect(bindings).toMatchObject({ 'cc 90 ch 1': 'tap', 'cc 23': 'record-bass' })
  })

  it('plays with a peer of Ableton Link in another process, whoever leads', async ({ skip }) => {
    const peer = await joinLink(60)
    if ('trouble' in peer) return skip(peer.trouble)
    try {
      const { send, last, received } = await openHost('--link')
      await soon(() => peer.peers).toBeGreaterThan(0)
      peer.setTempo(66, performance.now())
      await soon(() => Number(last('/tradefours/state/dial/tempo'))).toBeCloseTo(66, 2)

      peer.play(performance.now(), 4)
      await soon(() => last('/tradefours/state/playing')).toBe(1)
      // The distance between a quarter note here and at the peer: late by the time the machine takes, never early.
      const offs: number[] = []
      let beats = 0
      await soon(() => {
        const all = received.filter(({ address }) => address === '/tradefours/state/beat')
        if (all.length > beats) offs.push(peer.beatAt(performance.now(), 4) - Number(all.at(-1)?.values[1]) + 1)
        beats = all.length
        return offs.slice(-3).filter((off) => Math.abs(off - 4 * Math.round(off / 4)) < 0.1).length
      }).toBe(3)

      send('/tradefours/set/tempo', 'f', 140)
      await soon(() => peer.tempo).toBeCloseTo(140, 1)
      send('/tradefours/act/stop')
      await soon(() => peer.isPlaying).toBe(false)
      send('/tradefours/act/play')
      await soon(() => peer.isPlaying).toBe(true)
      peer.stop(performance.now())
      await soon(() => last('/tradefours/state/playing')).toBe(0)
    } finally {
      peer.leave()
    }
  })

  it('plays with damaged controls, and in a folder that can’t be written, and says both', async () => {
    await writeFile(join(folder, 'controls.json'), '{"cc 300": "play"}')
    const damaged = await openHost('--quiet')
    expect(damaged.errors()).toMatch(
      /^No control has what it learnt: \S+ is not a valid map of controls: .*is not a control.*\n$/,
    )
    damaged.process.kill('SIGTERM')
    await once(damaged.process, 'exit')
    const unwritable = await openHost('--quiet', '--keep', join(folder, 'controls.json'))
    expect(unwritable.errors()).toMatch(
      /controls\.json can't be written: .* What is played is stored in \S+ instead\.\n$/,
    )
    unwritable.send('/processnoteon', 'ii', 60, 90)
    await soon(() => unwritable.last('/playwurly')).toBe(60)
    await rm(/stored in (\S+) instead/.exec(unwritable.errors())?.[1] ?? '', { recursive: true })
  })

  it('says how to get Ableton Link where it is missing', async ({ skip }) => {
    const link = await joinLink(120)
    if (!('trouble' in link)) {
      link.leave()
      return skip('The add-on is installed.')
    }
    expect(await run('--link')).toMatchObject({ code: 1, stderr: `${link.trouble}\n` })
  })

  it('says in a sentence what it can’t use', async () => {
    const taken = String((await openSocket()).address().port)
    const another = { code: 1, stderr: expect.stringMatching(/^Another program listens on UDP port/) }
    expect(await run('--osc-in', taken)).toMatchObject(another)
    expect(await runApart('--osc-in', taken)).toMatchObject(another)
    await writeFile(join(folder, 'song.json'), '{}')
    expect(await run(join(folder, 'song.json'))).toMatchObject({
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

it('the bridge serves the page, prints an address with a new token except after a crash, and ends on a signal', async () => {
  const startBridge = async (end: 'SIGINT' | 'SIGKILL') => {
    const [port, oscIn] = [String(await freeTcpPort()), String(await freePort())]
    const args = ['host', '--bridge', port, '--osc', '127.0.0.1:9', '--osc-in', oscIn, '--keep', folder]
    const process_ = spawn(process.execPath, [tradefours, ...args])
    running.push(process_)
    let said = ''
    process_.stdout.on('data', (part) => {
      said += part
    })
    await soon(() => said).toMatch(/#bridge=[0-9a-f]{32} /)
    const [address = '', page, token] = said.match(/(http:[^#]+)#bridge=(\S+)/) ?? []
    expect([address !== '', (await fetch(page ?? '')).status]).toEqual([true, 200])
    process_.kill(end)
    expect(await once(process_, 'exit')).toEqual(end === 'SIGINT' ? [0, null] : [null, end])
    return token
  }
  const first = await startBridge('SIGKILL')
  expect(await startBridge('SIGINT')).toBe(first)
  expect(await startBridge('SIGINT')).not.toBe(first)
})

async function storedEventsSoon() {
  await soon(async () => (await storedEvents()).length).toBeGreaterThan(0)
  return await storedEvents()
}
