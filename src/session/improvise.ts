import {
  beginTurn,
  chordVoice,
  heardNotes,
  type LineMemory,
  phraseRest,
  release,
  remember,
  rememberedOnsets,
  type Turn,
} from '../improv/index.ts'
import { type KeyPress, seeded } from '../models/index.ts'
import { type Beats, type MidiPitch, measureBeats, type Velocity } from '../music/index.ts'
import { beatAt, type Seconds, secondsAt, tempoAt } from '../timing/index.ts'
import { formAt, measureAt, measureStart } from './form.ts'
import { harmonyAt } from './harmony.ts'
import type { Key } from './keys.ts'
import { chosen, isOn, type Moment, seedFrom } from './moment.ts'
import { playOn } from './recorder.ts'
import type { SessionState, Voice } from './state.ts'

/** Keys that go down within so short a time are a chord. */
const chordSeconds: Seconds = 0.05

/** A key this little ahead of the next turn belongs to it. */
const earlyForTurn: Beats = 1 / 8

/** A key this little ahead of a chord is played over it. */
const earlyForChord: Seconds = 0.05

/** A key that plays the solo goes down: what sounds, and who chose it. */
export function solo(moment: Moment, key: Key): { readonly pitch: MidiPitch; readonly by: 'human' | 'machine' } {
  const { boundary, line } = moment.state.improv
  if (boundary && boundary.beat - moment.beat <= earlyForTurn) crossBoundary(moment, moment.at)
  const now = keyPress(moment)
  const chord = chordKeys(moment)
  const answer = isAnswering(moment.state) ? answerTo(moment, key, now, chord) : null
  const pitch = answer?.pitch ?? key.pitch
  // A chord is one step of the line: that of its first key.
  const heard = chord.length === 0 ? (answer?.memory ?? hear(moment, now, pitch)) : line.memory
  const since = chord.length === 0 && line.pressed !== null ? [moment.at - line.pressed] : []
  const interOnsets = [...line.interOnsets, ...since].slice(-rememberedOnsets)
  moment.change('improv', {
    line: { memory: heard, key: key.pitch, pressed: moment.at, released: null, interOnsets },
  })
  return { pitch, by: answer ? 'machine' : 'human' }
}

function isAnswering(state: SessionState): boolean {
  return isOn(state, 'improvise') && state.improv.trade.turn === 'response'
}

type ChordKey = Pick<Voice, 'key' | 'by'> & { readonly pitch: MidiPitch }

/** The keys that went down just now and are held: the next one makes a chord with them. */
function chordKeys({ state, at }: Moment): ChordKey[] {
  return state.keys.voices.flatMap(({ track, key, pitch, by, pressed, released }) =>
    track === 'solo' && pitch !== null && !released && at - pressed <= chordSeconds ? [{ key, pitch, by }] : [],
  )
}

type Answer = { readonly pitch: MidiPitch; readonly memory?: LineMemory }

/** The next pitch that a melody model gave (classic), or one that a soloist chooses now (live). */
function answerTo(
  moment: Moment,
  { pitch: played, answer }: Key,
  now: KeyPress,
  chord: readonly ChordKey[],
): Answer | null {
  const { settings, improv } = moment.state
  if (!isOn(moment.state, 'live')) {
    const [next] = improv.trade.queue
    return next === undefined ? null : { pitch: next }
  }
  const { harmony, contour, wildness: temperature, lowest, highest } = settings
  const [first] = chord
  if (first) {
    if (answer === undefined && first.by === 'human') return null
    return { pitch: answer ?? chordVoice(played, chord, now.chord, harmony) }
  }
  const random = seeded(moment.draw(seedFrom))
  if (answer !== undefined) return { pitch: answer }
  const { soloist } = moment
  const hand = improv.line.key === null ? null : played - improv.line.key
  const range = [Math.min(lowest, highest - 11), highest] as const
  const choice = { harmony, contour, hand, range, temperature, random }
  return soloist?.answer(improv.line.memory ?? soloist.silence, now, choice) ?? null
}

/** The line with a pitch that was not the soloist's choice. */
function hear({ state, soloist }: Moment, now: KeyPress, pitch: MidiPitch): LineMemory | null {
  return soloist?.hear(state.improv.line.memory ?? soloist.silence, now, pitch) ?? null
}

/** What a soloist knows of this moment. */
function keyPress({ state, at, beat }: Moment): KeyPress {
  const { transport, improv } = state
  const form = formAt(transport, beat)
  const bpm = tempoAt(transport.timeline, beat)
  return {
    seconds: at,
    bpm,
    place: measureAt(form, beat).place,
    measure: measureBeats(form.metre),
    released: improv.line.released,
    ...harmonyAt(state, beat + (earlyForChord * bpm) / 60),
  }
}

/** After a key has sounded: it joins its turn, and the turn may be over. */
export function hearKey(moment: Moment, id: number, note: { pitch: MidiPitch; velocity: Velocity }): void {
  const { state, beat } = moment
  const { trade } = state.improv
  if (!isOn(state, 'improvise') || trade.turn === 'waiting') return
  const heard = remember(trade, { ...note, key: id, beat, beats: null })
  moment.change('improv', { trade: { ...heard, queue: trade.queue.slice(1) } })
  const counted = chosen(state, 'hand-over') === 'count' && heard.heard.length >= state.settings.notes
  const isClassicAnswer = trade.turn === 'response' && !isOn(state, 'live')
  if (isClassicAnswer ? trade.queue.length <= 1 : counted) turnOver(moment)
}

/** A key of the solo came up. */
export function releaseKey(moment: Moment, id: number): void {
  const { improv, keys } = moment.state
  const down = keys.voices.some((voice) => voice.track === 'solo' && voice.id !== id && !voice.released)
  const line = down ? improv.line : { ...improv.line, released: moment.at }
  const { trade, before } = improv
  moment.change('improv', {
    trade: release(trade, id, moment.beat),
    before: before && release(before, id, moment.beat),
    line,
  })
}

/** A turn is over by itself. One that is held goes on; a classic answer that is held needs more pitches. */
function turnOver(moment: Moment): void {
  const { trade } = moment.state.improv
  if (!isOn(moment.state, 'hold')) {
    handOver(moment)
    return
  }
  if (trade.turn === 'response' && !isOn(moment.state, 'live')) askMelody(moment)
}

/** Gives the turn to the other side, or to the side that is named. */
export function handOver(moment: Moment, to: Turn = otherSide(moment.state.improv.trade.turn)): void {
  const { trade } = moment.state.improv
  if (to === trade.turn) return
  if (to === 'call') take(moment, 'call')
  else if (isOn(moment.state, 'live')) take(moment, 'response')
  else if (trade.turn !== 'waiting') askMelody(moment)
}

function otherSide(turn: Turn): Turn {
  return turn === 'call' ? 'response' : 'call'
}

function take(moment: Moment, turn: Turn, queue: readonly MidiPitch[] = []): void {
  const { line, trade, before } = moment.state.improv
  moment.change('improv', { before: trade.heard.length > 0 ? trade : before })
  moment.change('improv', { trade: beginTurn(turn, queue), asked: null, line: { ...line, interOnsets: [] } })
}

/** Asks for an answer to what was played in this turn, once. Until it comes, the performer's own notes sound. */
function askMelody(moment: Moment): void {
  const { improv, settings, transport } = moment.state
  const { beat } = moment
  const [first] = improv.trade.heard
  if (!first) {
    moment.tell('nothing-called')
    return
  }
  const form = formAt(transport, first.beat)
  const start = measureStart(form, measureAt(form, first.beat).measure)
  const call = heardNotes(improv.trade, beat).map((note) => ({ ...note, beat: note.beat - start }))
  const request = moment.request()
  take(moment, 'waiting')
  moment.change('improv', { asked: { request, at: moment.at, told: false } })
  const { metre } = form
  const { notes, wildness: temperature } = settings
  moment.do({ type: 'askMelody', request, call, metre, notes, temperature, seed: moment.draw(seedFrom) })
}

/** Takes the pitches that a model answered with: from the next key on they sound. */
export function takeMelody(
  moment: Moment,
  request: number,
  pitches: readonly MidiPitch[] | null,
  message?: string,
): void {
  if (moment.state.improv.asked?.request !== request) return
  if (pitches && pitches.length > 0) {
    take(moment, 'response', pitches.slice(0, moment.state.settings.notes))
    return
  }
  take(moment, 'call')
  moment.tell(pitches ? 'melody-empty' : 'melody-failed', message)
}

/** Begins the trade anew, with a call. */
export function beginTrade(moment: Moment): void {
  take(moment, 'call')
  beginMeasuredTurn(moment)
  if (isOn(moment.state, 'improvise')) playOn(moment, 'solo')
}

/** When the turn is over by its rest, or null while nothing says so. */
export function phraseEnd(state: SessionState): Seconds | null {
  const { trade, line } = state.improv
  if (!isOn(state, 'improvise') || chosen(state, 'hand-over') !== 'phrase' || isOn(state, 'hold')) return null
  if (trade.turn === 'waiting' || trade.heard.length === 0 || line.released === null) return null
  return line.released + phraseRest(line.interOnsets, state.settings.tempo)
}

/** Counts the turn's measures from the next bar line that the count of the form allows. */
export function beginMeasuredTurn(moment: Moment): void {
  const { transport, improv } = moment.state
  const counts =
    transport.playing && isOn(moment.state, 'improvise') && chosen(moment.state, 'hand-over') === 'measures'
  if (!counts) {
    moment.change('improv', { boundary: null })
    return
  }
  const length = turnBeats(moment.state)
  const turns = Math.floor((moment.beat - transport.form.beat + earlyForTurn) / length)
  const beat = transport.form.beat + (Math.max(0, turns) + 1) * length
  moment.change('improv', { boundary: { beat, to: otherSide(improv.trade.turn) } })
}

/** The form is counted from elsewhere: turns go with it, unless they end where its turns do already. */
export function recountTurn(moment: Moment): void {
  const { improv, transport } = moment.state
  const ahead = improv.boundary ? improv.boundary.beat - transport.form.beat : 0
  if (ahead % turnBeats(moment.state) !== 0) beginMeasuredTurn(moment)
}

/** A turn's measures are over. Whoever comes late, by hours even, finds the turn that it is now. */
export function crossBoundary(moment: Moment, until: Seconds): void {
  const { improv, transport } = moment.state
  if (!improv.boundary) return
  const { beat, to } = improv.boundary
  const length = turnBeats(moment.state)
  const turnsBehind = Math.floor((beatAt(transport.timeline, until) - beat) / length)
  const skipped = isIdle(moment.state) ? Math.max(0, 2 * Math.floor((turnsBehind - 1) / 2)) : 0
  moment.change('improv', { boundary: { beat: beat + (skipped + 1) * length, to: otherSide(to) } })
  if (turnsTo(moment.state, to)) handOver(moment, to)
}

/** Whether a boundary gives the turn to a side: no held turn is given, and classic there is no answer to nothing. */
function turnsTo(state: SessionState, to: Turn): boolean {
  const { turn, heard } = state.improv.trade
  if (isOn(state, 'hold') || turn === to) return false
  return to === 'call' || isOn(state, 'live') || heard.length > 0
}

/** Where the turn's measures are over, as far as is known: that boundary, or the one after it, is for the other side. */
function measuresEnd(state: SessionState): Beats | null {
  const { boundary } = state.improv
  if (!boundary) return null
  if (turnsTo(state, boundary.to)) return boundary.beat
  return turnsTo(state, otherSide(boundary.to)) ? boundary.beat + turnBeats(state) : null
}

/** How long a turn is that is counted in measures. */
function turnBeats({ settings, transport }: SessionState): Beats {
  return settings['trade-measures'] * measureBeats(transport.form.metre)
}

/** Whether two turns that go by leave no trace: nobody plays, no answer is awaited, and nothing else is to come. */
function isIdle(state: SessionState): boolean {
  const { improv, transport, stand } = state
  const { turn, heard } = improv.trade
  const settled = isOn(state, 'hold') || (heard.length === 0 && (isOn(state, 'live') || turn === 'call'))
  return settled && !transport.next && !stand.next
}

/** Whose turn it is, and what is coming, for whoever shows it. */
export type Outlook = {
  readonly turn: Turn
  readonly improvising: boolean
  /** How many notes of the buffer are filled, and how many it has. */
  readonly heard: number
  readonly notes: number
  /** Until the turn is over, as far as the clock decides it; null where keys or pedals do. */
  readonly secondsLeft: Seconds | null
  /** The pitches of the next keys, where they are known. */
  readonly next: readonly MidiPitch[]
}

/** Whose turn it is at a moment, and what is coming. */
export function outlook(state: SessionState, at: Seconds): Outlook {
  const { trade } = state.improv
  const end = measuresEnd(state)
  const ends = end === null ? phraseEnd(state) : secondsAt(state.transport.timeline, end)
  return {
    turn: trade.turn,
    improvising: isOn(state, 'improvise'),
    heard: trade.heard.length,
    notes: state.settings.notes,
    secondsLeft: ends === null ? null : Math.max(0, ends - at),
    next: trade.queue,
  }
}
