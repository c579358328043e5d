/**
 * `session/mixer/`: how loud each track is, and which of them are heard.
 */
import { announcement, type Feature, type Transaction, whenSet } from '../core/index.ts'
import { tracks } from '../track.ts'
import { audible, type MixerState, mixerSettings, muteAndSolo } from './state.ts'

export { audible, type MixerState } from './state.ts'

/** Other tracks are heard. */
export const mixChanges = announcement('the mix changes')

export const mixer = {
  settings: mixerSettings,
  on: [
    whenSet(muteAndSolo, (tx: Transaction<MixerState>, before: MixerState) => {
      tx.announce(mixChanges)
      for (const track of tracks) {
        if (audible(before, track) && !audible(tx.state, track)) tx.emit({ type: 'silence', track })
      }
    }),
  ],
} as const satisfies Feature<MixerState>
