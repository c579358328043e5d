import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { readAtMost } from './read-at-most.ts'

const pieceBytes = 256 * 1024

/** How long a pipe whose writer is there may be silent, and how long a writer may take to come. */
const usualPatienceMs = 60_000
const writerPatienceMs = 5_000

/** How long to wait before a silent pipe is looked at again. */
const pauseMs = 10

/**
 * Reads the start of a file, a pipe or a device. A pipe may be slow, and its writer may come later, but neither holds up
 * the reader for ever.
 *
 * @param limit of bytes.
 * @throws Error of the file system, whose code is ETIMEDOUT where nothing comes out of a pipe for too long.
 */
export async function readFileStart(path: string, limit: number, patienceMs = usualPatienceMs): Promise<Uint8Array> {
  // A pipe without a writer would block the opening thread, and with it the end of the program. Windows has no such flag.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const isPipe = (await file.stat()).isFIFO()
    // What a shell makes for a process has had its writer.
    let hasWriter = !isPipe || /^\/(dev|proc)\//.test(path)
    return await readAtMost(limit, async (wanted) => {
      const buffer = new Uint8Array(Math.min(wanted, pieceBytes))
      const began = performance.now()
      while (performance.now() - began < (hasWriter ? patienceMs : Math.min(patienceMs, writerPatienceMs))) {
        const count = await readNow(file, buffer)
        if (count !== 0) hasWriter = true
        if (count !== null && hasWriter) return count === 0 ? null : buffer.subarray(0, count)
        await pause(pauseMs)
      }
      throw Object.assign(new Error('nothing comes out of it'), { code: 'ETIMEDOUT' })
    })
  } finally {
    await file.close()
  }
}

/** How many bytes were there; null where a pipe has none yet. */
async function readNow(file: FileHandle, buffer: Uint8Array): Promise<number | null> {
  try {
    return (await file.read(buffer, 0, buffer.length, null)).bytesRead
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return null
    throw error
  }
}
