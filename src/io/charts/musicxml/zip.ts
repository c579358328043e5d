import { ChartError } from '../lead-sheet.ts'

/**
 * The entries of a ZIP archive (APPNOTE.TXT 6.3), each unpacked only when it is asked for and only as far as a limit: an
 * archive that swells costs no more than what is just too large.
 */
export type Archive = {
  readonly names: readonly string[]
  /** @throws ChartError when the entry is damaged, packed in another way, or larger than the limit. */
  readonly unpack: (name: string, limit: number) => Promise<Uint8Array>
}

const endSignature = 0x06054b50
const directorySignature = 0x02014b50
const localSignature = 0x04034b50

/** The longest comment of an archive, and what stands before it. */
const longestEnd = 0xffff + 22

/** The most entries that are looked at: a score has three, and a picture or two. */
const maxEntries = 1000

type Entry = { readonly method: number; readonly packed: number; readonly local: number; readonly isSecret: boolean }

/** Whether these bytes begin as an archive does. */
export function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

/** Opens an archive. @throws ChartError when it has no directory. */
export function openArchive(bytes: Uint8Array): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = directory(bytes, view)
  return {
    names: [...entries.keys()],
    async unpack(name, limit) {
      const entry = entries.get(name)
      if (!entry) throw new ChartError(`has no “${name}” inside: export it again.`)
      const { method, packed, local, isSecret } = entry
      if (local + 30 > bytes.length || view.getUint32(local, true) !== localSignature) throw damaged()
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
      const content = bytes.subarray(start, start + packed)
      if (content.length < packed) throw damaged()
      if (isSecret) throw new ChartError('is locked by a password: export it without one.')
      if (method === 8) return await inflated(content, limit)
      if (method !== 0) throw new ChartError('is packed in a way that is not known here: export it as .musicxml.')
      if (content.length > limit) throw tooLarge(limit)
      return content
    },
  }
}

function directory(bytes: Uint8Array, view: DataView): Map<string, Entry> {
  let end = bytes.length - 22
  const first = Math.max(0, bytes.length - longestEnd)
  while (end >= first && view.getUint32(end, true) !== endSignature) end--
  if (end < first) throw damaged()
  const count = Math.min(view.getUint16(end + 10, true), maxEntries)
  const entries = new Map<string, Entry>()
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== directorySignature) throw damaged()
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    entries.set(name, {
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      local: view.getUint32(at + 42, true),
      isSecret: (view.getUint16(at + 8, true) & 1) === 1,
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

async function inflated(content: Uint8Array, limit: number): Promise<Uint8Array> {
  const packed = new Blob([Uint8Array.from(content)]).stream()
  const reader = packed.pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      pieces.push(value)
      length += value.length
      if (length > limit) throw tooLarge(limit)
    }
  } catch (error) {
    await reader.cancel().catch(() => {})
    throw error instanceof ChartError ? error : damaged()
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

function damaged(): ChartError {
  return new ChartError('is a damaged archive: export it again.')
}

function tooLarge(limit: number): ChartError {
  return new ChartError(`unpacks to more than ${limit >> 20} MiB: export fewer parts.`)
}
