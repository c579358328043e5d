/**
 * `session/keys/`: the performer's hands: keys, what each makes sound, the pedal, the bass doubler.
 */
import { type Feature, type Transaction, when, whenSet } from '../core/index.ts'
import { mixChanges } from '../mixer/index.ts'
import { musicStops } from '../transport/index.ts'
import { type KeysEvent, keysEvents } from './events.ts'
import { type KeysState, keysSettings, noKeys } from './state.ts'
import { double, endVoices, hushMuted, lift, press, sustain } from './voices.ts'

export type { KeysEvent } from './events.ts'
export type { KeysState, Voice } from './state.ts'

/** MIDI's controllers that mean the same on every keyboard. */
export const sustainPedal = 64
const allSoundOff = 120
const allNotesOff = 123

export const keys = {
  initial: { keys: noKeys },
  settings: keysSettings,
  events: keysEvents,
  receive(tx, event: KeysEvent) {
    switch (event.type) {
      case 'noteOn':
        if (event.velocity === 0) lift(tx, event)
        else press(tx, event)
        break
      case 'noteOff':
        lift(tx, event)
        break
      case 'control':
        if (event.controller === sustainPedal) sustain(tx, event.value >= 64)
        else if (event.controller === allSoundOff || event.controller === allNotesOff) endVoices(tx, () => true)
    }
    return false
  },
  on: [
    when(musicStops, (tx: Transaction<KeysState>) => {
      endVoices(tx, () => true)
      tx.change('keys', { pedal: false })
    }),
    when(mixChanges, hushMuted),
    whenSet((setting) => setting === 'doubler' || setting === 'split', double),
  ],
} as const satisfies Feature<KeysState>
