import { openBridge, type Standing } from '../../devices/bridge/web.ts'
import type { MidiPorts } from '../../devices/midi/index.ts'
import { createOscDevice, type OscDevice } from '../../devices/osc/index.ts'
import type { Runtime } from '../../runtime/index.ts'

/**
 * Opens what the host lends: its MIDI ports, and OSC, which joins the devices.
 *
 * @param changed called when the host is gone, there again, or does not let this page in.
 */
export function openHostPorts(
  runtime: Pick<Runtime, 'add' | 'context'>,
  token: string,
  changed: (standing: Standing) => void,
): MidiPorts {
  let osc: OscDevice | null = null
  const { ports, sendOsc, wallClock } = openBridge(
    token,
    {
      begin: (leadMs) => osc?.begin(leadMs),
      receive: (message, timeStampMs) => osc?.receive(message, timeStampMs),
    },
    changed,
  )
  osc = runtime.add(createOscDevice(sendOsc, wallClock, runtime.context('osc')))
  return ports
}
