import { openBridge } from '../../devices/bridge/web.ts'
import type { MidiPorts } from '../../devices/midi/index.ts'
import { createOscDevice, type OscDevice } from '../../devices/osc/index.ts'
import type { Runtime } from '../../runtime/index.ts'

const lost = 'The host with the MIDI ports is gone. Start it again to go on.'
const refused = 'The host was started again and has a new address. Open the one that it prints now.'

/**
 * Opens what the host lends: its MIDI ports, and OSC, which joins the devices.
 *
 * @param onTrouble called with a sentence when the host is gone or does not let this page in, and with null when it is there again.
 */
export function openHostPorts(
  runtime: Pick<Runtime, 'add' | 'context'>,
  token: string,
  onTrouble: (trouble: string | null) => void,
): MidiPorts {
  let osc: OscDevice | null = null
  const { ports, sendOsc, wallClock } = openBridge(
    token,
    {
      begin: (leadMs) => osc?.begin(leadMs),
      receive: (message, timeStampMs) => osc?.receive(message, timeStampMs),
    },
    (standing) => onTrouble({ open: null, lost, refused }[standing]),
  )
  osc = runtime.add(createOscDevice(sendOsc, wallClock, runtime.context('osc')))
  return ports
}
