/** What goes from one thread to another: when it is due, in milliseconds, for whom, and its bytes. */
export type RingMessage = { readonly due: number; readonly place: number; readonly bytes: Uint8Array }

/** Messages from one thread to one other, through shared memory: neither side ever waits for the other. */
export type Ring = {
  /** The memory, to make the same ring of in the other thread. */
  readonly memory: SharedArrayBuffer
  /** Puts a message in, and wakes who waits. It is refused where it is too long, or there is no room. */
  put(message: RingMessage): void
  /** Removes everything that is there. */
  drain(each: (message: RingMessage) => void): void
  /** Waits until there is something, or a time is over. It blocks the thread. */
  wait(milliseconds: number): void
  /** Counts a message as refused that has no room elsewhere. */
  refuse(): void
  /** How many messages were refused by now. */
  readonly refused: number
}

/** A power of two, so that counters may overflow. */
const slots = 1024
const slotBytes = 1024

/** Before the slots: how many messages were put in, removed and refused, by now. */
const headBytes = 16
const [written, read, refused] = [0, 1, 2]

/** Of a slot: when it is due, for whom, and how many bytes follow. */
const slotHeadBytes = 16

/** The longest message. */
export const maxMessageBytes = slotBytes - slotHeadBytes

/** Makes a ring, or the other end of one. */
export function createRing(memory: SharedArrayBuffer = new SharedArrayBuffer(headBytes + slots * slotBytes)): Ring {
  const counters = new Int32Array(memory, 0, 3)
  const view = new DataView(memory)
  const slotAt = (count: number) => headBytes + (count & (slots - 1)) * slotBytes
  const refuse = () => void Atomics.add(counters, refused, 1)
  const waiting = () => (Atomics.load(counters, written) - Atomics.load(counters, read)) | 0

  return {
    memory,
    put({ due, place, bytes }) {
      if (bytes.length > maxMessageBytes || waiting() >= slots) {
        refuse()
        return
      }
      const at = slotAt(Atomics.load(counters, written))
      view.setFloat64(at, due)
      view.setInt32(at + 8, place)
      view.setInt32(at + 12, bytes.length)
      new Uint8Array(memory, at + slotHeadBytes, bytes.length).set(bytes)
      Atomics.add(counters, written, 1)
      Atomics.notify(counters, written)
    },
    drain(each) {
      while (waiting() > 0) {
        const at = slotAt(Atomics.load(counters, read))
        const length = view.getInt32(at + 12)
        const bytes = new Uint8Array(memory, at + slotHeadBytes, length).slice()
        const message = { due: view.getFloat64(at), place: view.getInt32(at + 8), bytes }
        Atomics.add(counters, read, 1)
        each(message)
      }
    },
    wait(milliseconds) {
      // If something has come since the last look, the counter has moved on, and this returns at once.
      Atomics.wait(counters, written, Atomics.load(counters, read), milliseconds)
    },
    refuse,
    get refused() {
      return Atomics.load(counters, refused)
    },
  }
}
