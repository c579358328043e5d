import { createLinkDevice } from '../../../devices/link/index.ts'
import { joinLink } from '../../../devices/link/node.ts'
import type { Device, DeviceContext } from '../../../runtime/index.ts'
import { InputError } from '../../input-error.ts'

/**
 * Opens Ableton Link: everybody on the network who shares tempo, beat, start and stop.
 *
 * @throws InputError where the add-on is missing.
 */
export async function openLinkDevice(context: DeviceContext): Promise<Device> {
  const peer = await joinLink(context.state.settings.tempo)
  if ('trouble' in peer) throw new InputError(peer.trouble)
  return createLinkDevice(peer, context)
}
