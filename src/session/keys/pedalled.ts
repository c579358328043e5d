import { zoneOf } from '../zones/index.ts'
import type { KeysState, Voice } from './state.ts'

/** Whether a pedal holds a note whose key comes up. */
export function isPedalled(state: KeysState, { hand, caught }: Voice): boolean {
  const { sustain, sostenuto } = state.keys
  const isApart = state.settings.zones === 'channel'
  const holds = (channel: number) => !isApart || zoneOf(state, { pitch: 127, channel }).hand === hand
  return sustain.some(holds) || (caught && sostenuto.some(holds))
}
