import { beginTurn, heardNotes, type MelodyAnswer, type Turn } from '../../improv/index.ts'
import type { Beats, ChordChange, MidiPitch } from '../../music/index.ts'
import { announcement, type Transaction } from '../core/index.ts'
import { chordsBetween } from '../tracks/index.ts'
import { formAt, measureAt, measureStart } from '../transport/index.ts'
import type { TurnState } from './state.ts'

type Tx = Transaction<TurnState>

/** Another turn begins. */
export const turnBegins = announcement('a turn begins')

/** The side that the turn goes to next. */
export function otherSide(turn: Turn): Turn {
  return turn === 'call' ? 'response' : 'call'
}

/** Whether the turn is the machine's: it plays phrases of its own, as long as the music goes on. */
export function isMachinesTurn(state: TurnState): boolean {
  return answersByItself(state) && state.settings.improvise && state.trading.trade.turn === 'response'
}

/** After this many turns without a key, which take hours, the machine plays no more phrases until somebody plays. */
const mostUnplayed = 1000

/** Whether calls are answered with phrases of the machine's own. */
export function answersByItself({ settings, transport, trading }: TurnState): boolean {
  return settings['own-phrases'] && transport.playing && trading.unplayed < mostUnplayed
}

/** Begins a turn. @param queue the pitches of its keys, where a model has given them. */
export function beginTurnOf(tx: Tx, turn: Turn, queue: readonly MidiPitch[] = []): void {
  const { line, trade, before, unplayed } = tx.state.trading
  tx.dismiss('melody')
  tx.change('trading', {
    before: trade.heard.length > 0 ? trade : before,
    trade: beginTurn(turn, queue),
    line: { ...line, interOnsets: [] },
    unplayed: unplayed + Number(answersByItself(tx.state)),
  })
  tx.announce(turnBegins)
}

/** Gives the turn to the other side, or to the side that is named. */
export function handOver(tx: Tx, to: Turn = otherSide(tx.state.trading.trade.turn)): void {
  const { trade } = tx.state.trading
  if (to === trade.turn) return
  if (to === 'call') beginTurnOf(tx, 'call')
  else if (tx.state.settings.live || answersByItself(tx.state)) beginTurnOf(tx, 'response')
  else if (trade.turn !== 'waiting') askMelody(tx)
}

/** A turn is over by itself. One that is held goes on; a classic answer that is held needs more pitches. */
export function turnOver(tx: Tx): void {
  const { settings, trading } = tx.state
  if (!settings.hold) handOver(tx)
  else if (trading.trade.turn === 'response' && !settings.live) askMelody(tx)
}

/** Asks for an answer to what was played in this turn, once. Until it comes, the performer's own notes sound. */
function askMelody(tx: Tx): void {
  const { trading, settings, transport } = tx.state
  const { beat } = tx
  const [first] = trading.trade.heard
  if (!first) {
    tx.notify('nothing-called')
    return
  }
  const form = formAt(transport, first.beat)
  const start = measureStart(form, measureAt(form, first.beat).measure)
  const call = heardNotes(trading.trade, beat).map((note) => ({ ...note, beat: note.beat - start }))
  beginTurnOf(tx, 'waiting')
  const { notes, wildness: temperature } = settings
  const chords = settings['classic-chords'] ? chordsFrom(tx, start) : []
  const seed = tx.drawSeed()
  tx.ask('melody', { call, metre: form.metre, ...(chords.length > 0 && { chords }), notes, temperature, seed })
}

/** How far before and after the hand-over chords go with the question: a melody model hears no more of a call. */
const chordsAround: Beats = 64

/** The chords of a call and of the answer to come, counted as the call's beats are. */
function chordsFrom({ state, beat }: Tx, start: Beats): ChordChange[] {
  const skipped = Math.max(0, Math.floor(beat - start) - chordsAround)
  const changes = chordsBetween(state, start + skipped, beat + chordsAround)
  return changes.map((change) => ({ ...change, beat: skipped + change.beat }))
}

/** Receives the melody that a model answered with: from the next key on its pitches sound. */
export function receiveMelody(tx: Tx, answer: MelodyAnswer | null, message?: string): void {
  const pitches = answer?.melody.map(({ pitch }) => pitch)
  if (answer && pitches && pitches.length > 0) {
    beginTurnOf(tx, 'response', pitches.slice(0, tx.state.settings.notes))
    tx.change('trading', { melody: answer.melody })
    return
  }
  beginTurnOf(tx, 'call')
  tx.notify(answer ? 'melody-empty' : 'melody-failed', message)
}
