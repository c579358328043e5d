import type { Soloist } from '../improv/index.ts'
import type { Velocity } from '../music/index.ts'
import { perform } from './actions.ts'
import { touch } from './controls.ts'
import { catchUp } from './due.ts'
import type { Effect } from './effect.ts'
import type { SessionEvent } from './event.ts'
import { isSane } from './event-schema.ts'
import { takeGroove } from './grooves.ts'
import { takeMelody } from './improvise.ts'
import { endVoices, lift, press, sustain } from './keys.ts'
import { Moment } from './moment.ts'
import { laySetList, leaveByNote, setChart } from './stand.ts'
import type { SessionState } from './state.ts'
import { setMetre } from './transport.ts'

/**
 * The performance, a step further: a pure function.
 *
 * First comes what was due before the event, each at its own time, then the event. So it does not matter how often the
 * clock ticks. What makes no sense is counted and changes nothing; nothing is ever thrown.
 *
 * @param soloist who chooses pitches live; without one they are the performer's own, or those that a recording holds.
 */
export function step(
  state: SessionState,
  event: SessionEvent,
  soloist: Soloist | null = null,
): { readonly state: SessionState; readonly effects: readonly Effect[] } {
  if (!isSane(event)) return { state: { ...state, refused: state.refused + 1 }, effects: [] }
  const moment = new Moment(state, state.now, soloist)
  catchUp(moment, event.at)
  moment.at = event.at
  handle(moment, event)
  moment.set({ now: Math.max(state.now, event.at) })
  return { state: moment.state, effects: moment.effects }
}

function handle(moment: Moment, event: SessionEvent): void {
  switch (event.type) {
    case 'noteOn':
      if (event.velocity === 0) {
        lift(moment, event)
        return
      }
      if (touch(moment, 'note', event.pitch, event.velocity, event.channel)) return
      leaveByNote(moment)
      press(moment, event)
      break
    case 'noteOff':
      lift(moment, event)
      break
    case 'control':
      control(moment, event.controller, event.value, event.channel)
      break
    case 'program':
      touch(moment, 'program', event.program, 127, event.channel)
      break
    case 'act':
      perform(moment, event.action, event.value, event.by)
      break
    case 'metre':
      setMetre(moment, event.metre)
      break
    case 'chart':
      setChart(moment, event.chart)
      break
    case 'learn':
      moment.change('controls', { learning: event.action })
      break
    case 'bind':
      moment.change('controls', { bindings: { ...moment.state.controls.bindings, ...event.bindings } })
      break
    case 'setList':
      laySetList(moment, event.songs)
      break
    case 'groove':
      takeGroove(moment, event.request, event.answer, event.message)
      break
    case 'melody':
      takeMelody(moment, event.request, event.pitches, event.message)
      break
    case 'tick':
  }
}

/** MIDI's controllers that mean the same on every keyboard. */
const sustainPedal = 64
const allSoundOff = 120
const allNotesOff = 123

function control(moment: Moment, controller: number, value: Velocity, channel?: number): void {
  const bound = touch(moment, 'cc', controller, value, channel)
  const down = value >= 64
  // A pedal that was bound while it was down still comes up.
  if (controller === sustainPedal && !(bound && down)) sustain(moment, down)
  if (bound) return
  if (controller === allSoundOff || controller === allNotesOff) endVoices(moment, () => true)
}
