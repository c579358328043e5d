import { ContentError } from '../../music/index.ts'

/** A file can't be read as music. */
export class MidiFileError extends ContentError {
  override name = 'MidiFileError'
}

/** Walks over a stretch of bytes and refuses to leave it, whatever lengths the bytes claim. */
export class Cursor {
  readonly #bytes: Uint8Array
  readonly #damage: string
  #at: number

  /**
   * @param damage what to say when the bytes end too soon.
   * @param at where to begin.
   */
  constructor(bytes: Uint8Array, damage: string, at = 0) {
    this.#bytes = bytes
    this.#damage = damage
    this.#at = at
  }

  /** Where the next byte is. */
  get at(): number {
    return this.#at
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) this.refuse()
    return byte
  }

  /** A big-endian number of up to four bytes. */
  number(bytes: number): number {
    let value = 0
    for (let index = 0; index < bytes; index++) value = value * 256 + this.byte()
    return value
  }

  /** A variable-length quantity: seven bits a byte, at most four bytes. */
  quantity(): number {
    let value = 0
    for (let index = 0; index < 4; index++) {
      const byte = this.byte()
      value = value * 128 + (byte & 127)
      if (byte < 128) return value
    }
    this.refuse()
  }

  /** The next bytes, as a view. */
  take(length: number): Uint8Array {
    const start = this.#at
    this.#at += length
    if (this.#at > this.#bytes.length) this.refuse()
    return this.#bytes.subarray(start, this.#at)
  }

  refuse(): never {
    throw new MidiFileError(this.#damage)
  }
}
