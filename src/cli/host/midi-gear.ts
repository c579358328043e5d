import {
  createClockIn,
  createClocksOut,
  createMidiOutput,
  type MidiListener,
  type MidiPorts,
} from '../../devices/midi/index.ts'
import { openNodeMidi } from '../../devices/midi/node.ts'
import type { Sender } from '../../devices/sender/node.ts'
import type { Track } from '../../session/index.ts'
import type { Gear, Stand } from './gear.ts'
import { followInput, followRoutes, type NamedRoute } from './ports.ts'

/** What is played by MIDI, and what is heard. */
export type MidiPlan = {
  /** The input that is listened to, by a part of its name; null for every one. */
  readonly input: string | null
  readonly routes: ReadonlyMap<Track, NamedRoute>
  readonly sendsClock: boolean
  readonly followsClock: boolean
}

/** Opens this machine's MIDI: keys and pedals, instruments, clocks. Where there is none, that is told. */
export async function openMidiGear(
  { input, routes, sendsClock, followsClock }: MidiPlan,
  sender: Sender,
  { clock, happen, tell }: Stand,
): Promise<(Gear & { readonly ports: MidiPorts }) | null> {
  const midi = await openNodeMidi({ sender, tell })
  if ('trouble' in midi) {
    tell(midi.trouble)
    return null
  }
  const output = createMidiOutput(midi.send, clock)
  const routed = followRoutes(midi, output, routes)
  const clockOut = createClocksOut(midi.send, clock)
  const clockIn = createClockIn(
    {
      play: (at) => happen({ type: 'act', action: 'play' }, at),
      stop: (at) => happen({ type: 'act', action: 'stop' }, at),
      tempo: (value, at) => happen({ type: 'act', action: 'tempo', value }, at),
    },
    clock,
  )
  const hear: MidiListener = (message, timeStampMs, from) => {
    if ('pitch' in message || message.type === 'control' || message.type === 'program') happen(message, timeStampMs)
    else if (followsClock) clockIn.hear(message, timeStampMs, from)
  }
  const endListening = followInput(midi, input, hear)
  return {
    ports: midi,
    output,
    wake(transport) {
      output.wake()
      if (sendsClock) clockOut.wake(transport, routed.outputs)
      if (followsClock) clockIn.wake(transport)
    },
    silence() {
      endListening()
      clockOut.end()
      output.end()
    },
    end() {
      routed.end()
      midi.end()
    },
  }
}
