import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bindings, readBindings, SongError } from '../../session/index.ts'
import { makeFolder, writeWholeFile } from '../files.ts'
import { InputError } from '../input-error.ts'

/** What controls do, from evening to evening. */
export type ControlsShelf = {
  readonly bindings: Bindings
  /** Keeps what has been learnt. */
  keep(bindings: Bindings): Promise<void>
}

/**
 * Opens the file in which learnt controls are kept.
 *
 * @throws InputError with a sentence when it is damaged.
 */
export async function openControls(folder: string): Promise<ControlsShelf> {
  const path = join(folder, 'controls.json')
  const text = await readFile(path, 'utf8').catch(() => '{}')
  try {
    return {
      bindings: readBindings(text),
      async keep(bindings) {
        await makeFolder(folder)
        await writeWholeFile(path, new TextEncoder().encode(`${JSON.stringify(bindings, null, 2)}\n`))
      },
    }
  } catch (error) {
    if (error instanceof SongError) throw new InputError(`${path} ${error.message}`)
    throw error
  }
}
