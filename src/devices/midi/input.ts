import { createMidiDecoder, type HandMessage, type MidiMessage } from './message.ts'

/** One input, and what is held down on it. */
export type MidiInput = {
  /** Receives whole messages, or a stream that is cut anywhere. */
  receive(bytes: Uint8Array, timeStampMs: number): void
  /** Releases what is held: its release will not come in any more. */
  letGo(timeStampMs: number): void
}

const sustainPedal = 64

/** Makes an input: bytes come in, messages go to the listener. */
export function createMidiInput(listener: (message: MidiMessage, timeStampMs: number) => void): MidiInput {
  const decode = createMidiDecoder()
  /** What lets go of each key and pedal that is down. */
  const held = new Map<string, HandMessage>()

  const follow = (message: MidiMessage) => {
    if (message.type === 'noteOn' || message.type === 'noteOff') {
      const { pitch, channel = 1 } = message
      const key = `key ${pitch} ${channel}`
      if (message.type === 'noteOn') held.set(key, { type: 'noteOff', pitch, channel })
      else held.delete(key)
    } else if (message.type === 'control' && message.controller === sustainPedal) {
      const { channel = 1 } = message
      if (message.value > 0) held.set(`pedal ${channel}`, { ...message, value: 0 })
      else held.delete(`pedal ${channel}`)
    }
  }
  return {
    receive(bytes, timeStampMs) {
      for (const message of decode(bytes)) {
        follow(message)
        listener(message, timeStampMs)
      }
    },
    letGo(timeStampMs) {
      for (const message of held.values()) listener(message, timeStampMs)
      held.clear()
    },
  }
}
