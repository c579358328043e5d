import { allNotesOff, createMidiDecoder, type MidiMessage } from '../../src/devices/midi/message.ts'
import type { Sent } from '../../test/fakes/midi.ts'

/** Follows what MIDI outputs were sent: each note has to end as often as it starts. */
export type MidiMonitor = {
  /** Adds what an output was sent. */
  add(output: string, sent: readonly Sent[]): void
  /** Goes on to a time of the page's clock, in milliseconds: all messages up to it have left. */
  advance(toMs: number): void
  /** Forgets an instrument's notes: it was switched off. */
  forget(output: string): void
  /** Marks all sounding notes as orphans: the page died, and the next one has to end them, if need be all at once. */
  orphan(): void
  /** How many notes sound. */
  readonly sounding: number
  /** How many orphans still sound. */
  readonly orphans: number
  /** How many notes have started. */
  readonly notes: number
  /** By how much each message of a loop was sent after its time, in milliseconds. */
  readonly lateMs: readonly number[]
}

type Received = { readonly output: string; readonly message: MidiMessage; readonly atMs: number }

/** What is sent for a time as near as this comes from a key and not from a loop. */
const atOnceMs = 1

/** Makes a monitor. */
export function createMidiMonitor(): MidiMonitor {
  const decoders = new Map<string, ReturnType<typeof createMidiDecoder>>()
  /** How often each note has started and not ended. */
  const started = new Map<string, number>()
  const orphans = new Set<string>()
  const lateMs: number[] = []
  let waiting: Received[] = []
  let notes = 0
  const follow = ({ output, message }: Received) => {
    if (message.type === 'noteOn') {
      const note = nameOf(output, message.channel, message.pitch)
      started.set(note, (started.get(note) ?? 0) + 1)
      notes++
    } else if (message.type === 'noteOff') {
      const note = nameOf(output, message.channel, message.pitch)
      const left = (started.get(note) ?? 0) - 1
      if (left > 0) started.set(note, left)
      else started.delete(note)
      orphans.delete(note)
    } else if (message.type === 'control' && message.controller === allNotesOff) {
      for (const note of orphans) if (note.startsWith(nameOf(output, message.channel))) orphans.delete(note)
    }
  }
  return {
    add(output, sent) {
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
    advance(toMs) {
      waiting.sort((a, b) => a.atMs - b.atMs)
      const left = waiting.findIndex(({ atMs }) => atMs > toMs)
      for (const received of waiting.splice(0, left < 0 ? waiting.length : left)) follow(received)
    },
    forget(output) {
      waiting = waiting.filter((each) => each.output !== output)
      for (const notes of [started, orphans]) {
        for (const note of notes.keys()) if (note.startsWith(nameOf(output))) notes.delete(note)
      }
    },
    orphan() {
      for (const note of started.keys()) orphans.add(note)
      started.clear()
      waiting = []
    },
    get sounding() {
      return started.size
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

/** The name of a note; without a pitch or a channel, the beginning of all names of that channel or output. */
function nameOf(output: string, channel?: number, pitch?: number): string {
  return `${output}, ${channel === undefined ? '' : `channel ${channel}, `}${pitch === undefined ? '' : `pitch ${pitch}`}`
}
