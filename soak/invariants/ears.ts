import { allNotesOff, createMidiDecoder, type MidiMessage } from '../../src/devices/midi/message.ts'
import type { Sent } from '../../test/fakes/midi.ts'

/** Ears on MIDI outputs: what begins there has to end, as often as it begins. */
export type Ears = {
  /** An output was sent something. */
  hear(output: string, sent: readonly Sent[]): void
  /** Everything up to a moment of the page's clock, in milliseconds, has left. */
  listen(untilMs: number): void
  /** An instrument was switched off, and knows nothing any more. */
  forget(output: string): void
  /** The page is dead, and whatever sounds waits for the next one to end it: all at once, if need be. */
  orphan(): void
  /** How many notes sound. */
  readonly sounding: number
  /** How many of them nobody has ended since their page died. */
  readonly orphans: number
  /** How many notes have begun. */
  readonly notes: number
  /** By how much each message of a loop was sent after it was due, in milliseconds. */
  readonly lateMs: readonly number[]
}

type Heard = { readonly output: string; readonly message: MidiMessage; readonly atMs: number }

/** What is sent for a moment so near is sent by a hand, and not by a loop. */
const atOnceMs = 1

/** Opens ears. */
export function createEars(): Ears {
  const decoders = new Map<string, ReturnType<typeof createMidiDecoder>>()
  /** How often each note has begun and not ended. */
  const begun = new Map<string, number>()
  const orphans = new Set<string>()
  const lateMs: number[] = []
  let waiting: Heard[] = []
  let notes = 0
  const follow = ({ output, message }: Heard) => {
    if (message.type === 'noteOn') {
      const note = nameOf(output, message.channel, message.pitch)
      begun.set(note, (begun.get(note) ?? 0) + 1)
      notes++
    } else if (message.type === 'noteOff') {
      const note = nameOf(output, message.channel, message.pitch)
      const left = (begun.get(note) ?? 0) - 1
      if (left > 0) begun.set(note, left)
      else begun.delete(note)
      orphans.delete(note)
    } else if (message.type === 'control' && message.controller === allNotesOff) {
      for (const note of orphans) if (note.startsWith(nameOf(output, message.channel))) orphans.delete(note)
    }
  }
  return {
    hear(output, sent) {
      const decode = decoders.get(output) ?? createMidiDecoder()
      decoders.set(output, decode)
      for (const { bytes, timeStamp, sentAt } of sent) {
        const atMs = Math.max(timeStamp, sentAt)
        const messages = decode(Uint8Array.from(bytes))
        waiting.push(...messages.map((message) => ({ output, message, atMs })))
        const isOfLoop = timeStamp > 0 && Math.abs(timeStamp - sentAt) > atOnceMs
        if (isOfLoop && messages.some(({ type }) => type === 'noteOn')) lateMs.push(Math.max(0, sentAt - timeStamp))
      }
    },
    listen(untilMs) {
      waiting.sort((a, b) => a.atMs - b.atMs)
      const left = waiting.findIndex(({ atMs }) => atMs > untilMs)
      for (const heard of waiting.splice(0, left < 0 ? waiting.length : left)) follow(heard)
    },
    forget(output) {
      waiting = waiting.filter((each) => each.output !== output)
      for (const notes of [begun, orphans]) {
        for (const note of notes.keys()) if (note.startsWith(nameOf(output))) notes.delete(note)
      }
    },
    orphan() {
      for (const note of begun.keys()) orphans.add(note)
      begun.clear()
      waiting = []
    },
    get sounding() {
      return begun.size
    },
    get orphans() {
      return orphans.size
    },
    get notes() {
      return notes
    },
    lateMs,
  }
}

/** The name of a note, of the notes of a channel, or of those of an output. */
function nameOf(output: string, channel?: number, pitch?: number): string {
  return `${output}, ${channel === undefined ? '' : `channel ${channel}, `}${pitch === undefined ? '' : `pitch ${pitch}`}`
}
