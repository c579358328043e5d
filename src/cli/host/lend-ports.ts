import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openBridge } from '../../ports/bridge/node.ts'
import { openNodeMidi } from '../../ports/midi/node.ts'
import type { OscAddress } from '../../ports/osc/node.ts'
import { createSender } from '../../ports/sender/node.ts'
import { InputError } from '../input-error.ts'
import { isNamed, loopback, serveStage, stageFolder } from '../serve-command.ts'
import { goodbyes } from './play.ts'

/**
 * Serves the stage, and lends it this machine's MIDI ports until somebody ends it. The page is the instrument: nothing is
 * played here.
 *
 * @throws InputError where there is no MIDI, or the address is taken.
 */
export async function lendPorts({ host, port }: OscAddress, keep: string): Promise<void> {
  const token = await keptToken(keep)
  const sender = createSender()
  const midi = await openNodeMidi({ sender, tell: (trouble) => process.stderr.write(`${trouble}\n`) })
  if ('trouble' in midi) {
    await sender.end()
    throw new InputError(midi.trouble)
  }
  try {
    const server = await serveStage(stageFolder, port, host)
    const bridge = openBridge(server, midi, token, (named) => isNamed(host, named))
    const name = host === loopback ? 'localhost' : host
    process.stdout.write(
      `Open http://${name}:${port}/#bridge=${token} to play with this machine's MIDI (Ctrl+C ends it)\n`,
    )
    await Promise.race(goodbyes.map((signal) => once(process, signal)))
    bridge.end()
    server.close()
    server.closeAllConnections()
  } finally {
    midi.end()
    await sender.end()
  }
}

/** What lets a page in: the same from evening to evening, so that a page comes back when the host is started again. */
async function keptToken(folder: string): Promise<string> {
  const path = join(folder, 'bridge-token')
  const kept = await readFile(path, 'utf8').catch(() => '')
  if (/^[0-9a-f]{32}$/.test(kept)) return kept
  const token = randomBytes(16).toString('hex')
  await mkdir(folder, { recursive: true })
  await writeFile(path, token, { mode: 0o600 })
  return token
}
