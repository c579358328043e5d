import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { joinLink } from '../src/devices/link/node.ts'
import { runCli } from '../test/run-cli.ts'
import { hosts, soon, tradefours } from './on-host.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const on = hosts()
const { running, freePort, openHost, storedEventsSoon } = on

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe('the host', () => {
  it('goes through the whole flow of the paper by OSC, and the recording is the same when it is replayed', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'examples/paper-by-osc.js')])
    expect(stdout).toContain('replayed from its file: the same notes')
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
    await writeFile(join(on.folder, 'controls.json'), '{"cc 90 ch 1": "tap"}')
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
    await writeFile(join(on.folder, 'controls.json'), '{"cc 300": "play"}')
    const damaged = await openHost('--quiet')
    expect(damaged.errors()).toMatch(
      /^The learnt mappings are not loaded: \S+ is not a valid map of controls: .*is not a control.*\n$/,
    )
    damaged.process.kill('SIGTERM')
    await once(damaged.process, 'exit')
    const unwritable = await openHost('--quiet', '--keep', join(on.folder, 'controls.json'))
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
    const tried = await runCli('host', '--no-midi', '--keep', on.folder, '--link')
    expect(tried).toMatchObject({ status: 1, err: `${link.trouble}\n` })
  })
})

it('the bridge serves the page, prints an address with a new token except after a crash, and ends on a signal', async () => {
  const startBridge = async (end: 'SIGINT' | 'SIGKILL') => {
    const [port, oscIn] = [String(await freeTcpPort()), String(await freePort())]
    const args = ['host', '--bridge', port, '--osc', '127.0.0.1:9', '--osc-in', oscIn, '--keep', on.folder]
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
