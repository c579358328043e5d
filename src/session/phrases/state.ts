import type { Turn } from '../../improv/index.ts'
import type { Beats, Note } from '../../music/index.ts'
import type { TradingState } from '../trading/index.ts'

/** A turn of the machine, or a fill in the performer's, which is coming or under way; beats are those of the music. */
export type PhraseTurn = {
  /** It fills a rest of the performer, whose turn it stays. It is kept until they play again: a rest is filled once. */
  readonly isFill: boolean
  readonly from: Beats
  /** The hand-over, as far as is known. */
  readonly end: Beats
  /** What was played before it, and the notes of its own that are decided, in the order of their onsets. */
  readonly call: readonly Note[]
  readonly notes: readonly Note[]
  /** What it was asked by; when that changes, the rest of the turn is asked for anew. */
  readonly asked: { readonly bpm: number; readonly chords: string; readonly pocket: number }
  /** Where it is asked whether that has changed. */
  readonly checkAt: Beats
}

/** What is known where the machine's phrases are. */
export type PhrasesState = TradingState & {
  readonly phrases: {
    readonly turn: PhraseTurn | null
    /** Whose turn it was last. */
    readonly last: Turn
  }
}

/** No turn of the machine is coming. */
export const noPhrases: PhrasesState['phrases'] = { turn: null, last: 'call' }
