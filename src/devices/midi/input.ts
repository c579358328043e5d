import { createMidiDecoder, type HandMessage, type MidiMessage } from './message.ts'

/** One input, and what is held down on it. */
export type MidiInput = {
  take(bytes: Uint8Array, timeStampMs: number): void
  /** Lets go of what is held: nobody will hear when the hands do. */
  letGo(timeStampMs: number): void
}

const sustainPedal = 64

/** Makes an input that is told bytes, and tells messages. */
export function createMidiInput(heard: (message: MidiMessage, timeStampMs: number) => void): MidiInput {
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
    take(bytes, timeStampMs) {
      for (const message of decode(bytes)) {
        follow(message)
        heard(message, timeStampMs)
      }
    },
    letGo(timeStampMs) {
      for (const message of held.values()) heard(message, timeStampMs)
      held.clear()
    },
  }
}
