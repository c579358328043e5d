import { type Performance, readPerformance } from '../session/index.ts'
import { readText } from './files.ts'
import { named } from './input-error.ts'

/** A day of playing is a tenth of it. */
const maxPerformanceBytes = 128 * 1024 * 1024

/**
 * Reads a performance's file.
 *
 * @throws InputError with a sentence that names the file and what to do.
 */
export async function readPerformanceFile(path: string): Promise<Performance> {
  const text = await readText(path, maxPerformanceBytes)
  return named(path, () => readPerformance(text))
}
