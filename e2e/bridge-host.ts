import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Lent } from '../src/devices/bridge/host-end.ts'
import type { NodeMidi, NodeMidiOptions } from '../src/devices/midi/node.ts'
import type { MidiTrouble } from '../src/devices/midi/ports.ts'
import { type OscMessage, readOsc } from '../src/devices/osc/index.ts'
import { createFakeMidiBackend } from '../test/fakes/midi-backend.ts'
import { stageFolder } from './on-stage.ts'

type Built = {
  serveStage(folder: string, port: number): Promise<Server>
  openNodeMidi(options: NodeMidiOptions): Promise<NodeMidi | MidiTrouble>
  openBridge(server: Server, lent: Lent, token: string, isOurs: (host?: string) => boolean): { end(): void }
}
const built = async (path: string): Promise<Built> => await import(new URL(`../dist/${path}`, import.meta.url).href)

const token = '0123456789abcdef'.repeat(2)

/** Starts a host that lends a page its MIDI, a fake keyboard and a fake synthesizer, and OSC. */
export async function startBridgeHost() {
  const { serveStage } = await built('cli/serve-command.js')
  const { openBridge } = await built('devices/bridge/node.js')
  const { openNodeMidi } = await built('devices/midi/node.js')
  const fake = createFakeMidiBackend()
  const sent: number[][] = []
  const sentOsc: OscMessage[] = []
  let comesIn: (message: OscMessage, timeStampMs: number) => void = () => {}
  fake.plugIn('input', 'Keystation')
  fake.plugIn('output', 'Synth')
  const midi = await openNodeMidi({
    sender: {
      open: async () => null,
      close() {},
      send: (_, bytes) => void sent.push([...bytes]),
    },
    notify() {},
    load: async () => fake.backend,
    hasVirtualPorts: false,
  })
  if ('trouble' in midi) throw new Error(midi.trouble)
  const lent: Lent = {
    midi,
    osc: { leadMs: 0, send: (bytes) => sentOsc.push(...readOsc(bytes).messages) },
    onOsc(heard) {
      comesIn = heard
      return () => {}
    },
    wallClock: (timeStampMs) => performance.timeOrigin + timeStampMs,
  }
  const serve = async (port: number) => {
    const server = await serveStage(stageFolder, port)
    const bridge = openBridge(server, lent, token, (name) => name?.startsWith('localhost:') ?? false)
    return {
      port: (server.address() as AddressInfo).port,
      stop() {
        bridge.end()
        server.close()
        server.closeAllConnections()
      },
    }
  }
  let running = await serve(0)
  const { port } = running
  return {
    fake,
    /** What the synthesizer and the OSC receiver have been sent. */
    sent,
    sentOsc,
    /** A message of OSC comes in. */
    receive: (message: OscMessage) => comesIn(message, performance.now()),
    address: `http://localhost:${port}/`,
    /** The address that lets a page use the ports. */
    invitation: `http://localhost:${port}/#bridge=${token}`,
    stop: () => running.stop(),
    /** Starts it again at the same address, after it was stopped. */
    async restart() {
      running = await serve(port)
    },
    end() {
      running.stop()
      midi.end()
    },
  }
}
