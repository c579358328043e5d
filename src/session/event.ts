import type { Groove } from '../groove/index.ts'
import type { MidiPitch } from '../music/index.ts'
import type { Seconds } from '../timing/index.ts'
import type { ActionId } from './actions.ts'
import type { Bindings } from './controls.ts'
import type { Song } from './song.ts'

/** What happens to a performance, and when, in seconds on the clock of whoever plays it, from 0. */
export type SessionEvent = {
  readonly at: Seconds
  /** Where it came from, such as `midi`, `osc`, `microphone` or `models`; without one, from the program itself. */
  readonly source?: string
} & (
  | {
      readonly type: 'noteOn'
      readonly pitch: MidiPitch
      /** 0 is a note-off, as in MIDI. */
      readonly velocity: number
      /** From 1 to 16; 1 unless it is given. */
      readonly channel?: number
      /** The pitch that a soloist chose for this key: recordings have it, so that a replay needs no model. */
      readonly answer?: MidiPitch
    }
  | { readonly type: 'noteOff'; readonly pitch: MidiPitch; readonly channel?: number }
  /** A controller; 64 is the sustain pedal. */
  | { readonly type: 'control'; readonly controller: number; readonly value: number; readonly channel?: number }
  | { readonly type: 'program'; readonly program: number; readonly channel?: number }
  /** Something is done; of a dial, it is set to a value, moved by so many steps, or switched over. */
  | { readonly type: 'act'; readonly action: ActionId; readonly value?: number; readonly by?: number }
  | { readonly type: 'metre'; readonly metre: string }
  /** A chart is typed; an empty one is taken away. */
  | { readonly type: 'chart'; readonly chart: string }
  /** The next control that is touched will do this action. */
  | { readonly type: 'learn'; readonly action: ActionId | null }
  /** What controls do, beside those that are bound already; null unbinds one. */
  | { readonly type: 'bind'; readonly bindings: Bindings }
  /** A set list is laid on the stand. */
  | { readonly type: 'setList'; readonly songs: readonly Song[] }
  /** A drum model answered a request, or could not: then the message says why. */
  | {
      readonly type: 'groove'
      readonly request: number
      readonly answer: GrooveAnswer | null
      readonly message?: string
    }
  /** A melody model answered a call, or could not. */
  | {
      readonly type: 'melody'
      readonly request: number
      readonly pitches: readonly MidiPitch[] | null
      readonly message?: string
    }
  /** Time has passed. Nothing depends on how often it comes, so recordings leave it out. */
  | { readonly type: 'tick' }
)

/** An event without its time and its source. */
export type Happening = SessionEvent extends infer Each
  ? Each extends SessionEvent
    ? Omit<Each, 'at' | 'source'>
    : never
  : never

/** A model's groove, on the grid and as a drummer would touch it: the same hits. */
export type GrooveAnswer = { readonly plain: Groove; readonly felt: Groove }
