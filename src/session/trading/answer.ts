import { chordVoice, type LineMemory, release, remember, rememberedOnsets } from '../../improv/index.ts'
import { type KeyPress, seeded } from '../../models/index.ts'
import { type MidiPitch, measureBeats, type Velocity } from '../../music/index.ts'
import { type Seconds, tempoAt } from '../../timing/index.ts'
import type { Transaction } from '../core/index.ts'
import { harmonyAt } from '../tracks/index.ts'
import { formAt, measureAt } from '../transport/index.ts'
import { ruleOf, type TradingState } from './hand-over/index.ts'
import { turnOver } from './turns.ts'

type Tx = Transaction<TradingState>

/** A key this little ahead of a chord is played over it. */
const earlyForChord: Seconds = 0.05

/** A key that plays the lead. */
export type LeadKey = {
  readonly pitch: MidiPitch
  /** The pitch that a recording holds for it. */
  readonly answer?: MidiPitch
}

/** A key that went down a moment ago and is held: the next one makes a chord with it. */
export type ChordKey = { readonly key: MidiPitch; readonly pitch: MidiPitch; readonly by: 'human' | 'machine' }

/**
 * A key that plays the lead goes down: what sounds, and who chose it.
 *
 * @param chord the keys that it makes a chord with. A chord is one step of the line: that of its first key.
 */
export function answerKey(
  tx: Tx,
  key: LeadKey,
  chord: readonly ChordKey[],
): { readonly pitch: MidiPitch; readonly by: 'human' | 'machine' } {
  ruleOf(tx.state).beforeKey?.(tx)
  const { line } = tx.state.trading
  const now = keyPress(tx)
  const answer = isAnswering(tx.state) ? answerTo(tx, key, now, chord) : null
  const pitch = answer?.pitch ?? key.pitch
  const memory = chord.length === 0 ? (answer?.memory ?? observe(tx, now, pitch)) : line.memory
  const since = chord.length === 0 && line.pressed !== null ? [tx.at - line.pressed] : []
  const interOnsets = [...line.interOnsets, ...since].slice(-rememberedOnsets)
  tx.change('trading', { line: { memory, key: key.pitch, pressed: tx.at, released: null, interOnsets } })
  return { pitch, by: answer ? 'machine' : 'human' }
}

function isAnswering({ settings, trading }: TradingState): boolean {
  return settings.improvise && trading.trade.turn === 'response'
}

type Answer = { readonly pitch: MidiPitch; readonly memory?: LineMemory }

/** The next pitch that a melody model gave (classic), or one that a soloist chooses now (live). */
function answerTo(
  tx: Tx,
  { pitch: played, answer }: LeadKey,
  now: KeyPress,
  chord: readonly ChordKey[],
): Answer | null {
  const { settings, trading } = tx.state
  if (!settings.live) {
    const [next] = trading.trade.queue
    return next === undefined ? null : { pitch: next }
  }
  const { harmony, contour, wildness: temperature, lowest, highest } = settings
  const [first] = chord
  if (first) {
    if (answer === undefined && first.by === 'human') return null
    return { pitch: answer ?? chordVoice(played, chord, now.chord, harmony) }
  }
  const random = seeded(tx.drawSeed())
  if (answer !== undefined) return { pitch: answer }
  const { soloist } = tx
  const hand = trading.line.key === null ? null : played - trading.line.key
  const range = [Math.min(lowest, highest - 11), highest] as const
  const choice = { harmony, contour, hand, range, temperature, random }
  return soloist?.answer(trading.line.memory ?? soloist.silence, now, choice) ?? null
}

/** The line with a pitch that was not the soloist's choice. */
function observe({ state, soloist }: Tx, now: KeyPress, pitch: MidiPitch): LineMemory | null {
  return soloist?.hear(state.trading.line.memory ?? soloist.silence, now, pitch) ?? null
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
    ...harmonyAt(state, beat + (earlyForChord * bpm) / 60),
  }
}

/** After a key has sounded: it joins its turn, and the turn may be over. */
export function joinTurn(tx: Tx, key: number, note: { pitch: MidiPitch; velocity: Velocity }): void {
  const { beat } = tx
  const { trade } = tx.state.trading
  if (!tx.state.settings.improvise || trade.turn === 'waiting') return
  const heard = remember(trade, { ...note, key, beat, beats: null })
  tx.change('trading', { trade: { ...heard, queue: trade.queue.slice(1) } })
  const isClassicAnswer = trade.turn === 'response' && !tx.state.settings.live
  if (isClassicAnswer ? trade.queue.length <= 1 : ruleOf(tx.state).isOver?.(tx.state)) turnOver(tx)
}

/** A key of the lead came up. @param othersAreDown whether others are. */
export function releaseKey(tx: Tx, key: number, othersAreDown: boolean): void {
  const { trade, before, line } = tx.state.trading
  tx.change('trading', {
    trade: release(trade, key, tx.beat),
    before: before && release(before, key, tx.beat),
    line: othersAreDown ? line : { ...line, released: tx.at },
  })
}
