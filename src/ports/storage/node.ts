import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PerformanceStore } from './autosave.ts'

export * from './autosave.ts'

/** The ending of a performance's file. */
export const performanceEnding = '.tradefours'

/**
 * Performances as files in a folder, which is made when it is needed.
 *
 * @throws RangeError for a name that would leave the folder.
 */
export function folderStore(folder: string): PerformanceStore {
  const pathOf = (name: string) => {
    if (/^[^/\\\0]+$/.test(name) && !name.startsWith('.')) return join(folder, `${name}${performanceEnding}`)
    throw new RangeError(`“${name}” can't be a performance's name: use letters, digits and spaces.`)
  }
  return {
    async names() {
      const files = await readdir(folder).catch(absent([]))
      return files
        .filter((file) => file.endsWith(performanceEnding))
        .map((file) => file.slice(0, -performanceEnding.length))
    },
    async read(name) {
      return await readFile(pathOf(name), 'utf8').catch(absent(null))
    },
    async append(name, text) {
      const path = pathOf(name)
      await mkdir(folder, { recursive: true })
      const file = await open(path, 'a')
      try {
        await file.appendFile(text)
        await file.datasync()
      } finally {
        await file.close()
      }
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  }
}

/** Stands in for what is not there. */
function absent<Value>(instead: Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => {
    if (error.code === 'ENOENT') return instead
    throw error
  }
}
