import { createOscDevice, createWallClock } from '../../../devices/osc/index.ts'
import { type OscAddress, openOscPort } from '../../../devices/osc/node.ts'
import type { Sender } from '../../../devices/sender/node.ts'
import type { Device, DeviceContext } from '../../../runtime/index.ts'
import { InputError } from '../../input-error.ts'

/** Where OSC is received and where it is sent. */
export type OscOptions = {
  readonly in: OscAddress
  /** Null where nobody listens. */
  readonly out: OscAddress | null
  /** How many milliseconds before its moment a loop's note leaves, for receivers that wait for its time tag. */
  readonly leadMs: number
}

/**
 * Opens OSC: hands, instruments and lights.
 *
 * @throws InputError where its port is taken, or nobody knows the host.
 */
export async function openOscDevice(
  { in: from, out, leadMs }: OscOptions,
  sender: Sender,
  context: DeviceContext,
): Promise<Device & { readonly refused: number }> {
  const osc = createOscDevice(
    (bytes, timeStampMs) => sender.send('osc', bytes, timeStampMs),
    createWallClock(),
    context,
  )
  const trouble = out && (await sender.open('osc', { type: 'udp', ...out }))
  if (trouble) throw new InputError(trouble)
  if (out) osc.begin(leadMs)
  const port = await openOscPort(from, osc.receive, context.notify)
  if ('trouble' in port) throw new InputError(port.trouble)
  return {
    output: osc.output,
    get refused() {
      return osc.refused + port.refused
    },
    observe: osc.observe,
    wake: osc.wake,
    silence: osc.silence,
    end: port.end,
  }
}
