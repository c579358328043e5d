import type { Bpm } from '../../timing/index.ts'
import type { LinkPeer } from './peer.ts'

/** Where the add-on may be: installed beside us, or made in a checkout. */
const places = ['tradefours-link', new URL('../../../addons/link/index.js', import.meta.url).href]

/**
 * Joins the peers on this network.
 *
 * @param bpm the tempo, as long as nobody else is there.
 * @returns ourselves as a peer, or a sentence that says how to get the add-on.
 */
export async function joinLink(bpm: Bpm): Promise<LinkPeer | { readonly trouble: string }> {
  for (const place of places) {
    const addOn = await import(place).catch(() => null)
    if (addOn) return addOn.joinLink(bpm)
  }
  return {
    trouble:
      'Ableton Link is an add-on under a licence of its own: in a checkout of Tradefours, type npm install --prefix addons/link.',
  }
}
