import { type Metre, metre as makeMetre, metreName } from '../music/index.ts'
import { type Dial, type DialId, dialIds, dials, dialValue, isDial } from './dials.ts'
import { askGroove, changeGroove, stepGroove } from './grooves.ts'
import { alter, redo, undo } from './history.ts'
import { beginMeasuredTurn, beginTrade, handOver } from './improvise.ts'
import { double, hushMuted } from './keys.ts'
import { audible, type Moment } from './moment.ts'
import { arm, disarm } from './recorder.ts'
import { stepSection, turnPage } from './stand.ts'
import { noMaterial } from './state.ts'
import { tracks } from './tracks.ts'
import { play, setMetre, setTempo, stop, tapTempo } from './transport.ts'

/** Something that can be done. */
export type Trigger = {
  readonly label: string
  /** The key that does it, as `KeyboardEvent.code` names it. */
  readonly key?: string
  readonly run: (moment: Moment) => void
}

/** Everything that can be done. With the dials, the one list that keys, buttons, pedals, OSC and help read. */
export const triggers = {
  play: {
    label: 'play or stop',
    key: 'Space',
    run: (moment) => (moment.state.transport.playing ? stop(moment) : play(moment)),
  },
  stop: { label: 'stop', run: stop },
  panic: { label: 'silence everything', key: 'Escape', run: stop },
  tap: { label: 'tap the tempo', key: 'Digit0', run: tapTempo },
  'record-bass': { label: 'record bass', key: 'Digit1', run: (moment) => arm(moment, 'bass', false) },
  'overdub-bass': { label: 'add to the bass', key: 'Shift+Digit1', run: (moment) => arm(moment, 'bass', true) },
  'new-groove': { label: 'new groove', key: 'Digit3', run: askGroove },
  'record-chords': { label: 'record chords', key: 'Digit4', run: (moment) => arm(moment, 'chords', false) },
  'overdub-chords': { label: 'add to the chords', key: 'Shift+Digit4', run: (moment) => arm(moment, 'chords', true) },
  'next-groove': { label: 'next groove', key: 'ArrowRight', run: (moment) => stepGroove(moment, 1) },
  'previous-groove': { label: 'previous groove', key: 'ArrowLeft', run: (moment) => stepGroove(moment, -1) },
  'hand-over-now': { label: 'hand over', key: 'Enter', run: (moment) => handOver(moment) },
  'take-call': { label: 'back to the call', run: (moment) => handOver(moment, 'call') },
  'take-response': { label: 'on to the response', run: (moment) => handOver(moment, 'response') },
  undo: { label: 'undo', key: 'Backspace', run: undo },
  redo: { label: 'redo', key: 'Shift+Backspace', run: redo },
  'clear-bass': { label: 'clear bass', run: (moment) => alter(moment, { bass: null, grooves: noMaterial.grooves }) },
  'clear-drums': { label: 'clear drums', run: clearDrums },
  'clear-chords': { label: 'clear chords', run: (moment) => alter(moment, { chords: null }) },
  'clear-solo': { label: 'clear the call', run: beginTrade },
  'clear-all': {
    label: 'clear all',
    run: (moment) => {
      disarm(moment)
      alter(moment, noMaterial)
      beginTrade(moment)
    },
  },
  'longer-measure': { label: 'one more in the measure', run: (moment) => countBy(moment, 1, 1) },
  'shorter-measure': { label: 'one less in the measure', run: (moment) => countBy(moment, -1, 1) },
  'shorter-units': { label: 'count shorter notes', run: (moment) => countBy(moment, 0, 2) },
  'longer-units': { label: 'count longer notes', run: (moment) => countBy(moment, 0, 1 / 2) },
  'next-section': { label: 'next section', key: 'PageDown', run: (moment) => stepSection(moment, 1) },
  'previous-section': { label: 'previous section', key: 'PageUp', run: (moment) => stepSection(moment, -1) },
  'next-song': { label: 'next song', key: 'Shift+PageDown', run: (moment) => turnPage(moment, 1) },
  'previous-song': { label: 'previous song', key: 'Shift+PageUp', run: (moment) => turnPage(moment, -1) },
} as const satisfies Record<string, Trigger>

/** Something that can be done, by its name. */
export type TriggerId = keyof typeof triggers

/** What can be done or set. */
export type ActionId = TriggerId | DialId

/** The names of all that can be done or set. */
export const actionIds: readonly ActionId[] = [...(Object.keys(triggers) as TriggerId[]), ...dialIds]

/** Whether a text names an action. */
export function isAction(text: string): text is ActionId {
  return isTrigger(text) || isDial(text)
}

function isTrigger(text: string): text is TriggerId {
  return Object.hasOwn(triggers, text)
}

/**
 * Does an action; sets a dial.
 *
 * @param value what a dial is set to; else it is moved.
 * @param by how many steps a dial is moved; else it goes a step on, and from the end comes round: so a switch is
 *   switched over.
 */
export function perform(moment: Moment, action: ActionId, value?: number, by?: number): void {
  if (isTrigger(action)) {
    triggers[action].run(moment)
    return
  }
  setDial(moment, action, value ?? movedDial(action, moment.state.settings[action], by))
}

function movedDial(id: DialId, from: number, by?: number): number {
  const { least, most, ratios, step, nudge = step ?? (most - least) / 20 }: Dial = dials[id]
  if (by === undefined) return from >= most ? least : movedDial(id, from, 1)
  return ratios ? from * 2 ** (by / 4) : from + by * nudge
}

/** Leaves the drums to follow the bass. */
function clearDrums(moment: Moment): void {
  const { bass, drums, grooves } = moment.state.material
  if (bass && !drums && grooves.length === 0) moment.tell('drums-follow')
  alter(moment, { drums: null, grooves: noMaterial.grooves })
}

function setDial(moment: Moment, id: DialId, value: number): void {
  if (id === 'tempo') {
    setTempo(moment, value)
    return
  }
  const before = moment.state
  moment.change('settings', { [id]: dialValue(id, value) })
  if (moment.state.settings[id] === before.settings[id]) return
  if (id === 'fixed-groove') changeGroove(moment)
  else if (id === 'improvise' || id === 'live' || id === 'hand-over') beginTrade(moment)
  else if (id === 'trade-measures') beginMeasuredTurn(moment)
  else if (id === 'doubler' || id === 'split') double(moment)
  else if (id.startsWith('mute-') || id.startsWith('only-')) {
    hushMuted(moment)
    for (const track of tracks) {
      if (audible(before, track) && !audible(moment.state, track)) moment.do({ type: 'silence', track })
    }
  }
}

/** Counts so many units more in a measure, or units so many times as short. */
function countBy(moment: Moment, more: number, times: number): void {
  const { form, next } = moment.state.transport
  const { numerator, denominator } = next?.metre ?? form.metre
  let metre: Metre
  try {
    metre = makeMetre(numerator + more, denominator * times)
  } catch {
    moment.tell('bad-metre')
    return
  }
  setMetre(moment, metreName(metre))
}
