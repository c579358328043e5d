import type { Device, DeviceContext } from '../device.ts'
import { transportControls } from '../transport-controls.ts'
import { createLink } from './link.ts'
import type { LinkPeer } from './peer.ts'

/** Lets a session share tempo, beat, start and stop with everybody on the network who has Ableton Link. */
export function createLinkDevice(peer: LinkPeer, context: DeviceContext): Device {
  const session = {
    ...transportControls(context),
    get state() {
      return context.state
    },
  }
  const link = createLink(peer, session, context.clock)
  return { wake: link.wake, silence: link.end }
}
