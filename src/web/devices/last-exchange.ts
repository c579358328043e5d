import type { Signal } from '@preact/signals'
import type { Trade } from '../../improv/index.ts'
import { type ChordChange, type Note, nearestStep, stepBeat } from '../../music/index.ts'
import type { Device } from '../../runtime/index.ts'
import {
  chordsBetween,
  isMachinesTurn,
  measureAt,
  measureStart,
  type SessionState,
  swingOf,
  unswungIn,
} from '../../session/index.ts'
import type { Exchange } from '../stage.ts'

/** The last call and its response, followed from state to state. */
export type LastExchange = Required<Pick<Device, 'observe'>> & {
  /** Forgets it: another performance begins. */
  reset(): void
}

/** Follows calls and responses. @param last where the last exchange is shown. */
export function createLastExchange(last: Signal<Exchange | null>): LastExchange {
  let shown: SessionState['trading'] | null = null
  let shownTurn: SessionState['phrases']['turn'] = null
  const show = (change: Partial<Exchange>) => {
    if (last.value) last.value = { ...last.value, ...change }
  }
  const showResponse = (state: SessionState, trade: Trade) => {
    const { notes, chords } = written(state, trade)
    show({ response: notes, chords: { call: last.value?.chords.call ?? [], response: chords } })
  }
  return {
    reset() {
      last.value = null
      shown = null
      shownTurn = null
    },
    observe(_, __, state) {
      const { trade, before } = state.trading
      const { trade: shownTrade, before: shownBefore } = shown ?? {}
      shown = state.trading
      if (before && before !== shownBefore) {
        if (before.turn === 'call') {
          const { notes, chords } = written(state, before)
          const begun = isSameTurn(before, shownBefore) ? last.value : null
          const { metre } = state.transport.form
          last.value = {
            ...(begun ?? { metre, melody: [], pitches: [], response: [] }),
            call: notes,
            chords: { call: chords, response: begun?.chords.response ?? [] },
          }
        } else if (before.turn === 'response') showResponse(state, before)
      }
      const { turn } = state.phrases
      const isShown = turn === shownTurn
      shownTurn = turn
      if (turn && isMachinesTurn(state)) {
        if (!isShown || trade !== shownTrade) showResponse(state, { ...trade, heard: keyed(turn.notes) })
        return
      }
      if (trade.turn !== 'response' || trade === shownTrade) return
      if (shownTrade?.turn === 'waiting') show({ melody: sung(state.trading.melody), pitches: trade.queue })
      showResponse(state, trade)
    },
  }
}

/** A model's melody; nothing where a recording has its pitches alone, for then no note has a length. */
function sung(melody: readonly Note[]): readonly Note[] {
  return melody.filter(({ beats }) => beats > 0)
}

/** Notes that the machine plays by itself, as those of a turn. */
function keyed(notes: readonly Note[]): Trade['heard'] {
  return notes.map((note) => ({ ...note, key: note.pitch }))
}

/** Whether two are one turn, of which a key has come up meanwhile. */
function isSameTurn(a: Trade, b: Trade | null | undefined): boolean {
  return a.turn === b?.turn && a.heard[0]?.beat === b.heard[0]?.beat
}

/** A turn's notes without swing, and the chords over them, from the start of the measure of the first note. */
function written(state: SessionState, { heard }: Trade): { notes: Note[]; chords: ChordChange[] } {
  const { form } = state.transport
  const [first] = heard
  if (!first) return { notes: [], chords: [] }
  // A first note that is a little early belongs to the measure that it comes early for.
  const start = measureStart(form, measureAt(form, stepBeat(nearestStep(first.beat - form.beat)) + form.beat).measure)
  const notes = heard.map(({ pitch, velocity, beat, beats }) => ({
    pitch,
    velocity,
    beat: unswungIn(form, beat, swingOf(state)) - start,
    beats: beats ?? 1 / 4,
  }))
  const end = Math.max(...heard.map(({ beat, beats }) => beat + (beats ?? 0)))
  const { measure } = measureAt(form, end)
  return { notes, chords: chordsBetween(state, start, measureStart(form, measure + 1)) }
}
