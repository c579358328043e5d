/**
 * `session/keys/`: the performer's hands and feet: keys, what each makes sound, pedals, the bass doubler.
 */
import { type MidiPitch, pitchName } from '../../music/index.ts'
import { type Feature, type Transaction, when, whenSet } from '../core/index.ts'
import { hear } from '../listening/index.ts'
import { mixChanges } from '../mixer/index.ts'
import { allIsCleared, freeBegins, isOnOne, trackWaits } from '../recording/index.ts'
import { turnBegins } from '../trading/index.ts'
import { musicStops } from '../transport/index.ts'
import { forgetHarmony, letGoHarmony } from '../zones/index.ts'
import { type KeysEvent, keysEvents } from './events.ts'
import { bend, control, express, isByPedal, pressKey } from './expression.ts'
import { bringBack } from './expression-routes.ts'
import { isAtRest, noExpression } from './expression-state.ts'
import { endReleased, movePedal } from './pedals.ts'
import { type KeysState, keysSettings, noKeys } from './state.ts'
import { beginWithKeys, double, endVoices, hushMuted, lift, press } from './voices.ts'

export type { KeysEvent } from './events.ts'
export { placeInZones } from './mpe.ts'
export { type KeysState, pressedKey, type Voice, voiceOf } from './state.ts'

/** The pedals that hold notes, by MIDI's controllers, which mean the same on every keyboard. */
const holdingPedals: ReadonlyMap<number, 'sustain' | 'sostenuto'> = new Map([
  [64, 'sustain'],
  [66, 'sostenuto'],
])
const allSoundOff = 120
/** MIDI's controller that sets all others of its channel back: pedals come up, wheels return. */
export const resetAllControllers = 121
const allNotesOff = 123

/** From this value on a pedal or a button is down. */
export const pressedFrom = 64

/** Whether a controller lets a pedal up that holds notes, or brings back what it has moved. */
export function bringsBack({ expression }: KeysState, controller: number, value: number, channel = 1): boolean {
  if (holdingPedals.has(controller)) return value < pressedFrom
  const isMoved = expression.moved.some((moved) => moved.channel === channel && moved.name === controller)
  return isMoved && isAtRest({ kind: 'control', controller, value })
}

type Tx = Transaction<KeysState>

/** The next key says where the keyboard is split; asked for again, it says nothing. */
function awaitSplit(tx: Tx): void {
  const splits = !tx.state.keys.splits
  tx.change('keys', { splits })
  if (splits) tx.notify('split-waits')
}

/** Splits the keyboard below a key: it is the lowest of the right hand. */
function splitAt(tx: Tx, key: MidiPitch): void {
  tx.change('keys', { splits: false })
  tx.set('split', key)
  tx.set('zones', 'key')
  tx.notify('split-at', pitchName(key))
}

/** Whether a pedal holds notes here. */
function isHeard({ settings }: KeysState, pedal: 'sustain' | 'sostenuto'): boolean {
  return pedal === 'sustain' || settings.expression
}

/** Where nothing is passed on any more, nothing would come back. */
function switchExpression(tx: Tx): void {
  if (tx.state.settings.expression) return
  tx.change('keys', { sostenuto: [] })
  endReleased(tx)
  bringBack(tx, () => true)
}

/** The wheels of a channel return, and its pedals come up. */
function reset(tx: Tx, channel = 1): void {
  if (!tx.state.settings.expression) return
  for (const pedal of holdingPedals.values()) movePedal(tx, pedal, false, channel)
  bringBack(tx, (moved) => moved.channel === channel)
}

export const keys = {
  initial: { keys: noKeys, expression: noExpression },
  settings: keysSettings,
  actions: {
    'split-here': { label: 'split the keyboard at the next key', run: awaitSplit },
  },
  events: keysEvents,
  receive(tx, event: KeysEvent) {
    switch (event.type) {
      case 'noteOn':
        if (event.velocity === 0) lift(tx, event)
        else if (tx.state.keys.splits) splitAt(tx, event.pitch)
        else {
          press(tx, event)
          hear(tx, event.pitch, event.velocity)
        }
        break
      case 'noteOff':
        lift(tx, event)
        break
      case 'control': {
        const { controller, value, channel } = event
        const pedal = holdingPedals.get(controller)
        if (pedal && isHeard(tx.state, pedal)) movePedal(tx, pedal, value >= pressedFrom, channel)
        if (controller === allSoundOff || controller === allNotesOff) endVoices(tx, () => true)
        else if (controller === resetAllControllers) reset(tx, channel)
        else control(tx, controller, value, channel)
        break
      }
      case 'program':
        express(tx, { kind: 'program', program: event.program }, event.channel)
        break
      case 'bend':
        bend(tx, event.value, event.channel)
        break
      case 'pressure':
        express(tx, { kind: 'pressure', value: event.value }, event.channel)
        break
      case 'keyPressure':
        pressKey(tx, event, event.value)
    }
    return false
  },
  on: [
    when(musicStops, (tx: Tx, { endsKeys }) => {
      if (!endsKeys) return letGoHarmony(tx)
      endVoices(tx, () => true)
      tx.change('keys', { sustain: [], sostenuto: [], splits: false })
      bringBack(tx, () => true)
      letGoHarmony(tx)
    }),
    when(turnBegins, (tx: Tx) => bringBack(tx, (moved) => moved.track === 'lead' && !isByPedal(moved))),
    when(freeBegins, (tx: Tx, { track }) => beginWithKeys(tx, track)),
    when(trackWaits, (tx: Tx, { track }) => beginWithKeys(tx, track, (at) => isOnOne(tx, at))),
    when(allIsCleared, forgetHarmony),
    when(mixChanges, hushMuted),
    whenSet(['doubler', 'split'], double),
    whenSet(['expression'], switchExpression),
    whenSet(['zones', 'left-channel'], endReleased),
    whenSet(['zones'], (tx: Tx) => {
      if (tx.state.settings.zones === 'off') forgetHarmony(tx)
    }),
  ],
} as const satisfies Feature<KeysState>
