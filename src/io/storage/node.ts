/** `io/storage`: performances in a folder, stored while they are played. */
import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isWholeLine } from '../../session/index.ts'
import type { PerformanceStore } from './autosave.ts'

export * from './autosave.ts'
export * from './recover.ts'

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
      const files = await readdir(folder, { withFileTypes: true }).catch(absent([]))
      return files
        .filter((file) => file.name.endsWith(performanceEnding) && !file.isDirectory())
        .map(({ name }) => name.slice(0, -performanceEnding.length))
    },
    async read(name) {
      return await readFile(pathOf(name), 'utf8').catch(absent(null))
    },
    async append(name, text, head = '') {
      const path = pathOf(name)
      await mkdir(folder, { recursive: true })
      const file = await open(path, 'a+')
      try {
        await endLastLine(file)
        const { size } = await file.stat()
        try {
          await file.appendFile(size === 0 ? head + text : text)
          await file.datasync()
        } catch (error) {
          await file.truncate(size)
          throw error
        }
      } finally {
        await file.close()
      }
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  }
}

/**
 * A crash or a full disk may have broken a line off in the middle: it goes, or what comes next would be part of it. A line
 * that only lacks its end gets one.
 */
async function endLastLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat()
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
  if (size === 0 || buffer.toString() === '\n') return
  const text = await file.readFile()
  const lineAt = text.lastIndexOf('\n') + 1
  if (isWholeLine(text.subarray(lineAt).toString())) await file.appendFile('\n')
  else await file.truncate(lineAt)
}

/** Stands in for what is not there. */
function absent<Value>(instead: Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => {
    if (error.code === 'ENOENT') return instead
    throw error
  }
}
