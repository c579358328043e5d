/** `io/checkpoints`: checkpoints from folders, files and addresses, and those that come with the package. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  type Checkpoint,
  CheckpointError,
  type CheckpointFiles,
  maxCheckpointBytes,
  readBundle,
  readMagentaJs,
} from '../../models/index.ts'
import { readFileStart } from '../read-file-start.ts'
import { shippedFolder } from '../shipped.ts'
import { readUrl, urlFiles } from './url.ts'

export { createCheckpointThread } from './thread.ts'

const shipped = shippedFolder('weights')

/** The names of the models that come with the package. */
export function shippedModels(): string[] {
  if (!existsSync(shipped)) return []
  return readdirSync(shipped).filter((name) => existsSync(join(shipped, name, 'config.json')))
}

/**
 * Reads a checkpoint: a shipped model by its name, a Magenta.js folder or a `.mag` bundle by its path or address.
 *
 * @param needConfig whether a folder without config.json is refused.
 * @throws CheckpointError with a sentence for the user.
 */
export async function openCheckpoint(reference: string, needConfig = true): Promise<Checkpoint> {
  if (/^https?:\/\//.test(reference)) {
    if (!URL.canParse(reference)) throw new CheckpointError(`${reference} is not a valid address: correct it.`)
    if (!/\.mag(\?|$)/.test(reference)) return readMagentaJs(urlFiles(reference), { needConfig })
    return readBundle(found(reference, await readUrl(new URL(reference), maxCheckpointBytes + 1)), reference)
  }
  if (existsSync(reference)) {
    if (statSync(reference).isDirectory()) return readMagentaJs(folderFiles(reference), { needConfig })
    return readBundle(found(reference, await readFile(reference, maxCheckpointBytes + 1)), basename(reference))
  }
  if (shippedModels().includes(reference)) return readMagentaJs(folderFiles(join(shipped, reference)))
  const names = shippedModels()
  const known = names.length > 0 ? ` or one of ${names.join(', ')}` : ''
  throw new CheckpointError(`There is no model ${reference}: name a folder, an address, a .mag file${known}.`)
}

/** The files of a folder. */
function folderFiles(folder: string): CheckpointFiles {
  return { name: folder, read: (file, limit) => readFile(join(folder, file), limit) }
}

async function readFile(path: string, limit: number): Promise<Uint8Array | null> {
  if (!existsSync(path)) return null
  try {
    return await readFileStart(path, limit)
  } catch (error) {
    throw new CheckpointError(`${path} can't be read (${(error as Error).message}): check the path.`)
  }
}

function found(reference: string, bytes: Uint8Array | null): Uint8Array {
  if (bytes) return bytes
  throw new CheckpointError(`There is nothing at ${reference}: check the address.`)
}
