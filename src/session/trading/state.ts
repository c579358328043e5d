import {
  beginTurn,
  closenesses,
  type Hand,
  type HeardTones,
  type LineMemory,
  noHand,
  noRests,
  noTones,
  type RestMemory,
  type Trade,
  type Turn,
} from '../../improv/index.ts'
import type { PitchRange } from '../../models/index.ts'
import type { Beats, MidiPitch, Note } from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { choice, count, off, on, type SettingsOf, share } from '../core/index.ts'
import type { RecordingState } from '../recording/index.ts'

export const turnSettings = {
  improvise: off('improvise', 'Digit5'),
  live: on('live', 'Digit6'),
  hold: off('hold this turn', 'Digit7'),
  notes: count('notes in a call', 1, 64, 20),
  'trade-measures': count('measures in a turn', 1, 16, 4),
  'turns-by-chart': on('count turns from the chart'),
  wildness: { label: 'how wild the answers are', least: 0.01, most: 5, initial: 0.95, ratios: true },
  harmony: share('harmony', 0),
  contour: share('go up and down with the hand', 0),
  register: share('range follows the hand', 1),
  memory: share('how much memories count', 0.6),
  pocket: { label: 'pocket, from yours to strange', least: -1, most: 1, initial: 0 },
  'pocket-builds': off('strangeness builds over each phrase'),
  guest: off('a guest plays, nothing is learnt'),
  'classic-chords': on('classic answers hear the chords'),
  voicing: on('voice chords from the harmony'),
  'own-rests': on('phrases end by your own rests'),
  lowest: count('lowest pitch', 0, 116, 36),
  highest: count('highest pitch', 11, 127, 96),
  'own-phrases': off('answer with phrases of its own'),
  closeness: choice('how near its phrases stay to the call', closenesses, 'vary'),
  interrupted: choice('what a key in its turn does', ['yield', 'play-on'], 'yield'),
  chase: off('turns half as long after each answer'),
  duet: off('fills in your gaps'),
  'two-sounds': on('two sounds, human and machine'),
  'guess-who': off('guess who plays'),
} as const

/** The call and response. */
export type Trading = {
  readonly trade: Trade
  /** The last turn that is over and in which somebody played; its last keys may still be down. */
  readonly before: Trade | null
  readonly line: Line
  /** What a model answered last, in its own rhythm; classic call and response plays its pitches alone. */
  readonly melody: readonly Note[]
  /** The beat of the bar line where the turn is over, when turns are counted in measures, and whose is the next. */
  readonly boundary: { readonly beat: Beats; readonly to: Turn } | null
  /** How many turns have begun since a key of the lead was played, where the machine answers by itself. */
  readonly unplayed: number
}

/** The line of the keys that play the lead, whoever chose its pitches. */
export type Line = {
  readonly memory: LineMemory | null
  /** The last key, for the way that the hand goes. */
  readonly key: MidiPitch | null
  readonly pressed: Seconds | null
  /** When the first key of the last chord, or the last single key, went down. */
  readonly onset: Seconds | null
  /** When the last key went up; null while one is down. */
  readonly released: Seconds | null
  /** From each key of the phrase to the next, the newest last. */
  readonly interOnsets: readonly Seconds[]
  /** Where the hand is, the tones that have sounded, and the rests that this player leaves. */
  readonly hand: Hand
  readonly tones: HeardTones
  readonly rests: RestMemory
}

/** What is known where turns are, whatever ends them. */
export type TurnState = RecordingState & {
  readonly settings: SettingsOf<typeof turnSettings>
  readonly trading: Trading
}

/** The lowest and the highest pitch that the machine may play: an octave of them at least. */
export function machineRange({ lowest, highest }: TurnState['settings']): PitchRange {
  return [Math.min(lowest, highest - 11), highest]
}

/** A call is awaited. */
export const noTrade: Trading = {
  trade: beginTurn('call'),
  before: null,
  line: {
    memory: null,
    key: null,
    pressed: null,
    onset: null,
    released: null,
    interOnsets: [],
    hand: noHand,
    tones: noTones,
    rests: noRests,
  },
  melody: [],
  boundary: null,
  unplayed: 0,
}
