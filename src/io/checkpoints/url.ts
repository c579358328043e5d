import { CheckpointError, type CheckpointFiles } from '../../models/index.ts'
import { readAtMost } from '../read-at-most.ts'

/** How long a file may take to begin, and how long to come. */
type Patience = { readonly answerMs: number; readonly wholeMs: number }

const usualPatience: Patience = { answerMs: 15_000, wholeMs: 120_000 }

/** The files below an address, such as `https://example.org/models/drum_kit`. */
export function urlFiles(address: string): CheckpointFiles {
  const base = address.endsWith('/') ? address : `${address}/`
  return { name: address, read: (file, limit) => readUrl(new URL(file, base), limit) }
}

/**
 * The start of what lies at an address, or null when there is nothing.
 *
 * @throws CheckpointError when it can't be reached, or is too slow.
 */
export async function readUrl(url: URL, limit: number, patience = usualPatience): Promise<Uint8Array | null> {
  const stop = new AbortController()
  let timer = setTimeout(() => stop.abort(), patience.answerMs)
  try {
    const response = await fetch(url, { signal: stop.signal })
    clearTimeout(timer)
    timer = setTimeout(() => stop.abort(), patience.wholeMs)
    if (response.status === 404) return null
    if (!response.ok || !response.body) throw new Error(`it answers ${response.status}`)
    if (isShort(response.headers, limit)) return new Uint8Array(await response.arrayBuffer())
    return await readStream(response.body, limit)
  } catch (error) {
    if (stop.signal.aborted) {
      throw new CheckpointError(`${url} is too slow: try again, or download the model and name its folder.`)
    }
    const cause =
      error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error)
    throw new CheckpointError(`${url} can't be read (${cause}): check the address and the connection.`)
  } finally {
    clearTimeout(timer)
  }
}

/** Whether an answer is known to end within the limit: then it is read in one go, which is much faster. */
function isShort(headers: Headers, limit: number): boolean {
  const length = headers.get('content-length')
  return length !== null && Number(length) <= limit && !headers.has('content-encoding')
}

async function readStream(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const reader = body.getReader()
  try {
    return await readAtMost(limit, async () => {
      const { done, value } = await reader.read()
      return done ? null : value
    })
  } finally {
    await reader.cancel()
  }
}
