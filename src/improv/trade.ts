import type { Beats, MidiPitch, Note, Velocity } from '../music/index.ts'

/** Whose turn it is: in `waiting` the call is over and a model has not answered yet. */
export type Turn = 'call' | 'waiting' | 'response'

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

/** How many notes of a turn are remembered at most: a model gets no more of a call. */
export const longestCall = 64

/**
 * A turn as it begins.
 *
 * @param queue the pitches that a model gave for its keys.
 */
export function beginTurn(turn: Turn, queue: readonly MidiPitch[] = []): Trade {
  return { turn, heard: [], queue }
}

/** What was played, with a key press more; beyond {@link longestCall} the oldest are forgotten. */
export function remember(heard: Trade['heard'], note: HeardNote): Trade['heard'] {
  return heard.length < longestCall ? [...heard, note] : [...heard.slice(1), note]
}

/** The turn once a key has come up. */
export function release(trade: Trade, key: number, beat: Beats): Trade {
  const index = trade.heard.findLastIndex((note) => note.key === key && note.beats === null)
  const note = trade.heard[index]
  if (!note) return trade
  return { ...trade, heard: trade.heard.with(index, { ...note, beats: Math.max(0, beat - note.beat) }) }
}

/** The turn with all its beats moved later, for when beats are counted from elsewhere. */
export function shiftTurn(trade: Trade, by: Beats): Trade {
  return { ...trade, heard: trade.heard.map((note) => ({ ...note, beat: note.beat + by })) }
}

/** The turn's notes up to a beat, as a call for a model: keys that are down end there. */
export function heardNotes({ heard }: Trade, beat: Beats): Note[] {
  return heard.map((note) => ({
    pitch: note.pitch,
    velocity: note.velocity,
    beat: note.beat,
    beats: note.beats ?? Math.max(0, beat - note.beat),
  }))
}
