import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bindings, readBindings } from '../../session/index.ts'
import { makeFolder, writeWholeFile } from '../files.ts'
import { named } from '../input-error.ts'

/** What controls have learnt, from evening to evening. */
export type MidiMappings = {
  readonly bindings: Bindings
  /** Stores what has been learnt, beside what was before. */
  store(learnt: Bindings): Promise<void>
}

/**
 * Opens the file in which learnt controls are stored.
 *
 * @throws InputError with a sentence when it is damaged.
 */
export async function openMidiMappings(folder: string): Promise<MidiMappings> {
  const path = join(folder, 'controls.json')
  let bindings = await readControls(path)
  let writing: Promise<void> = Promise.resolve()
  const write = async () => {
    await makeFolder(folder)
    await writeWholeFile(path, new TextEncoder().encode(`${JSON.stringify(bindings, null, 2)}\n`))
  }
  return {
    bindings,
    store(learnt) {
      bindings = { ...bindings, ...learnt }
      // One after the other, or an earlier one might stay.
      writing = writing.catch(() => {}).then(write)
      return writing
    },
  }
}

async function readControls(path: string): Promise<Bindings> {
  const text = await readFile(path, 'utf8').catch(() => '{}')
  return named(path, () => readBindings(text))
}
