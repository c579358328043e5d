import { type Beats, measureBeats, rounding } from '../../music/index.ts'
import { beatAt, type Seconds } from '../../timing/index.ts'
import type { GrooveAnswer, Transaction } from '../core/index.ts'
import type { ComingChart } from '../tracks/index.ts'
import { comingMeasure } from '../transport/index.ts'
import { drumLoop } from './drum-loop.ts'
import { type DrumForm, drumForm, roundAt } from './form.ts'
import { fits, grooveQuestion } from './question.ts'
import type { GroovesState, Rounds } from './state.ts'

/**
 * The drummer's way through the form. A groove of the model is a groove for one round; while it is played, the next one is
 * asked for: like it, and not the same. It comes at the line where the round begins, or, if it is late, at the next measure.
 */

type Tx = Transaction<GroovesState>

/**
 * Goes through the form from here, or stops it.
 *
 * @param isOther the form has changed, or the groove was made for another: a round of this one is asked for at once.
 */
export function followForm(tx: Tx, isOther = false): void {
  const { grooves, transport, material, settings } = tx.state
  const form = drumLoop(material, transport.form.metre, settings) && drumForm(tx.state)
  const chosen = material.grooves[grooves.playing]
  tx.dismiss('round')
  if (!form || !chosen || !transport.playing) {
    if (grooves.rounds) tx.change('grooves', { rounds: null })
    return
  }
  const beat = Math.max(0, tx.beat)
  const coming = grooves.rounds?.coming
  const isReady = isOther && coming?.chart === form.chart && coming.beat <= beat + rounding
  const answer = isReady && fits(coming.answer, form.measures) ? coming.answer : null
  const isMade = answer !== null || (!isOther && chosen.plain.measures === form.measures)
  const next = isMade ? roundAfter(tx.state, form, beat) : { begins: roundAt(tx.state, form, beat).beat, ask: beat }
  tx.change('grooves', { rounds: { answer, coming: null, ...next } })
}

/** Another chart will follow, or none: the first round of it is asked for in place of the next one of this. */
export function expectChart(tx: Tx, ahead: ComingChart | null): void {
  tx.change('grooves', { ahead })
  const { rounds } = tx.state.grooves
  const form = drumForm(tx.state)
  const beat = Math.max(0, tx.beat)
  // A round that is to be asked for at once is for what is played now.
  if (!form || !rounds?.ask || rounds.ask <= beat) return
  tx.change('grooves', { rounds: { ...rounds, ...roundAfter(tx.state, form, beat) } })
}

/** The round after the one that a beat is in, which may be that of another chart. It is asked for half-way there. */
function roundAfter(state: GroovesState, form: DrumForm, beat: Beats): Pick<Rounds, 'begins' | 'ask'> {
  const from = roundAt(state, form, beat).beat
  const usual = from + form.measures * measureBeats(state.transport.form.metre)
  const { ahead } = state.grooves
  const begins = ahead && ahead.beat > beat + rounding && ahead.beat < usual + rounding ? ahead.beat : usual
  return { begins, ask: begins - (begins - from) / 2 }
}

/** The state as it will be in the next round: the same, unless another chart begins with it. */
function nextRound(state: GroovesState, { begins }: Rounds): GroovesState {
  const { ahead } = state.grooves
  if (!ahead || ahead.beat !== begins) return state
  const settings = { ...state.settings, ...ahead.set } as GroovesState['settings']
  return { ...state, settings, material: { ...state.material, chart: ahead.chart } }
}

/** Asks for the next round, unless one is still awaited. */
export function askRound(tx: Tx): void {
  const { grooves, material, transport, settings, asked } = tx.state
  const { rounds } = grooves
  if (!rounds) return
  tx.change('grooves', { rounds: { ...rounds, ask: null } })
  const next = nextRound(tx.state, rounds)
  const form = drumForm(next)
  const loop = drumLoop(material, transport.form.metre, settings)
  const like = material.grooves[grooves.playing]?.plain
  if (!form || !loop || !like || asked.round) return
  tx.ask('round', { ...grooveQuestion(next, loop, form, rounds.begins), like, seed: tx.drawSeed() })
}

/** Receives a round: it comes where it begins, or at the next measure if it has begun. */
export function receiveRound(tx: Tx, answer: GrooveAnswer | null, message?: string): void {
  const { rounds } = tx.state.grooves
  const form = rounds && drumForm(nextRound(tx.state, rounds))
  if (!rounds || !form) return
  if (!answer || !fits(answer, form.measures) || answer.plain.hits.length === 0) {
    tx.notify('groove-failed', message)
    return
  }
  const isAhead = rounds.ask === null
  const beat = Math.max(isAhead ? rounds.begins : 0, comingMeasure(tx))
  tx.change('grooves', { rounds: { ...rounds, coming: { answer, beat, chart: form.chart } } })
}

/**
 * A round has begun: the next one is planned. After a long gap, as when the machine slept, it goes on with the round that it is
 * now: while an answer is awaited, rounds that go by change nothing.
 */
export function beginRound(tx: Tx, until: Seconds): void {
  const { grooves, transport, asked } = tx.state
  const form = drumForm(tx.state)
  if (!grooves.rounds || !form) return
  const { begins } = grooves.rounds
  const measure = measureBeats(transport.form.metre)
  const isIdle = asked.round && !transport.next && !transport.plan
  const behind = isIdle ? Math.floor((beatAt(transport.timeline, until) - begins) / (form.measures * measure)) : 0
  const now = begins + (Math.max(0, behind) * form.measures + 1 / 2) * measure
  tx.change('grooves', { rounds: { ...grooves.rounds, ...roundAfter(tx.state, form, now) } })
}

/** What was asked for has come. */
export function enterRound(tx: Tx): void {
  const { rounds } = tx.state.grooves
  if (!rounds?.coming) return
  const isForThis = drumForm(tx.state)?.chart === rounds.coming.chart
  tx.change('grooves', {
    rounds: { ...rounds, answer: isForThis ? rounds.coming.answer : rounds.answer, coming: null },
  })
}
