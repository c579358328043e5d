import type { Beats, MidiPitch, Note, Velocity } from '../music/index.ts'

/** Whose turn it is: in `waiting` the call is over and a model has not answered yet. */
export type Turn = 'call' | 'waiting' | 'response'

/** What ends a turn: so many notes, a rest, so many measures, or nothing but the performer's own word. */
export const handOvers = ['count', 'phrase', 'measures', 'pedal'] as const
/** One of the things that end a turn. */
export type HandOver = (typeof handOvers)[number]

/** A note of the turn that is under way. */
export type HeardNote = {
  /** Which key it is. */
  readonly key: number
  /** What sounded. */
  readonly pitch: MidiPitch
  readonly velocity: Velocity
  readonly beat: Beats
  /** Null while the key is down. */
  readonly beats: Beats | null
}

/** A call and its response. */
export type Trade = {
  readonly turn: Turn
  /** What was played in this turn, oldest first: the buffer. */
  readonly heard: readonly HeardNote[]
  /** The pitches that the model gave for the keys to come. */
  readonly queue: readonly MidiPitch[]
}

/** A model hears no more of a call than this. */
export const longestCall = 64

/** The beginning of a turn. */
export function beginTurn(turn: Turn, queue: readonly MidiPitch[] = []): Trade {
  return { turn, heard: [], queue }
}

/** Remembers a key press; the oldest are forgotten. */
export function remember(trade: Trade, note: HeardNote): Trade {
  return { ...trade, heard: [...trade.heard, note].slice(-longestCall) }
}

/** Remembers that a key went up. */
export function release(trade: Trade, key: number, beat: Beats): Trade {
  if (!trade.heard.some((note) => note.key === key && note.beats === null)) return trade
  return {
    ...trade,
    heard: trade.heard.map((note) =>
      note.key === key && note.beats === null ? { ...note, beats: Math.max(0, beat - note.beat) } : note,
    ),
  }
}

/** The turn after its beats have been counted anew, by so many more. */
export function shiftTurn(trade: Trade, by: Beats): Trade {
  return { ...trade, heard: trade.heard.map((note) => ({ ...note, beat: note.beat + by })) }
}

/** What a model is to hear: the turn's notes up to now. */
export function heardNotes({ heard }: Trade, beat: Beats): Note[] {
  return heard.map((note) => ({
    pitch: note.pitch,
    velocity: note.velocity,
    beat: note.beat,
    beats: note.beats ?? Math.max(0, beat - note.beat),
  }))
}
