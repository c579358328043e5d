import { createMidiDevice } from '../../../devices/midi/index.ts'
import { openNodeMidi } from '../../../devices/midi/node.ts'
import type { Sender } from '../../../devices/sender/node.ts'
import type { Device, DeviceContext } from '../../../runtime/index.ts'
import type { Track } from '../../../session/index.ts'
import { followInput, followRoutes, type NamedRoute } from '../ports.ts'

/** What is played by MIDI, and what is listened to. */
export type MidiOptions = {
  /** The input that is listened to, by a part of its name; null for every one. */
  readonly input: string | null
  readonly routes: ReadonlyMap<Track, NamedRoute>
  readonly sendsClock: boolean
  readonly followsClock: boolean
}

/** Opens this machine's MIDI: keys and pedals, instruments, clocks. Where there is none, it says so, and does nothing. */
export async function openMidiDevice(
  { input, routes, sendsClock, followsClock }: MidiOptions,
  sender: Sender,
  context: DeviceContext,
): Promise<Device> {
  const ports = await openNodeMidi({ sender, notify: context.notify })
  if ('trouble' in ports) {
    context.notify(ports.trouble)
    return {}
  }
  const midi = createMidiDevice(ports.send, () => routed.outputs, context)
  const routed = followRoutes(ports, midi.output, routes)
  midi.sendClock(sendsClock)
  midi.followClock(followsClock)
  const stopListening = followInput(ports, input, midi.receive)
  return {
    output: midi.output,
    wake: midi.wake,
    silence() {
      stopListening()
      midi.silence()
    },
    end() {
      routed.end()
      ports.end()
    },
  }
}
