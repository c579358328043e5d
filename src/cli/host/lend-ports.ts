import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { openBridge } from '../../devices/bridge/node.ts'
import { createPortRegistry, type MidiPorts } from '../../devices/midi/index.ts'
import { openNodeMidi } from '../../devices/midi/node.ts'
import { createWallClock, type OscMessage, type OscSend } from '../../devices/osc/index.ts'
import { type OscAddress, type OscListener, openOscPort } from '../../devices/osc/node.ts'
import { createSender } from '../../devices/sender/node.ts'
import { makeFolder, writeWholeFile } from '../files.ts'
import { InputError } from '../input-error.ts'
import { hostInAddress, isNamed, loopback, serveStage, stageFolder } from '../serve-command.ts'
import type { OscOptions } from './devices/index.ts'
import { goodbye } from './play.ts'

/**
 * Serves the stage, and lends it this machine's MIDI ports, and OSC if it is wanted, until somebody ends it. The page is
 * the instrument: nothing is played here.
 *
 * @throws InputError where there is nothing to lend, or an address is taken.
 */
export async function lendPorts(
  { host, port }: OscAddress,
  folder: string,
  lendsMidi: boolean,
  plan: OscOptions | null,
): Promise<void> {
  if (isEveryAddress(host)) {
    const own = ownAddresses().map((address) => `${hostInAddress(address)}:${port}`)
    throw new InputError(
      `${host} stands for all addresses of this machine: name one of them, such as ${own.join(' or ')}, and open the page there.`,
    )
  }
  if (!lendsMidi && !plan) throw new InputError('Without MIDI there is nothing to lend: add --osc or --osc-in.')
  const ended = goodbye()
  const token = await openToken(folder)
  const sender = createSender()
  const midi = lendsMidi
    ? await openNodeMidi({ sender, notify: (trouble) => process.stderr.write(`${trouble}\n`) })
    : null
  const listeners = new Set<(message: OscMessage, timeStampMs: number) => void>()
  const sendOsc: OscSend = (bytes, timeStampMs) => sender.send('osc', bytes, timeStampMs)
  const ports = midi && !('trouble' in midi) ? midi : null
  const toEnd: (() => unknown)[] = ports ? [ports.end] : []
  try {
    if (midi && 'trouble' in midi) {
      if (!plan) throw new InputError(midi.trouble)
      process.stderr.write(`${midi.trouble}\n`)
    }
    const trouble = plan?.out && (await sender.open('osc', { type: 'udp', ...plan.out }))
    if (trouble) throw new InputError(trouble)
    if (plan) {
      const hear: OscListener = (message, at) => {
        for (const listener of listeners) listener(message, at)
      }
      const port = await openOscPort(plan.in, hear, (trouble) => process.stderr.write(`${trouble}\n`))
      if ('trouble' in port) throw new InputError(port.trouble)
      toEnd.unshift(port.end)
    }
    const server = await serveStage(stageFolder, port, host)
    toEnd.unshift(() => {
      server.close()
      server.closeAllConnections()
    })
    const bridge = openBridge(
      server,
      {
        midi: ports ?? noPorts,
        osc: plan?.out ? { send: sendOsc, leadMs: plan.leadMs } : null,
        onOsc(listener) {
          listeners.add(listener)
          return () => void listeners.delete(listener)
        },
        wallClock: createWallClock(),
      },
      token.text,
      (named) => isNamed(host, named),
    )
    toEnd.unshift(bridge.end, token.forget)
    const name = host === loopback ? 'localhost' : hostInAddress(host)
    process.stdout.write(
      `Open http://${name}:${port}/#bridge=${token.text} to play with what this machine has (Ctrl+C ends it)\n`,
    )
    await ended
  } finally {
    for (const end of toEnd) await end()
    await sender.end()
  }
}

/** Whether an address stands for all of a machine's, in whichever of its spellings. */
function isEveryAddress(host: string): boolean {
  return /^(0+\.){0,3}0+$|^[0:]*:[0:]*$|^::ffff:0\.0\.0\.0$/i.test(host)
}

/** The addresses that other machines know this one by, or its own where there are none. */
function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const known = all.filter(({ internal, address }) => !internal && !/^fe80/i.test(address))
  const older = known.filter(({ family }) => family === 'IPv4')
  const found = (older.length > 0 ? older : known).map(({ address }) => address)
  return found.length > 0 ? found : [loopback]
}

/** What a machine without MIDI lends of it. */
const noPorts: MidiPorts = createPortRegistry<never, never>({ listen: () => () => {}, send() {} })

/**
 * What lets pages in, for as long as this host plays: the next one has another. Where a host broke off, its pages still
 * wait for it, so the next one goes on with the token that it left behind.
 */
async function openToken(folder: string): Promise<{ readonly text: string; forget(): Promise<void> }> {
  const path = join(folder, 'bridge-token')
  const forget = () => rm(path, { force: true })
  const left = await readFile(path, 'utf8').catch(() => '')
  if (/^[0-9a-f]{32}$/.test(left)) return { text: left, forget }
  const text = randomBytes(16).toString('hex')
  try {
    await makeFolder(folder)
    await writeWholeFile(path, new TextEncoder().encode(text), 0o600)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    process.stderr.write(`After a crash the page’s address would change: ${error.message}\n`)
    return { text, forget: async () => {} }
  }
  return { text, forget }
}
