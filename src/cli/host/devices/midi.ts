import { createMidiDevice } from '../../../devices/midi/index.ts'
import { openNodeMidi } from '../../../devices/midi/node.ts'
import type { Sender } from '../../../devices/sender/node.ts'
import type { Device, DeviceContext } from '../../../runtime/index.ts'
import type { Track } from '../../../session/index.ts'
import { followInputs, followRoutes, type NamedRoute } from '../ports.ts'

/** What is played by MIDI, and what is listened to. */
export type MidiOptions = {
  /** The inputs that are listened to, by parts of their names; every one where there is none. */
  readonly inputs: readonly string[]
  readonly routes: ReadonlyMap<Track, NamedRoute>
  readonly sendsClock: boolean
  readonly followsClock: boolean
}

/** Opens this machine's MIDI: keys and pedals, instruments, clocks. Where there is none, it says so, and does nothing. */
export async function openMidiDevice(
  { inputs, routes, sendsClock, followsClock }: MidiOptions,
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
  const stopListening = followInputs(ports, inputs, midi.receive)
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
