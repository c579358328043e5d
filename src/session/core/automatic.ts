import type { Beats } from '../../music/index.ts'
import { type Seconds, secondsAt } from '../../timing/index.ts'
import type { Automatic, Transaction } from './feature.ts'
import type { CoreState } from './state.ts'
import type { OpenTransaction } from './transaction.ts'

/** What a feature will do by itself, and when. */
export type AutomaticEvent<State extends CoreState> = { readonly at: Seconds; readonly run: Automatic<State> }

/** When an answer takes longer than this, the performer is told. Nothing waits for it. */
const patience: Seconds = 2

/** Runs the automatic events up to a time, in their order, each at its own time. */
export function catchUp<State extends CoreState>(tx: OpenTransaction<State>, until: Seconds): void {
  for (;;) {
    const next = nextAutomatic(tx)
    if (!next || next.at > until) return
    runAutomatic(tx, next, until)
  }
}

/**
 * Runs an automatic event at its time. An event that became due in the past, such as the end of a held turn, runs now.
 */
export function runAutomatic<State extends CoreState>(
  tx: OpenTransaction<State>,
  { at, run }: AutomaticEvent<State>,
  until: Seconds,
): void {
  tx.at = Math.max(tx.at, at)
  run(tx, until)
}

/** The next automatic event; of several at the same time, that of the feature that comes first in the list. */
export function nextAutomatic<State extends CoreState>(tx: Transaction<State>): AutomaticEvent<State> | null {
  const { state, features } = tx
  let first: AutomaticEvent<State> | null = null
  const plan = {
    at(at: Seconds, run: Automatic<State>) {
      if (!first || at < first.at) first = { at, run }
    },
    atBeat(beat: Beats, run: Automatic<State>) {
      if (state.transport.playing) plan.at(secondsAt(state.transport.timeline, beat), run)
    },
  }
  for (const feature of features.list) feature.automatic?.(state, plan as never)
  for (const [job, asked] of Object.entries(state.asked)) {
    if (asked && !asked.late) plan.at(asked.at + patience, (tx) => becomeLate(tx, job))
  }
  return first
}

function becomeLate<State extends CoreState>(tx: Transaction<State>, job: string): void {
  const asked = tx.state.asked[job]
  if (asked) tx.change('asked', { [job]: { ...asked, late: true } } as Partial<State['asked']>)
  const late = tx.features.answers[job]?.late
  if (late) tx.notify(late)
}
