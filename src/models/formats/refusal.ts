import { CheckpointError } from '../checkpoint.ts'

/**
 * Runs a reader whose messages are the rest of a sentence, and has them begin with a subject: the reader
 * knows what is wrong, only its caller knows in which file.
 */
export function about<T>(subject: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error
    throw new CheckpointError(`${subject} ${error.message}`, { cause: error })
  }
}

/** Refuses bytes of a bundle that contradict themselves; the message is the rest of a sentence. */
export function damaged(): never {
  throw new CheckpointError('is damaged, cut short or not a .mag bundle: download or copy it again, in binary.')
}
