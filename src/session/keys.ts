import type { MidiPitch, Velocity } from '../music/index.ts'
import { hearKey, releaseKey, solo } from './improvise.ts'
import { audible, chosen, isOn, type Moment } from './moment.ts'
import { endForArmed, recordNote, recordRelease } from './recorder.ts'
import type { Voice } from './state.ts'

/** The bass doubler's own voice. */
const doublerId = -1

/** A key that goes down. */
export type Key = {
  readonly pitch: MidiPitch
  readonly velocity: Velocity
  readonly channel?: number
  readonly answer?: MidiPitch
}

/** A key goes down: it sounds at once, and then is recorded and heard. */
export function press(moment: Moment, key: Key): void {
  const id = idOf(key)
  endVoices(moment, (voice) => voice.id === id)
  endForArmed(moment)
  const track = chosen(moment.state, 'keys')
  const { pitch, velocity } = key
  const choice = track === 'solo' ? solo(moment, key) : { pitch, by: 'human' as const }
  start(moment, { id, key: pitch, velocity, track, pressed: moment.at, released: false, taken: null, ...choice })
  if (track === 'solo') hearKey(moment, id, { pitch: choice.pitch, velocity })
  else {
    const taken = recordNote(moment, track, { pitch, velocity })
    if (taken !== null) changeVoice(moment, id, { taken })
  }
  double(moment)
}

/** A key comes up: what it made sound ends, unless the pedal holds it. */
export function lift(moment: Moment, key: { readonly pitch: MidiPitch; readonly channel?: number }): void {
  const id = idOf(key)
  const voice = moment.state.keys.voices.find((each) => each.id === id && !each.released)
  if (!voice) return
  if (voice.track === 'solo') releaseKey(moment, id)
  if (moment.state.keys.pedal) changeVoice(moment, id, { released: true })
  else endVoices(moment, (each) => each.id === id)
  double(moment)
}

/** The sustain pedal. */
export function sustain(moment: Moment, down: boolean): void {
  moment.change('keys', { pedal: down })
  if (!down) endVoices(moment, ({ released }) => released)
  double(moment)
}

/** Ends voices, whatever their keys do. */
export function endVoices(moment: Moment, which: (voice: Voice) => boolean): void {
  const { voices } = moment.state.keys
  const ending = voices.filter(which)
  if (ending.length === 0) return
  moment.change('keys', { voices: voices.filter((voice) => !which(voice)) })
  for (const { id, track, pitch, taken, released } of ending) {
    if (pitch !== null) moment.do({ type: 'stop', track, pitch })
    if (taken !== null) recordRelease(moment, taken)
    if (track === 'solo' && !released) releaseKey(moment, id)
  }
}

/** Ends what sounds of muted tracks; keys that are down stay silent. */
export function hushMuted(moment: Moment): void {
  for (const { id, track, pitch } of moment.state.keys.voices) {
    if (pitch === null || audible(moment.state, track)) continue
    moment.do({ type: 'stop', track, pitch })
    changeVoice(moment, id, { pitch: null })
  }
}

/** Lets the lowest key below the split sound in the bass too, as long as it is down. */
export function double(moment: Moment): void {
  const { keys, settings } = moment.state
  const below = keys.voices.filter(({ id, key, track }) => id !== doublerId && track !== 'bass' && key < settings.split)
  const lowest = isOn(moment.state, 'doubler') ? below.sort((a, b) => a.key - b.key)[0] : undefined
  const doubled = keys.voices.find(({ id }) => id === doublerId)
  if (doubled?.key === lowest?.key && doubled?.pressed === lowest?.pressed) return
  endVoices(moment, ({ id }) => id === doublerId)
  if (lowest) {
    const { key, velocity, pressed } = lowest
    start(moment, {
      id: doublerId,
      key,
      velocity,
      track: 'bass',
      pitch: key,
      pressed,
      released: false,
      taken: null,
      by: 'human',
    })
  }
}

/** Begins a voice. Where its pitch sounds already, it is struck anew, and belongs to the new key alone. */
function start(moment: Moment, voice: Voice & { readonly pitch: MidiPitch }): void {
  const { track, pitch, velocity, by, key } = voice
  if (!audible(moment.state, track)) {
    addVoice(moment, { ...voice, pitch: null })
    return
  }
  for (const other of moment.state.keys.voices) {
    if (other.track !== track || other.pitch !== pitch) continue
    moment.do({ type: 'stop', track, pitch })
    changeVoice(moment, other.id, { pitch: null })
  }
  addVoice(moment, voice)
  moment.do({ type: 'sound', track, pitch, velocity, gain: moment.state.settings[`volume-${track}`], by, key })
}

function addVoice(moment: Moment, voice: Voice): void {
  moment.change('keys', { voices: [...moment.state.keys.voices, voice] })
}

function changeVoice(moment: Moment, id: number, patch: Partial<Voice>): void {
  const { voices } = moment.state.keys
  moment.change('keys', { voices: voices.map((voice) => (voice.id === id ? { ...voice, ...patch } : voice)) })
}

function idOf({ pitch, channel = 1 }: { readonly pitch: MidiPitch; readonly channel?: number }): number {
  return 128 * channel + pitch
}
