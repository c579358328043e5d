/**
 * `session/phrases/`: the machine's own phrases. Where they answer, the machine plays its turn by itself: it is asked for
 * them before the turn begins, and for the rest of them anew when tempo, harmony or the hand-over change.
 */
import * as v from 'valibot'
import { type Feature, sevenBits, type Transaction, velocitySchema, when, whenSet } from '../core/index.ts'
import { hearNotes, measureIsOver } from '../listening/index.ts'
import { leadIsPlayed, turnBegins } from '../trading/index.ts'
import { formMoves, metreComes, musicStops } from '../transport/index.ts'
import { receivePhrase } from './ask.ts'
import { noPhrases, type PhrasesState } from './state.ts'
import { beginTurn, followMusic, notesInTurn, planTurns, stopTurn, yieldTurn } from './turn.ts'

export { askTurn } from './ask.ts'
export type { PhrasesState } from './state.ts'
export { comingNotes, endTurn, foresight, leastRest } from './turn.ts'

type Tx = Transaction<PhrasesState>

const beats = v.pipe(v.number(), v.finite(), v.minValue(0))
const note = v.object({ pitch: sevenBits, velocity: velocitySchema, beat: beats, beats })

export const phrases = {
  initial: { phrases: noPhrases },
  answers: {
    phrase: {
      schema: v.object({ notes: v.pipe(v.array(note), v.maxLength(2048)) }),
      late: 'phrase-late',
      receive: receivePhrase,
    },
  },
  on: [
    when(turnBegins, beginTurn),
    when(leadIsPlayed, yieldTurn),
    when(musicStops, stopTurn),
    when(measureIsOver, (tx: Tx) => hearNotes(tx, notesInTurn(tx.state))),
    when(metreComes, followMusic),
    when(formMoves, followMusic),
    whenSet(['tempo', 'swing', 'trade-measures'], followMusic),
    whenSet(['own-phrases'], (tx: Tx) => {
      if (tx.state.settings['own-phrases'] && !tx.state.transport.playing) tx.notify('phrase-needs-music')
    }),
  ],
  automatic: planTurns,
  notes({ state, from, to }, add) {
    const gain = state.settings['volume-lead']
    for (const note of notesInTurn(state)) {
      if (note.beat >= from && note.beat < to) add({ ...note, track: 'lead', by: 'machine', gain })
    }
  },
} as const satisfies Feature<PhrasesState>
