import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createFakeMidiBackend } from '../../../test/fakes/midi-backend.ts'
import { midiPortsLaws } from '../../../test/laws/midi-ports.ts'
import { type NodeMidi, openNodeMidi } from '../midi/node.ts'
import { type OscMessage, readOsc, writeOsc } from '../osc/index.ts'
import { createClockMatch } from './clock-match.ts'
import { createHostEnd, type Lent } from './host-end.ts'
import { type Bridge, most, openBridge } from './node.ts'
import { createPageEnd, type PageEnd } from './page-end.ts'
import {
  askEveryMs,
  bridgePath,
  longestFrame,
  patience,
  protocolName,
  readToHost,
  readToPage,
  type ToHost,
} from './protocol.ts'

/** Waits for what a slow machine may take long to do. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 20_000 })

const token = 'f'.repeat(32)
const keyDown = [0x90, 60, 80]
const same = { answered() {}, forget() {}, toOurs: (ms: number) => ms, toTheirs: (ms: number) => ms }

const toEnd: (() => void)[] = []
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  for (const end of toEnd.splice(0).reverse()) end()
})

/** A machine with inputs, and what leaves it. */
async function machine(...inputs: string[]) {
  const fake = createFakeMidiBackend()
  for (const input of inputs) fake.plugIn('input', input)
  const sent: { to: string; bytes: number[]; at: number }[] = []
  const names = new Map<string, string>()
  const midi = await openNodeMidi({
    sender: {
      async open(name, target) {
        if (target.type === 'midi') names.set(name, target.name)
        return null
      },
      close: (name) => void names.delete(name),
      send: (name, bytes, at = performance.now()) => sent.push({ to: names.get(name) ?? '', bytes: [...bytes], at }),
    },
    notify() {},
    load: async () => fake.backend,
    hasVirtualPorts: false,
  })
  if ('trouble' in midi) throw new Error(midi.trouble)
  toEnd.push(midi.end)
  const cable = (move: 'plugIn' | 'unplug') => (kind: 'input' | 'output', name: string) => {
    fake[move](kind, name)
    midi.look()
  }
  return { fake, midi, sent, plugIn: cable('plugIn'), unplug: cable('unplug') }
}

/** A host that lends MIDI only. */
const lent = (midi: NodeMidi): Lent => ({ midi, osc: null, onOsc: () => () => {}, wallClock: (ms) => ms })

const deaf = { begin() {}, receive() {} }

/** A page's end, and what carries its frames to the host; they arrive at once. */
function joined(midi: NodeMidi, lends: Lent = lent(midi), osc: Parameters<typeof createPageEnd>[2] = deaf) {
  const page: PageEnd = createPageEnd((message) => host?.receive(JSON.stringify(message)), same, osc)
  const host = createHostEnd(lends, (message) => page.receive(JSON.stringify(message)))
  // It told its ports before it was known.
  page.receive(JSON.stringify({ type: 'ports', inputs: ids(midi.inputs()), outputs: ids(midi.outputs()) }))
  return { page, host }
}

const ids = (ports: ReturnType<NodeMidi['inputs']>) => ports.map(({ id }) => id)

describe('ports over a bridge', () => {
  midiPortsLaws(async (...inputs) => {
    const { fake, midi, sent, plugIn, unplug } = await machine(...inputs)
    return {
      ports: joined(midi).page.ports,
      play: fake.play,
      plugIn,
      unplug,
      sent: (output) =>
        sent.filter(({ to }) => to === output).map(({ bytes, at }): readonly [number[], number] => [bytes, at]),
    }
  })

  it('let go of what is held on their inputs when the host is gone', async () => {
    const { fake, midi } = await machine('Keys')
    const { page } = joined(midi)
    const heard: string[] = []
    page.ports.listen(null, ({ type }) => heard.push(type))
    fake.play('Keys', keyDown)
    page.lose()
    expect(heard).toEqual(['noteOn', 'noteOff'])
    expect(page.ports.inputs()).toEqual([{ id: 'Keys', name: 'Keys', connected: false }])
  })

  it('end what a page has left sounding when it is gone, after all that it sent', async () => {
    const { midi, sent, plugIn } = await machine()
    plugIn('output', 'Synth')
    const { page, host } = joined(midi)
    const later = performance.now() + 500
    page.ports.send('Synth', Uint8Array.of(0x91, 64, 90, 0x81, 64, 0), later - 100)
    page.ports.send('Synth', Uint8Array.of(0x92, 65, 90), later)
    host.end()
    expect(sent.at(-1)).toEqual({ to: 'Synth', bytes: [0x82, 65, 0], at: later })
    expect(sent).toHaveLength(4)
  })
})

describe('OSC over a bridge', () => {
  it('is sent, received and given the time of day by the host, and hushed when the page is gone', async () => {
    const { midi } = await machine()
    const sent: (readonly [string | undefined, number | undefined])[] = []
    const ends: string[] = []
    let comesIn: (message: OscMessage, at: number) => void = () => {}
    const lends: Lent = {
      midi,
      osc: { leadMs: 80, send: (bytes, at) => sent.push([readOsc(bytes).messages[0]?.address, at]) },
      onOsc(heard) {
        comesIn = heard
        return () => ends.push('osc')
      },
      wallClock: (ms) => ms + 1e12,
    }
    const heard: [string, number][] = []
    const leads: number[] = []
    const { page, host } = joined(midi, lends, {
      begin: (leadMs) => leads.push(leadMs),
      receive: ({ address }, at) => heard.push([address, at]),
    })
    expect(leads).toEqual([80])
    page.ask()
    expect(page.wallClock(500)).toBeCloseTo(1e12 + 500, 3)
    page.sendOsc(writeOsc([{ address: '/playkick', types: 'i', values: [90] }]), 7)
    comesIn({ address: '/tradefours/act/play', values: [1, 'x', true, null] }, 5)
    host.end()
    expect(sent).toEqual([
      ['/playkick', 7],
      ['/allnotesoff', undefined],
    ])
    expect(heard).toEqual([['/tradefours/act/play', 5]])
    expect(ends).toEqual(['osc'])
  })
})

describe('two clocks', () => {
  it('are matched to half of the shortest way there and back', () => {
    const ahead = 1234.5
    const match = createClockMatch()
    expect(match.toOurs(5)).toBeNull()
    for (const [there, back] of [
      [3, 9],
      [0.4, 0.2],
      [20, 1],
    ] as const)
      match.answered(100, 100 + there + ahead, 100 + there + back)
    expect(match.toTheirs(500)).toBeCloseTo(500 + ahead + 0.1, 6)
    expect(match.toOurs(match.toTheirs(77) as number)).toBeCloseTo(77, 6)
  })

  it('follow one that drifts', () => {
    const match = createClockMatch()
    for (let at = 0; at < 100; at++) match.answered(at, 2 * at, at)
    expect(Math.abs((match.toTheirs(99) as number) - 198)).toBeLessThan(16)
  })
})

describe('a host that was started again', () => {
  it('is believed at once, for its clock began anew', () => {
    vi.spyOn(performance, 'now').mockReturnValue(1000)
    const told: ToHost[] = []
    const heard: number[] = []
    const page = createPageEnd((message) => told.push(message), createClockMatch(), deaf)
    const receive = (message: object) => page.receive(JSON.stringify(message))
    const meet = (at: number, wayMs: number) => {
      receive({ type: 'pong', asked: 1000 - wayMs, at, unixMs: at + 5000 })
      receive({ type: 'ports', inputs: ['Keys'], outputs: ['Synth'] })
    }
    page.ports.listen('Keys', (_, at) => heard.push(at))
    meet(3_600_000, 0)
    page.lose()
    expect(page.wallClock(500)).toBe(500 + performance.timeOrigin)
    meet(700, 10)
    page.ports.send('Synth', Uint8Array.from(keyDown), 1050)
    expect(told.at(-1)).toMatchObject({ at: 755 })
    receive({ type: 'midi-in', input: 'Keys', bytes: keyDown, at: 605 })
    expect(heard).toEqual([900])
    expect(page.wallClock(500)).toBe(500 - 295 + 5000)
  })
})

describe('frames', () => {
  it('that make no sense are refused, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.string(),
          fc.json(),
          fc.object().map((each) => JSON.stringify(each)),
        ),
        (frame) => {
          expect(readToHost(frame)).toBeNull()
          expect(readToPage(frame)).toBeNull()
        },
      ),
    )
    const good = { type: 'send', output: 'Synth', bytes: keyDown }
    expect(readToHost(JSON.stringify(good))).toEqual(good)
    for (const bad of [
      { bytes: [256] },
      { bytes: [0.5] },
      { bytes: Array(5000).fill(1) },
      { at: '1' },
      { output: 7 },
    ]) {
      expect(readToHost(JSON.stringify({ ...good, ...bad }))).toBeNull()
    }
    expect(readToHost(' '.repeat(longestFrame) + JSON.stringify(good))).toBeNull()
  })
})

describe('who a host lets in', () => {
  async function open() {
    const { fake, midi, sent, plugIn } = await machine('Keys')
    plugIn('output', 'Synth')
    const server: Server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const own = `localhost:${(server.address() as AddressInfo).port}`
    const bridge: Bridge = openBridge(server, lent(midi), token, (host) => host === own)
    toEnd.push(() => server.close(), bridge.end)
    const visit = (headers = {}, key = token, path: string = bridgePath, autoPong = true) => {
      const page = new WebSocket(`ws://${own}${path}`, [protocolName, key], {
        headers: { origin: `http://${own}`, ...headers },
        autoPong,
      })
      toEnd.push(() => page.terminate())
      const frames: { type: string }[] = []
      page.on('message', (data) => frames.push(JSON.parse(String(data))))
      return {
        page,
        frames,
        send: (message: object) => page.send(JSON.stringify(message)),
      }
    }
    return { fake, sent, bridge, visit }
  }

  it('opens to its own page, which hears and plays', async () => {
    const { fake, sent, bridge, visit } = await open()
    const { page, frames, send } = visit()
    await soon(() => expect(frames).toEqual([{ type: 'ports', inputs: ['Keys'], outputs: ['Synth'] }]))
    send({ type: 'hear', input: 'Keys' })
    send({ type: 'send', output: 'Synth', bytes: keyDown })
    await soon(() => expect(sent.map(({ bytes }) => bytes)).toEqual([keyDown]))
    fake.play('Keys', keyDown)
    await soon(() => expect(frames.at(-1)).toMatchObject({ type: 'midi-in', input: 'Keys', bytes: keyDown }))
    page.terminate()
    await soon(() => expect(sent.at(-1)?.bytes).toEqual([0x80, 60, 0]))
    expect(bridge.refused).toBe(0)
  })

  it.each([
    ['another origin', { origin: 'http://example.org' }, token, bridgePath],
    ['no origin', { origin: '' }, token, bridgePath],
    ['another name of this machine', { host: 'example.org', origin: 'http://example.org' }, token, bridgePath],
    ['another token', {}, 'e'.repeat(32), bridgePath],
    ['another place', {}, token, '/elsewhere'],
  ])('stays closed to %s', async (_, headers, key, path) => {
    const { bridge, visit } = await open()
    const { page } = visit(headers, key, path)
    const [error] = await once(page, 'error')
    expect(String(error)).toContain('403')
    expect(bridge).toMatchObject({ pages: 0, refused: 1 })
  })

  it.each([
    ['nonsense', (page: WebSocket) => page.send('{"type":"hear"}')],
    ['bytes', (page: WebSocket) => page.send(Buffer.from('{}'))],
    ['too much at once', (page: WebSocket) => page.send('x'.repeat(longestFrame + 1))],
    [
      'too much in a second',
      // Some times as much, for a slow machine hears a second's worth in two.
      (page: WebSocket) => {
        for (let count = 0; count <= 4 * most.framesASecond; count++) page.send('{"type":"ping","asked":1}')
      },
    ],
  ])('cuts off who sends %s, and nobody else', async (_, misbehave) => {
    const { sent, bridge, visit } = await open()
    const [bad, good] = [visit(), visit()]
    await soon(() => expect([bad.frames.length, good.frames.length]).toEqual([1, 1]))
    bad.send({ type: 'send', output: 'Synth', bytes: keyDown })
    // It doesn't answer a polite goodbye either.
    bad.page.pause()
    misbehave(bad.page)
    await soon(() => expect(sent.map(({ bytes }) => bytes)).toEqual([keyDown, [0x80, 60, 0]]))
    good.send({ type: 'ping', asked: 7 })
    await soon(() => expect(good.frames.at(-1)).toMatchObject({ type: 'pong', asked: 7 }))
    expect(bridge).toMatchObject({ pages: 1, refused: 1 })
  })

  it('ends what pages play as soon as it is shut, for the ports go next', async () => {
    const { sent, bridge, visit } = await open()
    const { page, send } = visit()
    await once(page, 'open')
    send({ type: 'send', output: 'Synth', bytes: keyDown })
    await soon(() => expect(sent).toHaveLength(1))
    bridge.end()
    expect(sent.at(-1)?.bytes).toEqual([0x80, 60, 0])
  })

  it('lets go of a page that answers no more, and of no other', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { sent, bridge, visit } = await open()
    const [lost, good] = [visit({}, token, bridgePath, false), visit()]
    await Promise.all([once(lost.page, 'open'), once(good.page, 'open')])
    lost.send({ type: 'send', output: 'Synth', bytes: keyDown })
    await soon(() => expect(sent).toHaveLength(1))
    for (let asked = 0; asked <= patience; asked++) {
      expect(bridge.pages).toBe(2)
      const ping = once(good.page, 'ping')
      vi.advanceTimersByTime(askEveryMs)
      await ping
      // Frames keep their order: the host has heard the answer to its own question before this.
      const pong = once(good.page, 'message')
      good.send({ type: 'ping', asked })
      await pong
    }
    expect(sent.at(-1)?.bytes).toEqual([0x80, 60, 0])
    expect(bridge).toMatchObject({ pages: 1, refused: 0 })
  })

  it('lets in so many and no more', async () => {
    const { bridge, visit } = await open()
    const pages = Array.from({ length: most.pages }, () => visit())
    await Promise.all(pages.map(({ page }) => once(page, 'open')))
    const [error] = await once(visit().page, 'error')
    expect(String(error)).toContain('403')
    expect(bridge.pages).toBe(most.pages)
  })
})
