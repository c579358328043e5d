import { damaged } from './refusal.ts'

/** Walks over a stretch of bytes and refuses to leave it, whatever lengths the bytes claim. */
export class Cursor {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.#at = at
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  /**
   * A number in seven bits a byte, the lowest first. Beyond the safe integers it is rounded, and a negative
   * one comes out above 2⁶³: no length, offset or dimension may be either, so their checks refuse both.
   */
  varint(): number {
    let value = 0
    for (let unit = 1; unit < 2 ** 70; unit *= 128) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) break
      value += (byte & 127) * unit
      if (byte < 128) return value
    }
    damaged()
  }

  /** The next bytes, as a view. */
  take(length: number): Uint8Array {
    const start = this.#at
    this.#at += length
    if (this.#at > this.#bytes.length) damaged()
    return this.#bytes.subarray(start, this.#at)
  }
}

/** Some stretches of bytes as one, or null if they aren't just as long together as they should be. One alone stays as it is. */
export function join(parts: readonly Uint8Array[], length: number): Uint8Array | null {
  if (parts.length === 1 && parts[0]?.length === length) return parts[0]
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    if (at + part.length > length) return null
    joined.set(part, at)
    at += part.length
  }
  return at === length ? joined : null
}

/** A view of the bytes that reads numbers. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
