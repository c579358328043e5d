import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Lent } from '../src/devices/bridge/host-end.ts'
import type { NodeMidi, NodeMidiOptions } from '../src/devices/midi/node.ts'
import type { MidiTrouble } from '../src/devices/midi/ports.ts'
import { type OscMessage, readOsc } from '../src/devices/osc/index.ts'
import type { Stage } from '../src/web/stage.ts'
import { createFakeMidiBackend } from '../test/fakes/midi-backend.ts'
import { stageServer } from './on-stage.ts'

const stage = stageServer()

/** What the page offers to scripts. */
declare const tradefours: Stage

type Built = {
  serveStage(folder: string, port: number): Promise<Server>
  openNodeMidi(options: NodeMidiOptions): Promise<NodeMidi | MidiTrouble>
  openBridge(server: Server, lent: Lent, token: string, isOurs: (host?: string) => boolean): { end(): void }
}
const built = async (path: string): Promise<Built> => await import(new URL(`../dist/${path}`, import.meta.url).href)

const token = '0123456789abcdef'.repeat(2)
const fake = createFakeMidiBackend()
const sent: number[][] = []
const sentOsc: OscMessage[] = []
let comesIn: (message: OscMessage, timeStampMs: number) => void
let midi: NodeMidi
let host: { readonly port: number; end(): void }

/** Starts a host on a port. */
async function startHost(port = 0) {
  const { serveStage } = await built('cli/serve-command.js')
  const { openBridge } = await built('devices/bridge/node.js')
  const server = await serveStage(new URL('../dist/stage/', import.meta.url).pathname, port)
  const lent: Lent = {
    midi,
    osc: { leadMs: 0, send: (bytes) => sentOsc.push(...readOsc(bytes).messages) },
    onOsc(heard) {
      comesIn = heard
      return () => {}
    },
    wallClock: (timeStampMs) => performance.timeOrigin + timeStampMs,
  }
  const bridge = openBridge(server, lent, token, (name) => name?.startsWith('localhost:') ?? false)
  return {
    port: (server.address() as AddressInfo).port,
    end() {
      bridge.end()
      server.close()
      server.closeAllConnections()
    },
  }
}

beforeAll(async () => {
  const { openNodeMidi } = await built('devices/midi/node.js')
  fake.plugIn('input', 'Keystation')
  fake.plugIn('output', 'Synth')
  const opened = await openNodeMidi({
    sender: {
      open: async () => null,
      close() {},
      send: (_, bytes) => void sent.push([...bytes]),
    },
    notify() {},
    load: async () => fake.backend,
    hasVirtualPorts: false,
  })
  if ('trouble' in opened) throw new Error(opened.trouble)
  midi = opened
  host = await startHost()
})

afterAll(() => {
  host.end()
  midi.end()
})

const inputs = (page: Page) => page.evaluate(() => tradefours.midi.inputs.value)
const lost = /host with the MIDI ports is gone/

describe('a browser without MIDI and OSC', () => {
  it('plays with the host’s, and goes on when the host has been away', async () => {
    const { page } = await stage.visit({
      init: 'delete Navigator.prototype.requestMIDIAccess',
      path: `http://localhost:${host.port}/#bridge=${token}`,
    })
    await page.waitForFunction(() => tradefours.loaded.value === 1)
    await expect.poll(() => inputs(page)).toEqual([{ id: 'Keystation', name: 'Keystation', connected: true }])
    expect(page.url()).toBe(`http://localhost:${host.port}/`)
    await page.getByRole('button', { name: /let me play/i }).click()
    await page.evaluate(() => tradefours.midi.route('lead', { inner: false, output: 'Synth', channel: 3 }))
    await expect.poll(() => fake.opened()).toContain('input Keystation')

    fake.play('Keystation', [0x90, 60, 90])
    await expect.poll(() => sent).toContainEqual([0x92, 60, 90])
    fake.play('Keystation', [0x80, 60, 0])
    await expect.poll(() => sent).toContainEqual([0x82, 60, 0])

    comesIn({ address: '/processnoteon', values: [62, 77] }, performance.now())
    await expect.poll(() => sentOsc).toContainEqual({ address: '/playwurly', values: [62, 77] })
    expect(sent).toContainEqual([0x92, 62, 77])
    comesIn({ address: '/processnoteoff', values: [62, 0] }, performance.now())
    await expect.poll(() => sentOsc).toContainEqual({ address: '/stopnote', values: [62, 0] })
    expect(sentOsc.map(({ address }) => address)).toContain('/tradefours/state/key')

    fake.play('Keystation', [0x90, 64, 90])
    await expect.poll(() => sent).toContainEqual([0x92, 64, 90])
    host.end()
    // Host and page both end the notes that the page holds.
    await expect.poll(() => sent).toContainEqual([0x82, 64, 0])
    await page.getByText(lost).waitFor()
    await page.waitForFunction(() => tradefours.sounding.value.length === 0)
    expect(await inputs(page)).toEqual([{ id: 'Keystation', name: 'Keystation', connected: false }])

    host = await startHost(host.port)
    await page.getByText(lost).waitFor({ state: 'detached' })
    await expect.poll(() => inputs(page)).toMatchObject([{ connected: true }])
    fake.play('Keystation', [0x90, 67, 90])
    await expect.poll(() => sent).toContainEqual([0x92, 67, 90])
  })
})
