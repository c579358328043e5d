import { ContentError } from '../music/index.ts'

/** Something is wrong with what the user handed in; the message is the one sentence that says it. */
export class InputError extends Error {
  override name = 'InputError'
}

/** Runs a pure step whose complaint becomes a complaint about this file. */
export function sentence<T>(path: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(`${path}: ${error.message}`)
    throw error
  }
}

/** Runs a reader of what a file holds; where that can't be used, the complaint begins with the file's name. */
export function named<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ContentError) throw new InputError(`${path} ${error.message}`)
    throw error
  }
}
