import {
  type ChordVoice,
  chordVoice,
  heardScale,
  hearOnset,
  hearTone,
  type LineMemory,
  likelyTop,
  moveHand,
  playsChords,
  release,
  remember,
  rememberedOnsets,
  voiceUnder,
} from '../../improv/index.ts'
import { type KeyPress, seeded } from '../../models/index.ts'
import { type MidiPitch, measureBeats, type PitchClass, type Velocity } from '../../music/index.ts'
import { type Seconds, tempoAt } from '../../timing/index.ts'
import { announcement, type Transaction } from '../core/index.ts'
import { formAt, measureAt } from '../transport/index.ts'
import { harmonyNow } from '../zones/index.ts'
import { ruleOf, type TradingState } from './hand-over/index.ts'
import { type Line, machineRange } from './state.ts'
import { isMachinesTurn, turnOver } from './turns.ts'

type Tx = Transaction<TradingState>

/** A key of the lead goes down; its turn is about to be known. */
export const leadIsPlayed = announcement('a key of the lead goes down')

/** A key this little ahead of a chord is played over it. */
const earlyForChord: Seconds = 0.05

/** A key that plays the lead. */
export type LeadKey = {
  readonly pitch: MidiPitch
  /** The pitch that a recording holds for it. */
  readonly answer?: MidiPitch
}

/** A key that went down a moment ago and is held: the next one makes a chord with it. */
export type ChordKey = ChordVoice & { readonly by: 'human' | 'machine' }

/** What a key of the lead sounds, who chose it, and what the soloist remembers after it; null where it was not the soloist. */
export type Answered = {
  readonly pitch: MidiPitch
  readonly by: 'human' | 'machine'
  readonly memory: LineMemory | null
}

/**
 * A key that plays the lead goes down: what sounds, and who chose it.
 *
 * @param chord the keys that it makes a chord with. A chord is one step of the line: that of its first key.
 */
export function answerKey(tx: Tx, key: LeadKey, chord: readonly ChordKey[]): Answered {
  tx.change('trading', { unplayed: 0 })
  ruleOf(tx.state).beforeKey?.(tx)
  tx.announce(leadIsPlayed)
  const { settings, trading } = tx.state
  const answersKeys = settings.improvise && trading.trade.turn === 'response' && !isMachinesTurn(tx.state)
  const isAnswering = answersKeys || isVoice(tx.state, chord)
  const answer = isAnswering ? answerTo(tx, key, chord) : null
  if (!answer) return { pitch: key.pitch, by: 'human', memory: null }
  return { pitch: answer.pitch, by: 'machine', memory: answer.memory ?? null }
}

/** After a key has sounded: the line goes on with it. */
export function continueLine(tx: Tx, key: LeadKey, { pitch, memory }: Answered, chord: readonly ChordKey[]): void {
  const inChord = chord.length > 0
  const known = inChord ? tx.state.trading.line.memory : (memory ?? observe(tx, pitch))
  tx.change('trading', { line: lineAfter(tx, key.pitch, pitch, inChord, known) })
}

/** The line with a key more. */
function lineAfter(
  { state, at }: Tx,
  key: MidiPitch,
  pitch: MidiPitch,
  inChord: boolean,
  memory: LineMemory | null,
): Line {
  const { trading, settings } = state
  const { line } = trading
  const hand = moveHand(line.hand, key, inChord)
  const { pressed, onset, released } = line
  const isStep = !inChord && pressed !== null && onset !== null
  return {
    key: inChord && settings.voicing ? Math.max(...hand.last) : key,
    pressed: at,
    onset: inChord ? onset : at,
    released: null,
    hand,
    tones: hearTone(line.tones, pitch),
    interOnsets: isStep ? [...line.interOnsets.slice(1 - rememberedOnsets), at - pressed] : line.interOnsets,
    rests: isStep ? hearOnset(line.rests, at - onset, (released ?? at) - onset, settings.tempo) : line.rests,
    memory,
  }
}

/** Whether a key belongs to a chord that is answered: then it is, too, even if the turn was over with the chord's first key. */
export function isVoice({ settings }: TradingState, chord: readonly ChordKey[]): boolean {
  return settings.voicing && chord.some(({ by }) => by === 'machine')
}

type Answer = { readonly pitch: MidiPitch; readonly memory?: LineMemory }

/** The next pitch that a melody model gave (classic), or one that a soloist chooses now (live); chords go with it. */
function answerTo(tx: Tx, key: LeadKey, chord: readonly ChordKey[]): Answer | null {
  const { state } = tx
  if (isVoice(state, chord)) return voiceOf(state, key, keyPress(tx), chord)
  if (!state.settings.live) {
    const [next] = state.trading.trade.queue
    return next === undefined ? null : { pitch: next }
  }
  const [first] = chord
  const now = keyPress(tx)
  if (!first) return choose(tx, key, now)
  if (key.answer === undefined && first.by === 'human') return null
  return { pitch: key.answer ?? chordVoice(key.pitch, chord, now.chord, state.settings.harmony) }
}

/** The pitch of another key of a chord that is answered. */
function voiceOf(state: TradingState, { pitch, answer }: LeadKey, now: KeyPress, chord: readonly ChordKey[]): Answer {
  const answered = chord.filter(({ by }) => by === 'machine')
  return { pitch: answer ?? voiceUnder(pitch, answered, chordTonesOf(state, now), state.settings.lowest) }
}

/** What a chord may have: the tones of the harmony, or else those of the scale that has been heard. */
function chordTonesOf({ trading }: TradingState, { chord }: KeyPress): readonly PitchClass[] | null {
  return chord?.tones ?? heardScale(trading.line.tones)
}

/** At this memory and above, lines are balanced in full: that was learnt there. */
const usualMemory = 0.6

/** What a soloist chooses. */
function choose(tx: Tx, { pitch: played, answer }: LeadKey, now: KeyPress): Answer | null {
  const random = seeded(tx.drawSeed())
  if (answer !== undefined) return { pitch: answer }
  const { soloist, state } = tx
  const { line } = state.trading
  const { harmony, contour, register, memory, pocket, guest, voicing, wildness: temperature } = state.settings
  const hand = line.key === null ? null : played - line.key
  const { middle } = moveHand(line.hand, played, false)
  const place = middle === null ? null : { middle, key: played }
  const builds = state.settings['pocket-builds']
  const tones = voicing && playsChords(line.hand) ? chordTonesOf(state, now) : null
  const comping = tones && { tones, top: likelyTop(line.hand, played) }
  const choice = {
    harmony,
    key: null,
    contour,
    hand,
    range: machineRange(state.settings),
    register,
    place,
    comping,
    motif: null,
    memory,
    balance: Math.min(1, memory / usualMemory),
    pocket,
    builds,
    guest,
    temperature,
    random,
  }
  return soloist?.answer(line.memory ?? soloist.silence, now, choice) ?? null
}

/** The line with a pitch that was not the soloist's choice. */
function observe(tx: Tx, pitch: MidiPitch): LineMemory | null {
  const { state, soloist } = tx
  return soloist?.hear(state.trading.line.memory ?? soloist.silence, keyPress(tx), pitch) ?? null
}

/** What a soloist knows of this moment. */
function keyPress({ state, at, beat }: Tx): KeyPress {
  const { transport, trading } = state
  const form = formAt(transport, beat)
  const bpm = tempoAt(transport.timeline, beat)
  return {
    seconds: at,
    bpm,
    place: measureAt(form, beat).place,
    measure: measureBeats(form.metre),
    released: trading.line.released,
    ...harmonyNow(state, beat + (earlyForChord * bpm) / 60),
  }
}

/** After a key has sounded: it joins its turn, and the turn may be over. @param voice see {@link isVoice}. */
export function joinTurn(
  tx: Tx,
  key: number,
  note: { readonly pitch: MidiPitch; readonly velocity: Velocity },
  voice: boolean,
): void {
  const { state, beat } = tx
  const { trade } = state.trading
  const { improvise, duet } = state.settings
  if (!(improvise || duet) || trade.turn === 'waiting' || isMachinesTurn(state)) return
  // The turn was over with the chord's first key.
  if (voice && trade.heard.length === 0) return
  const { pitch, velocity } = note
  const heard = remember(trade.heard, { key, pitch, velocity, beat, beats: null })
  const isClassicAnswer = trade.turn === 'response' && !state.settings.live
  const queue = voice || trade.queue.length === 0 ? trade.queue : trade.queue.slice(1)
  tx.change('trading', { trade: { turn: trade.turn, heard, queue } })
  if (!improvise) return
  if (isClassicAnswer ? queue.length === 0 && !voice : ruleOf(tx.state).isOver?.(tx.state)) turnOver(tx)
}

/** A key that is down. */
export type KeyDown = { readonly key: MidiPitch; readonly pressed: Seconds }

/** A key of the lead came up. @param down those that are down still. */
export function releaseKey(tx: Tx, key: number, down: readonly KeyDown[]): void {
  const { trade, before, line } = tx.state.trading
  const goesOn = tx.state.settings['own-rests']
    ? line.released !== null || down.some((each) => isOfLine(line, each))
    : down.length > 0
  tx.change('trading', {
    trade: release(trade, key, tx.beat),
    before: before && release(before, key, tx.beat),
    line: goesOn ? line : { ...line, released: tx.at },
  })
}

/** Whether a key that is held belongs to the line: it is the last one, or above it. Others accompany it. */
function isOfLine({ onset, hand }: Line, { key, pressed }: KeyDown): boolean {
  return onset === null || pressed >= onset || key > Math.max(...hand.last)
}
