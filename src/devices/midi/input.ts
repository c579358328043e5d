import { createMidiDecoder, type HandMessage, type MidiMessage, resetAllControllers } from './message.ts'

/** One input, and what is held down on it. */
export type MidiInput = {
  /** Receives whole messages, or a stream that is cut anywhere. */
  receive(bytes: Uint8Array, timeStampMs: number): void
  /** Lets go of keys, pedals, buttons and wheels: their return will not come in any more. */
  letGo(timeStampMs: number): void
}

const sustainPedal = 64

/** Makes an input: bytes come in, messages go to the listener. */
export function createMidiInput(listener: (message: MidiMessage, timeStampMs: number) => void): MidiInput {
  const decode = createMidiDecoder()
  /** What lets go of each thing that is held, keys first. */
  const held = {
    keys: new Map<number, HandMessage>(),
    feet: new Map<number, HandMessage>(),
    wheels: new Map<string, HandMessage>(),
  }
  /** The other controllers that are not at 0, by channel: a pedal may be among them, or the modulation wheel. */
  const moved = new Map<number, Set<number>>()

  const follow = (message: MidiMessage) => {
    if (message.type === 'noteOn' || message.type === 'noteOff') {
      const { pitch, channel = 1 } = message
      const key = 128 * channel + pitch
      if (message.type === 'noteOn') held.keys.set(key, { type: 'noteOff', pitch, channel })
      else held.keys.delete(key)
    } else if (message.type === 'bend' || message.type === 'pressure') {
      const { type, value, channel = 1 } = message
      if (value === 0) held.wheels.delete(`${type} ${channel}`)
      else held.wheels.set(`${type} ${channel}`, { type, value: 0, channel })
    } else if (message.type === 'control') {
      const { controller, value, channel = 1 } = message
      if (controller === sustainPedal && value > 0) held.feet.set(channel, { ...message, value: 0 })
      else if (controller === sustainPedal) held.feet.delete(channel)
      else {
        const controllers = moved.get(channel) ?? new Set()
        moved.set(channel, controllers)
        if (controller === resetAllControllers) controllers.clear()
        else if (value > 0) controllers.add(controller)
        else controllers.delete(controller)
      }
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
      const resets = [...moved].flatMap(([channel, controllers]): HandMessage[] =>
        controllers.size > 0 ? [{ type: 'control', controller: resetAllControllers, value: 0, channel }] : [],
      )
      const all = Object.values(held).flatMap((each) => [...each.values()])
      for (const message of [...all, ...resets]) listener(message, timeStampMs)
      for (const each of Object.values(held)) each.clear()
      moved.clear()
    },
  }
}
