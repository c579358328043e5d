import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { join } from 'node:path'
import { toBuffer } from 'osc-min'
import { afterEach, describe, expect, it } from 'vitest'
import { missingPrograms, startScsynth } from '../../../test/supercollider.js'
import type { createSender as CreateSender } from '../sender/node.ts'
import { createOscOutput, createWallClock, type OscMessage, type OscOut, readOsc, timeTag, writeOsc } from './index.ts'

// Node runs JavaScript, so the sender's worker is the compiled one; `npm test` has just made it.
const { createSender }: { createSender: typeof CreateSender } = await import(
  new URL('../../../dist/devices/sender/node.js', import.meta.url).href
)

const example = join(import.meta.dirname, '../../../examples/supercollider/tradefours.scd')
const clock = { of: (ms: number) => ms / 1000 }
const wallClock = createWallClock()

const toEnd: (() => unknown)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

const soon = <Found>(look: () => Found) => expect.poll(look, { timeout: 20_000, interval: 5 })

const message = (address: string, ...values: (number | string)[]): OscOut => {
  return { address, types: values.map((value) => (typeof value === 'string' ? 's' : 'i')).join(''), values }
}

/** The bytes of a SynthDef without any unit generator: a synth of it only lives. */
function loadNothing(): Uint8Array {
  const zeros = Array<number>(4 * 4 + 2).fill(0)
  const value = Uint8Array.of(...Buffer.from('SCgf'), 0, 0, 0, 2, 0, 1, 7, ...Buffer.from('nothing'), ...zeros)
  const { buffer, byteOffset, byteLength } = toBuffer({ address: '/d_recv', args: [{ type: 'blob', value }] })
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** scsynth, and a client that is told of every synth that begins and ends. */
async function stage() {
  const scsynth = await startScsynth()
  toEnd.push(scsynth.stop)
  // scsynth answers to where it was asked from.
  const heard: OscMessage[] = []
  let refused = 0
  const client = createSocket('udp4')
  client.on('message', (bytes) => {
    const packet = readOsc(bytes)
    refused += packet.refused
    heard.push(...packet.messages)
  })
  client.connect(scsynth.port, '127.0.0.1')
  await once(client, 'connect')
  toEnd.push(() => client.close())
  return {
    scsynth,
    heard,
    client,
    refused: () => refused,
    /** The numbers of the synths that an address has told of. */
    nodes: (address: string) => heard.flatMap((each) => (each.address === address ? [each.values[0]] : [])),
  }
}

const lacks = missingPrograms('jackd', 'scsynth')
const withScsynth = lacks.length === 0 ? it : it.skip
const lacksLanguage = missingPrograms('jackd', 'scsynth', 'sclang')
const withLanguage = lacksLanguage.length === 0 ? it : it.skip
const reason = (missing: readonly string[]) =>
  missing.length > 0 ? ` (left out: there is no ${missing.join(', ')})` : ''

describe('a real scsynth', { timeout: 120_000 }, () => {
  withScsynth(`starts and stops synths as it is told, each bundle in its time${reason(lacks)}`, async () => {
    const { scsynth, heard, client, refused, nodes } = await stage()
    client.send(writeOsc([message('/notify', 1)]))
    client.send(loadNothing())
    await soon(() => heard.filter(({ address }) => address === '/done').map(({ values }) => values[0])).toEqual([
      '/notify',
      '/d_recv',
    ])
    client.send(writeOsc([message('/status')]))
    await soon(() => heard.at(-1)?.address).toBe('/status.reply')
    expect(heard.at(-1)?.values).toEqual([
      1,
      0,
      0,
      1,
      1,
      expect.any(Number),
      expect.any(Number),
      48_000,
      expect.any(Number),
    ])

    // Sent in any order, long before; they begin in that of their times.
    const ids = Array.from({ length: 20 }, (_, index) => 1000 + index)
    const leadMs = 600
    const begun = performance.now() + leadMs
    const dueAt = (id: number) => begun + 10 * (id - 1000)
    for (const id of ids.toSorted((a, b) => ((a * 7) % 20) - ((b * 7) % 20))) {
      client.send(writeOsc([message('/s_new', 'nothing', id, 0, 0)], timeTag(wallClock(dueAt(id)))))
    }
    await soon(() => nodes('/n_go')).toEqual(ids)
    client.send(writeOsc(ids.map((id) => message('/n_free', id))))
    await soon(() => nodes('/n_end')).toEqual(ids)
    expect(scsynth.said()).not.toMatch(/late|FAILURE/)
    expect(refused()).toBe(0)
  })

  withLanguage(
    `plays examples/supercollider/tradefours.scd, and leaves nothing sounding${reason(lacksLanguage)}`,
    async () => {
      const { scsynth, heard, client, nodes } = await stage()
      const sclang = await scsynth.startSclang(example, 'Tradefours plays')
      toEnd.push(sclang.stop)
      client.send(writeOsc([message('/notify', 1)]))
      await soon(() => heard.map(({ address }) => address)).toContain('/done')
      const leadMs = 60
      const sender = createSender()
      toEnd.push(sender.end)
      expect(await sender.open('osc', { type: 'udp', host: '127.0.0.1', port: sclang.port })).toBeNull()
      const output = createOscOutput((bytes, at) => sender.send('osc', bytes, at), clock, wallClock, { leadMs })
      const timer = setInterval(output.wake, 25)
      toEnd.push(() => clearInterval(timer))

      const solo = { track: 'lead', pitch: 72 } as const
      output.sound({ ...solo, type: 'sound', velocity: 90, gain: 1, by: 'human', key: 72 })
      await soon(() => nodes('/n_go').length).toBe(1)
      expect(nodes('/n_end')).toEqual([])
      output.stop({ ...solo, type: 'stop' })
      await soon(() => nodes('/n_end')).toEqual(nodes('/n_go'))

      const at = performance.now() / 1000 + 0.3
      const loop = { velocity: 90, gain: 1, beat: 0, beats: 1 }
      output.schedule({ ...loop, track: 'drums', drum: 'kick', pitch: 36 }, at, 0.1)
      output.schedule({ ...loop, track: 'bass', pitch: 40 }, at, 0.2)
      output.schedule({ ...loop, track: 'chords', pitch: 60 }, at + 0.1, 100)
      output.schedule({ ...loop, track: 'click', click: 'loop', pitch: 34 }, at + 0.1, 0.1)
      await soon(() => nodes('/n_go').length).toBe(5)
      // The chord would be held for long.
      await soon(() => nodes('/n_end').length).toBe(4)
      output.silence(null)
      await soon(() => nodes('/n_end').toSorted()).toEqual(nodes('/n_go').toSorted())
      expect(sclang.said()).not.toMatch(/ERROR|FAILURE/)
    },
  )
})
