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
