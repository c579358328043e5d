import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, expect } from 'vitest'
import {
  createOscInput,
  createOscOutput,
  createWallClock,
  type OscMessage,
  writeOsc,
} from '../src/devices/osc/index.ts'
import { type OscListener, type OscPort, openOscPort } from '../src/devices/osc/node.ts'
import type { createSender as CreateSender } from '../src/devices/sender/node.ts'
import { createSessionLoop, type SessionLoop, wakeMs } from '../src/runtime/index.ts'
import {
  type Ask,
  type Effect,
  type ModelAnswer,
  recorded,
  type SessionEvent,
  type SessionInput,
} from '../src/session/index.ts'

// Node runs JavaScript, so the sender's worker is the compiled one; `npm test` has just made it.
const { createSender }: { createSender: typeof CreateSender } = await import(
  new URL('../dist/devices/sender/node.js', import.meta.url).href
)

/** A number is sent as an integer, as SuperCollider does. */
const message = (address: string, values: readonly number[]) =>
  writeOsc([{ address, types: 'i'.repeat(values.length), values }])

/** Waits for what is to come, on however slow a machine. */
export const soon = <Found>(look: () => Found) => expect.poll(look, { timeout: 120_000, interval: 2 })

/** Programs that talk OSC on this machine: those of a test are closed after it. */
export function oscPeers() {
  const toEnd: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of toEnd.splice(0).reverse()) await end()
  })

  async function open(heard: OscListener): Promise<OscPort> {
    const port = await openOscPort({ port: 0 }, heard)
    if ('trouble' in port) throw new Error(port.trouble)
    toEnd.push(port.end)
    return port
  }

  /** A socket of another program. */
  async function socket(): Promise<Socket> {
    const other = createSocket('udp4')
    other.bind(0, '127.0.0.1')
    await once(other, 'listening')
    toEnd.push(() => new Promise<void>((resolve) => other.close(() => resolve())))
    return other
  }

  /** What stands in for SuperCollider with an ML-Jam file: it passes on what hands do, and hears what to play. */
  async function scripted() {
    const heard: OscMessage[] = []
    const ears = await open((message) => heard.push(message))
    const hands = await socket()
    return {
      heard,
      port: ears.port,
      send: (to: number, address: string, ...values: number[]) => hands.send(message(address, values), to, '127.0.0.1'),
      /** The pitches that an address was sent, in order. */
      pitches: (address: string) => heard.flatMap((each) => (each.address === address ? [each.values[0]] : [])),
    }
  }

  /** A session behind a port, as a host runs it. */
  async function host(to: number, ask: (ask: Ask) => Promise<ModelAnswer | null>) {
    const clock = { now: () => performance.now() / 1000, of: (ms: number) => ms / 1000 }
    const events: SessionEvent[] = []
    const effects: Effect[] = []
    let tick: SessionEvent | null = null
    const input = createOscInput()
    let refused = 0
    const port = await open((message, timeStampMs) => {
      const requests = input(message)
      if (!requests) refused++
      for (const request of requests ?? [])
        if (request.type !== 'report-all') loop.dispatch(request, clock.of(timeStampMs))
    })
    const sender = createSender()
    toEnd.push(sender.end)
    expect(await sender.open('osc', { type: 'udp', host: '127.0.0.1', port: to })).toBeNull()
    const output = createOscOutput((bytes, at) => sender.send('osc', bytes, at), clock, createWallClock())
    const loop: SessionLoop = createSessionLoop(
      {
        clock,
        outputs: [output],
        soloist: null,
        ask,
        observe(event, made, state) {
          const kept = recorded(event, state)
          // Hands that are heard late come after what happened by itself meanwhile, in a replay, too.
          if (kept && tick && tick.at > event.at) events.push(tick)
          tick = kept ? null : event
          if (kept) events.push(kept)
          effects.push(...made)
        },
      },
      7,
    )
    const timer = setInterval(() => {
      loop.wake()
      output.wake()
    }, wakeMs)
    toEnd.push(() => clearInterval(timer))
    return {
      port,
      loop,
      events,
      effects,
      act: (input: SessionInput) => loop.dispatch(input),
      get refused() {
        return refused + port.refused
      },
    }
  }
  return { toEnd, open, socket, scripted, host }
}
