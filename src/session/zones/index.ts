/**
 * `session/zones/`: the zones of the keyboard, split at a key or by MIDI channel: which track each plays, in which octave;
 * and the chord that hands hold in them, the harmony of that moment.
 */
import type { Feature } from '../core/index.ts'
import { noLiveHarmony, type ZonesState, zonesSettings } from './state.ts'

export { forgetHarmony, handsChangeHarmony, harmonyNow, hearHarmony, letGoHarmony } from './live-harmony.ts'
export type { ZonesState } from './state.ts'
export { type Hand, playOn, zoneOf, zoneTracks } from './zone.ts'

export const zones = {
  initial: { liveHarmony: noLiveHarmony },
  settings: zonesSettings,
} as const satisfies Feature<ZonesState>
