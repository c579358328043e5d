import type { SessionInput } from '../../session/index.ts'
import type { ClockMessage } from '../../timing/index.ts'

/** What a performer's hands and feet do, as MIDI says it. */
export type HandMessage = Extract<
  SessionInput,
  { readonly type: 'noteOn' | 'noteOff' | 'control' | 'program' | 'bend' | 'pressure' | 'keyPressure' }
>

/** What is understood of MIDI 1.0: hands, and the clock. */
export type MidiMessage = HandMessage | ClockMessage

/** Whether a message is from a performer's hands or feet, and not the clock's. */
export function isHands(message: MidiMessage): message is HandMessage {
  return message.type === 'control' || message.type === 'program' || 'pitch' in message || 'value' in message
}

/** Understands the bytes of one input: whole messages, or a stream that is cut anywhere. Never throws. */
export type MidiDecoder = (bytes: Uint8Array) => MidiMessage[]

/** Status bytes, of which the channel is taken. */
const status = {
  noteOff: 0x80,
  noteOn: 0x90,
  keyPressure: 0xa0,
  control: 0xb0,
  program: 0xc0,
  pressure: 0xd0,
  bend: 0xe0,
} as const
/** The pitch wheel's centre, in 14 bits. */
const centre = 0x2000
const position = 0xf2
const realTime = { clock: 0xf8, start: 0xfa, continue: 0xfb, stop: 0xfc } as const

/** The controller that ends all notes of a channel at once. */
export const allSoundOff = 120
/** The controller that sets all others of its channel back. */
export const resetAllControllers = 121
/** The controller that ends all notes of a channel as if their keys went up. */
export const allNotesOff = 123

/**
 * Makes a decoder. It keeps the running status, lets real-time messages stand in the middle of others, and passes over
 * what it doesn't understand: system exclusive messages, with or without their end, active sensing, data without a status.
 */
export function createMidiDecoder(): MidiDecoder {
  /** What the data are for; 0 where nobody wants them. */
  let running = 0
  let first: number | null = null

  const read = (byte: number): MidiMessage | null => {
    if (byte >= 0xf8) return realTimeMessage(byte)
    if (byte >= 0x80) {
      running = byte
      first = null
      return null
    }
    if (dataBytes(running) === 0) return null
    if (dataBytes(running) === 2 && first === null) {
      first = byte
      return null
    }
    const message = messageOf(running, first ?? byte, byte)
    first = null
    // Only the messages of channels go on without another status.
    if (running >= 0xf0) running = 0
    return message
  }
  return (bytes) => [...bytes].flatMap((byte) => read(byte) ?? [])
}

/** The bytes of a message, as {@link createMidiDecoder} understands them. */
export function encodeMidi(message: MidiMessage): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytesOf(message))
}

/** What ends all notes of a channel and brings back what has moved them: wheels, pressure, pedals. */
export function silencing(channel: number): readonly HandMessage[] {
  return [
    { type: 'control', controller: allNotesOff, value: 0, channel },
    { type: 'control', controller: resetAllControllers, value: 0, channel },
    { type: 'bend', value: 0, channel },
  ]
}

function bytesOf(message: MidiMessage): number[] {
  switch (message.type) {
    case 'noteOn':
      return [on(status.noteOn, message), message.pitch, message.velocity]
    case 'noteOff':
      return [on(status.noteOff, message), message.pitch, 0]
    case 'control':
      return [on(status.control, message), message.controller, message.value]
    case 'program':
      return [on(status.program, message), message.program]
    case 'bend':
      return [on(status.bend, message), (message.value + centre) & 0x7f, (message.value + centre) >> 7]
    case 'pressure':
      return [on(status.pressure, message), message.value]
    case 'keyPressure':
      return [on(status.keyPressure, message), message.pitch, message.value]
    case 'position':
      return [position, sixteenths(message.beat) & 0x7f, sixteenths(message.beat) >> 7]
    default:
      return [realTime[message.type]]
  }
}

function on(byte: number, { channel = 1 }: { readonly channel?: number }): number {
  return byte + channel - 1
}

/** MIDI counts a song's position in sixteenths, and no further than 14 bits go. */
function sixteenths(beat: number): number {
  return Math.min(0x3fff, Math.max(0, Math.round(beat * 4)))
}

/** How many bytes of data are wanted after a status; 0 also where they are to be passed over. */
function dataBytes(byte: number): 0 | 1 | 2 {
  if (byte === position) return 2
  if (byte === 0xf1 || byte === 0xf3) return 1
  if (byte < 0x80 || byte >= 0xf0) return 0
  return byte >= 0xc0 && byte < 0xe0 ? 1 : 2
}

function messageOf(byte: number, first: number, second: number): MidiMessage | null {
  if (byte === position) return { type: 'position', beat: (first + (second << 7)) / 4 }
  const channel = (byte & 0x0f) + 1
  switch (byte & 0xf0) {
    case status.noteOn:
      if (second > 0) return { type: 'noteOn', pitch: first, velocity: second, channel }
      return { type: 'noteOff', pitch: first, channel }
    case status.noteOff:
      return { type: 'noteOff', pitch: first, channel }
    case status.control:
      return { type: 'control', controller: first, value: second, channel }
    case status.program:
      return { type: 'program', program: first, channel }
    case status.bend:
      return { type: 'bend', value: first + (second << 7) - centre, channel }
    case status.pressure:
      return { type: 'pressure', value: first, channel }
    case status.keyPressure:
      return { type: 'keyPressure', pitch: first, value: second, channel }
    default:
      return null
  }
}

function realTimeMessage(byte: number): ClockMessage | null {
  switch (byte) {
    case realTime.clock:
      return { type: 'clock' }
    case realTime.start:
      return { type: 'start' }
    case realTime.continue:
      return { type: 'continue' }
    case realTime.stop:
      return { type: 'stop' }
    default:
      return null
  }
}
