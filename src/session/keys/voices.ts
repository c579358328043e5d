import type { MidiPitch, Velocity } from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'
import type { Transaction } from '../core/index.ts'
import { audible } from '../mixer/index.ts'
import { endForArmed, recordNote, recordRelease } from '../recording/index.ts'
import type { PlayedTrack } from '../track.ts'
import { type Answered, answerKey, continueLine, isVoice, joinTurn, releaseKey } from '../trading/index.ts'
import { hearHarmony, zoneOf } from '../zones/index.ts'
import { introduce } from './expression-routes.ts'
import { placeInZones } from './mpe.ts'
import { isPedalled } from './pedalled.ts'
import { doublerId, idOf, type KeysState, pressedKey, type Voice } from './state.ts'

type Tx = Transaction<KeysState>

/** Keys that go down within this time are a chord. */
const chordSeconds: Seconds = 0.05

/** How much later a foot may go down than the key that it belongs to. */
const footSeconds: Seconds = 0.1

/** A key that goes down. */
export type Key = {
  readonly pitch: MidiPitch
  readonly velocity: Velocity
  readonly channel?: number
  readonly answer?: MidiPitch
}

/** A key goes down: it sounds at once, and then is recorded and joins its turn. */
export function press(tx: Tx, key: Key): void {
  const id = idOf(key)
  endVoices(tx, (voice) => voice.id === id)
  endTakeFor(tx, key)
  const { hand, track, pitch } = zoneOf(tx.state, key)
  const { velocity } = key
  const isLead = track === 'lead'
  const chord = isLead ? chordVoices(tx) : []
  const played = { ...key, pitch }
  const answered: Answered = isLead ? answerKey(tx, played, chord) : { pitch, by: 'human', memory: null }
  const { pitch: chosen, by } = answered
  const channel = placeInZones(tx.state.expression.mpe, key.channel ?? 1) ? (key.channel ?? 1) : null
  const held = { released: false, caught: false, pressed: tx.at }
  const begun = { id, key: pitch, velocity, hand, track, chosen, by, channel, ...held }
  start(tx, begun)
  if (isLead) continueLine(tx, played, answered, chord)
  hear(tx, begun, true)
  const voice = isVoice(tx.state, chord)
  if (voice) setInOrder(tx)
  if (isLead) joinTurn(tx, id, { pitch: chosen, velocity }, voice)
  recordNote(tx, track, id, { pitch: chosen, velocity })
  double(tx)
}

/**
 * Keys that went down just before a foot were meant to begin what it begins, on whichever track they sound.
 *
 * @param isMeant whether a key that went down at a moment was.
 */
export function beginWithKeys(tx: Tx, track: PlayedTrack, isMeant: (at: Seconds) => boolean = () => true): void {
  for (const voice of tx.state.keys.voices) {
    const { id, velocity, pressed, released } = voice
    if (id === doublerId || released || tx.at - pressed > footSeconds || !isMeant(pressed)) continue
    const zone = zoneOf(tx.state, { pitch: pressedKey(voice), channel: Math.floor(id / 128) })
    if (zone.track !== track) continue
    const pitch = voice.track === track ? voice.chosen : zone.pitch
    recordNote(tx, track, id, { pitch, velocity }, pressed)
  }
}

/** A key that is early for the take that waits may end the one that is recorded; in a zone, only one that plays either. */
function endTakeFor(tx: Tx, key: Key): void {
  const { recording, settings } = tx.state
  const { track } = zoneOf(tx.state, key)
  const isConcerned = track === recording.take?.track || track === recording.armed?.track
  if (settings.zones === 'off' || isConcerned) endForArmed(tx)
}

/** What the zones of bass and chords hold is the harmony of this moment. */
function hear(tx: Tx, { track, key, pressed, released }: Omit<Voice, 'pitch'>, down: boolean): void {
  const { keys, settings } = tx.state
  if (settings.zones === 'off' || track === 'lead') return
  const on = (which: PlayedTrack) =>
    keys.voices.flatMap((voice) =>
      voice.id !== doublerId && voice.track === which ? { ...voice, pitch: voice.key } : [],
    )
  const moved = { pitch: key, pressed, released, down, inChord: track === 'chords' }
  hearHarmony(tx, { chords: on('chords'), bass: on('bass') }, moved)
}

type Sounding = Voice & { readonly pitch: MidiPitch }

/** The keys that went down just now and are held: the next one makes a chord with them. */
function chordVoices({ state, at }: Tx): Sounding[] {
  return state.keys.voices.filter(
    (voice): voice is Sounding =>
      voice.track === 'lead' && voice.pitch !== null && !voice.released && at - voice.pressed <= chordSeconds,
  )
}

/**
 * Gives the pitches of an answered chord to its keys in their order: the top key has the lead. Nothing sounds anew. A note of
 * an MPE zone keeps its pitch, which sounds on its own channel.
 */
function setInOrder(tx: Tx): void {
  const voices = chordVoices(tx).filter(({ by, channel }) => by === 'machine' && channel === null)
  const pitches = voices.map(({ pitch }) => pitch).sort((a, b) => a - b)
  const byKey = [...voices].sort((a, b) => a.key - b.key)
  for (const [index, { id }] of byKey.entries()) changeVoice(tx, id, { pitch: pitches[index] ?? null })
}

/** A key comes up: what it made sound ends, unless the pedal holds it. */
export function lift(tx: Tx, key: Pick<Key, 'pitch' | 'channel'>): void {
  const id = idOf(key)
  const voice = tx.state.keys.voices.find((each) => each.id === id && !each.released)
  if (!voice) return
  if (isPedalled(tx.state, voice)) {
    if (voice.track === 'lead') release(tx, id)
    changeVoice(tx, id, { released: true })
    hear(tx, voice, false)
  } else endVoices(tx, (each) => each.id === id)
  double(tx)
}

function release(tx: Tx, id: number): void {
  const others = tx.state.keys.voices.filter((voice) => voice.track === 'lead' && voice.id !== id && !voice.released)
  releaseKey(tx, id, others)
}

/** Ends voices, whatever their keys do. */
export function endVoices(tx: Tx, which: (voice: Voice) => boolean): void {
  const { voices } = tx.state.keys
  const ending = voices.filter(which)
  if (ending.length === 0) return
  tx.change('keys', { voices: voices.filter((voice) => !which(voice)) })
  for (const voice of ending) {
    const { id, track, released } = voice
    endSound(tx, voice)
    recordRelease(tx, id)
    if (track === 'lead' && !released) release(tx, id)
    hear(tx, voice, false)
  }
}

/** Ends what sounds of tracks that are not heard any more; keys that are down stay silent. */
export function hushMuted(tx: Tx): void {
  for (const voice of tx.state.keys.voices) {
    if (voice.pitch === null || audible(tx.state, voice.track)) continue
    endSound(tx, voice)
    changeVoice(tx, voice.id, { pitch: null })
  }
}

/** Lets the lowest key below the split sound in the bass too, as long as it is down. */
export function double(tx: Tx): void {
  const { keys, settings } = tx.state
  const doubled = keys.voices.find(({ id }) => id === doublerId)
  const lowest = settings.doubler ? lowestBelow(keys.voices, settings.split) : undefined
  if (doubled?.key === lowest?.key && doubled?.pressed === lowest?.pressed) return
  endVoices(tx, ({ id }) => id === doublerId)
  if (!lowest) return
  start(tx, { ...lowest, id: doublerId, track: 'bass', chosen: lowest.key, released: false, by: 'human' })
}

function lowestBelow(voices: readonly Voice[], split: MidiPitch): Voice | undefined {
  const below = voices.filter((voice) => voice.id !== doublerId && voice.track !== 'bass' && pressedKey(voice) < split)
  return below.sort((a, b) => a.key - b.key)[0]
}

/** Begins a voice. Where its pitch sounds already, it is struck anew, and belongs to the new key alone. */
function start(tx: Tx, voice: Omit<Voice, 'pitch'>): void {
  const { track, chosen: pitch, velocity, by, channel } = voice
  if (!audible(tx.state, track)) {
    addVoice(tx, { ...voice, pitch: null })
    return
  }
  for (const other of tx.state.keys.voices) {
    if (other.track !== track || other.pitch !== pitch || other.channel !== channel) continue
    endSound(tx, other)
    changeVoice(tx, other.id, { pitch: null })
  }
  addVoice(tx, { ...voice, pitch })
  const gain = tx.state.settings[`volume-${track}`]
  if (channel !== null) introduce(tx, track)
  const kept = channel === null ? {} : { channel }
  tx.emit({ type: 'sound', track, pitch, velocity, gain, by, key: pressedKey(voice), ...kept })
}

/** Ends what a voice sounds, if it sounds. */
function endSound(tx: Tx, { track, pitch, channel }: Voice): void {
  if (pitch !== null) tx.emit({ type: 'stop', track, pitch, ...(channel !== null && { channel }) })
}

function addVoice(tx: Tx, voice: Voice): void {
  tx.change('keys', { voices: [...tx.state.keys.voices, voice] })
}

function changeVoice(tx: Tx, id: number, patch: Partial<Voice>): void {
  const { voices } = tx.state.keys
  tx.change('keys', { voices: voices.map((voice) => (voice.id === id ? { ...voice, ...patch } : voice)) })
}
