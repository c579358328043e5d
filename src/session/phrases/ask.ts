import { chordChanges, heardNotes, type PhraseAnswer, type PhraseRequest } from '../../improv/index.ts'
import { type Beats, clampVelocity, measureBeats } from '../../music/index.ts'
import { beatAt, type Seconds, tempoAt } from '../../timing/index.ts'
import type { Transaction } from '../core/index.ts'
import { chordGrid } from '../tracks/index.ts'
import { machineRange } from '../trading/index.ts'
import { formAt, lookAheadSeconds, measureAt, nextMeasure, swingOf } from '../transport/index.ts'
import { harmonyNow } from '../zones/index.ts'
import type { PhrasesState, PhraseTurn } from './state.ts'

type Tx = Transaction<PhrasesState>

/** How long an answer may take: a turn that was not foreseen begins later by this than schedulers need. */
const answerSeconds: Seconds = 0.06

/** A turn goes on as it is where the tempo has changed by less than this factor. */
const sameTempo = 1.12

/** The velocities of a fill, as a share of those of an answer. */
const fillTouch = 0.85

/** Beats that are nearer to each other than this are the same moment, computed in two ways. */
export const sameMoment: Beats = 1e-3

/** Asks for the phrases of a turn, once it is known where it begins and about where it ends. */
export function askTurn(tx: Tx, from: Beats, end: Beats, isFill = false): void {
  const { trade, before } = tx.state.trading
  const heard = trade.turn === 'call' ? trade : before
  const call = heard ? heardNotes(heard, tx.beat) : []
  askRest(tx, { isFill, from, end, call, notes: [], asked: { bpm: 0, chords: '', pocket: 0 }, checkAt: from })
}

/** Asks anew where tempo, harmony, the pocket dial or the hand-over have changed since the turn was asked for. */
export function follow(tx: Tx, end: Beats): void {
  const { turn } = tx.state.phrases
  if (!turn) return
  const { bpm, chords, pocket } = askedBy(tx.state, conditionsOf(tx.state, { ...turn, end }))
  const factor = Math.max(bpm / turn.asked.bpm, turn.asked.bpm / bpm)
  const isSame = chords === turn.asked.chords && pocket === turn.asked.pocket && factor < sameTempo
  if (isSame && Math.abs(end - turn.end) < sameMoment) return
  const notes = turn.notes.filter(({ beat, beats }) => beat + beats <= end)
  if (end > soonest(tx)) askRest(tx, { ...turn, end, notes })
  else tx.change('phrases', { turn: { ...turn, end, notes } })
}

/** Asks for what is still to come of a turn. The notes that are decided sound until the answer comes. */
function askRest(tx: Tx, turn: PhraseTurn): void {
  const { state } = tx
  const { settings } = state
  const from = Math.max(turn.from, soonest(tx))
  const played = [...turn.call, ...turn.notes.filter(({ beat }) => beat < from)]
  const conditions = conditionsOf(state, turn)
  const form = formAt(state.transport, turn.from)
  const checkAt = nextMeasure(form, Math.max(turn.from, tx.beat) + sameMoment)
  tx.change('phrases', { turn: { ...turn, asked: askedBy(state, conditions), checkAt } })
  tx.ask('phrase', {
    ...conditions,
    call: played.map((note) => ({ ...note, beat: note.beat - turn.from })),
    beats: turn.end - turn.from,
    from: from - turn.from,
    metre: form.metre,
    place: measureAt(form, turn.from).place,
    swing: swingOf(state),
    closeness: settings.closeness,
    temperature: settings.wildness,
    harmony: settings.harmony,
    memory: settings.memory,
    ...dialOf(state),
    range: machineRange(settings),
    seed: tx.drawSeed(),
  })
}

/** Receives phrases for the turn: what schedulers have come to already stays as it was. */
export function receivePhrase(tx: Tx, answer: PhraseAnswer | null, message?: string): void {
  const { turn } = tx.state.phrases
  if (!turn) return
  if (!answer) {
    tx.notify('phrase-failed', message)
    return
  }
  const open = Math.max(turn.from - sameMoment, soonest(tx, 0))
  const kept = turn.notes.filter(({ beat }) => beat < open)
  const touch = turn.isFill ? fillTouch : 1
  const coming = answer.notes
    .map((note) => ({ ...note, velocity: clampVelocity(touch * note.velocity), beat: note.beat + turn.from }))
    .filter(({ beat, beats }) => beat >= open && beat + beats <= turn.end)
  tx.change('phrases', { turn: { ...turn, notes: [...kept, ...coming] } })
}

/** Where schedulers have not come to, and an answer can be there in time. */
function soonest({ state: { transport }, at }: Tx, wait = answerSeconds): Beats {
  return beatAt(transport.timeline, at + lookAheadSeconds + wait)
}

/** What a turn goes by besides what was played: its tempo, and its harmony from a measure before it. */
function conditionsOf(state: PhrasesState, { from, end }: PhraseTurn): Pick<PhraseRequest, 'bpm' | 'chords'> {
  const before = measureBeats(formAt(state.transport, from).metre)
  const chords = chordChanges([-before, end - from], chordGrid, (beat) => harmonyNow(state, from + beat).chord)
  return { bpm: tempoAt(state.transport.timeline, Math.max(from, beatAt(state.transport.timeline, state.now))), chords }
}

/** What the pocket dial asks for; at 0 nothing. */
function dialOf({ settings }: PhrasesState): Pick<PhraseRequest, 'pocket' | 'builds'> {
  return settings.pocket === 0 ? {} : { pocket: settings.pocket, builds: settings['pocket-builds'] }
}

function askedBy(
  { settings: { pocket } }: PhrasesState,
  { bpm, chords }: Pick<PhraseRequest, 'bpm' | 'chords'>,
): PhraseTurn['asked'] {
  const within = chords.filter(({ beat }, index) => beat >= 0 || (chords[index + 1]?.beat ?? 1) > 0)
  return {
    bpm,
    pocket,
    chords: within.map(({ beat, chord }) => `${Math.max(0, beat)} ${chord?.symbol ?? ''}`).join('|'),
  }
}
