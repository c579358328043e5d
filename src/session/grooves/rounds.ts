import { type Beats, measureBeats } from '../../music/index.ts'
import { beatAt, type Seconds } from '../../timing/index.ts'
import type { GrooveAnswer, Transaction } from '../core/index.ts'
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
 * @param isOther the form is another than before, or the groove was made for another: a round of this one is asked for at once.
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
  const isMade = !isOther && chosen.plain.measures === form.measures
  const next = isMade ? roundAfter(tx.state, form, beat) : { begins: roundAt(tx.state, form, beat).beat, ask: beat }
  tx.change('grooves', { rounds: { answer: null, coming: null, ...next } })
}

/** The round after the one that a beat is in. It is asked for half-way there. */
function roundAfter(state: GroovesState, form: DrumForm, beat: Beats): Pick<Rounds, 'begins' | 'ask'> {
  const length = form.measures * measureBeats(state.transport.form.metre)
  const begins = roundAt(state, form, beat).beat + length
  return { begins, ask: begins - length / 2 }
}

/** Asks for the next round, unless one is still awaited. */
export function askRound(tx: Tx): void {
  const { grooves, material, transport, settings, asked } = tx.state
  const { rounds } = grooves
  if (!rounds) return
  tx.change('grooves', { rounds: { ...rounds, ask: null } })
  const form = drumForm(tx.state)
  const loop = drumLoop(material, transport.form.metre, settings)
  const like = material.grooves[grooves.playing]?.plain
  if (!form || !loop || !like || asked.round) return
  tx.ask('round', { ...grooveQuestion(tx.state, loop, form, rounds.begins), like, seed: tx.drawSeed() })
}

/** Receives a round: it comes where it begins, or at the next measure if it has begun. */
export function receiveRound(tx: Tx, answer: GrooveAnswer | null, message?: string): void {
  const { rounds } = tx.state.grooves
  const form = drumForm(tx.state)
  if (!rounds || !form) return
  if (!answer || !fits(answer, form.measures) || answer.plain.hits.length === 0) {
    tx.notify('groove-failed', message)
    return
  }
  const isAhead = rounds.ask === null
  const beat = Math.max(isAhead ? rounds.begins : 0, comingMeasure(tx))
  tx.change('grooves', { rounds: { ...rounds, coming: { answer, beat } } })
}

/**
 * A round has begun: from now on the next one is awaited. Whoever comes late, by hours even, finds the round that it is now:
 * while an answer is awaited, rounds that go by leave no trace.
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
  if (rounds?.coming) tx.change('grooves', { rounds: { ...rounds, answer: rounds.coming.answer, coming: null } })
}
