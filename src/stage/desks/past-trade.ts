import { type ReadonlySignal, signal } from '@preact/signals'
import type { Trade } from '../../improv/index.ts'
import type { Note } from '../../music/index.ts'
import { measureAt, measureStart, type SessionState, swingOf, unswungIn } from '../../session/index.ts'
import type { PastTrade } from '../stage.ts'

/** The last call and its response, followed from state to state. */
export type PastTrades = {
  readonly last: ReadonlySignal<PastTrade | null>
  follow(state: SessionState): void
}

/**
 * Follows calls and responses.
 *
 * @param lastMelody what the melody model sang last.
 */
export function createPastTrades(lastMelody: () => readonly Note[]): PastTrades {
  const last = signal<PastTrade | null>(null)
  let before: Trade | null = null
  return {
    last,
    follow(state) {
      const { trade } = state.improv
      if (trade === before) return
      const from = before
      before = trade
      if (trade.turn !== 'call' && from?.turn === 'call') {
        const call = written(state, from)
        last.value = { metre: state.transport.form.metre, call, melody: [], pitches: [], response: [] }
      }
      if (trade.turn !== 'response' || !last.value) return
      const answered = from?.turn === 'waiting' ? { melody: lastMelody(), pitches: trade.queue } : {}
      last.value = { ...last.value, ...answered, response: written(state, trade) }
    },
  }
}

/** A turn's notes without swing, from the start of the measure of the first. */
function written(state: SessionState, { heard }: Trade): Note[] {
  const { form } = state.transport
  const [first] = heard
  if (!first) return []
  const start = measureStart(form, measureAt(form, first.beat).measure)
  return heard.map(({ pitch, velocity, beat, beats }) => ({
    pitch,
    velocity,
    beat: unswungIn(form, beat, swingOf(state)) - start,
    beats: beats ?? 1 / 4,
  }))
}
