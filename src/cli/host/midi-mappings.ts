import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bindings, readBindings } from '../../session/index.ts'
import { makeFolder, readText, writeWholeFile } from '../files.ts'
import { InputError, named } from '../input-error.ts'

/** What controls have learnt, from evening to evening. */
export type MidiMappings = {
  readonly bindings: Bindings
  /** Why what was learnt before is not there, in a sentence; null where it is, or nothing was learnt. */
  readonly trouble: string | null
  /** Stores what has been learnt, with what was learnt before. Rejects with an `InputError` where it can't. */
  store(learnt: Bindings): Promise<void>
}

const maxBytes = 1024 * 1024

/** Opens the file in which learnt controls are stored. One that is damaged is set aside before another is written. */
export async function openMidiMappings(folder: string): Promise<MidiMappings> {
  const path = join(folder, 'controls.json')
  let { bindings, trouble } = await readControls(path)
  const known = { bindings, trouble }
  let writing: Promise<void> = Promise.resolve()
  const write = async () => {
    await makeFolder(folder)
    // Somebody may mend it.
    if (trouble !== null) await rename(path, join(folder, 'controls.damaged.json')).catch(() => {})
    trouble = null
    await writeWholeFile(path, new TextEncoder().encode(`${JSON.stringify(bindings, null, 2)}\n`))
  }
  return {
    ...known,
    store(learnt) {
      bindings = { ...bindings, ...learnt }
      // One after the other, or an earlier one might stay.
      writing = writing.catch(() => {}).then(write)
      return writing
    },
  }
}

async function readControls(path: string): Promise<Pick<MidiMappings, 'bindings' | 'trouble'>> {
  if (!existsSync(path)) return { bindings: {}, trouble: null }
  try {
    const text = await readText(path, maxBytes)
    return { bindings: named(path, () => readBindings(text)), trouble: null }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { bindings: {}, trouble: `The learnt mappings are not loaded: ${error.message}` }
  }
}
