import type { Transaction } from '../core/index.ts'
import { zoneOf } from '../zones/index.ts'
import { isPedalled } from './pedalled.ts'
import type { KeysState } from './state.ts'
import { double, endVoices } from './voices.ts'

type Tx = Transaction<KeysState>

/**
 * A pedal that holds notes goes down or comes up. Where the hands have channels of their own, so have their feet. In version
 * 1 the pedal of any channel let up those of all.
 */
export function movePedal(tx: Tx, pedal: 'sustain' | 'sostenuto', down: boolean, channel = 1): void {
  const { keys, settings } = tx.state
  const before = keys[pedal]
  const others = settings.expression ? before.filter((each) => each !== channel) : []
  if (pedal === 'sostenuto' && down && !before.includes(channel)) catchVoices(tx, channel)
  tx.change('keys', { [pedal]: down ? [...others, channel] : others })
  endReleased(tx)
}

/** What sounds now is held by the sostenuto pedal; what comes later isn't. */
function catchVoices(tx: Tx, channel: number): void {
  const { keys, settings } = tx.state
  const { hand } = zoneOf(tx.state, { pitch: 127, channel })
  const voices = keys.voices.map((voice) => ({
    ...voice,
    caught: voice.caught || settings.zones !== 'channel' || voice.hand === hand,
  }))
  tx.change('keys', { voices })
}

/** Ends the notes whose keys are up and that no pedal holds any more. */
export function endReleased(tx: Tx): void {
  const { state } = tx
  endVoices(tx, (voice) => voice.released && !isPedalled(state, voice))
  double(tx)
}
