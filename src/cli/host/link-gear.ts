import { createLink } from '../../devices/link/index.ts'
import { joinLink } from '../../devices/link/node.ts'
import { InputError } from '../input-error.ts'
import type { Gear, Stand } from './gear.ts'

/**
 * Opens Ableton Link: everybody on the network who shares tempo, beat, start and stop.
 *
 * @throws InputError where the add-on is missing.
 */
export async function openLinkGear(stand: Stand): Promise<Gear> {
  const peer = await joinLink(stand.state.settings.tempo)
  if ('trouble' in peer) throw new InputError(peer.trouble)
  const link = createLink(
    peer,
    {
      get state() {
        return stand.state
      },
      play: (at) => stand.happen({ type: 'act', action: 'play' }, at),
      stop: (at) => stand.happen({ type: 'act', action: 'stop' }, at),
      tempo: (value, at) => stand.happen({ type: 'act', action: 'tempo', value }, at),
    },
    stand.clock,
  )
  return { output: null, wake: link.wake, silence: link.end, end() {} }
}
