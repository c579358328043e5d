import { encodeMidi } from '../../src/devices/midi/index.ts'
import type { Beats, Note } from '../../src/music/index.ts'
import {
  type ActionId,
  command,
  measureAt,
  measureStart,
  type SessionInput,
  type SessionState,
  type SettingValue,
} from '../../src/session/index.ts'
import { beatAt, type Seconds, secondsAt } from '../../src/timing/index.ts'
import type { PanelId } from '../../src/web/panels/index.ts'
import type { Chance } from './chance.ts'
import type { Repertoire } from './repertoire.ts'

/** Something that happens to the instrument, by the performer or not, and when, on the session's clock. */
export type Move = { readonly at: Seconds } /** Keys, pedals and knobs, by MIDI. */ & (
  | { readonly type: 'midi'; readonly bytes: Uint8Array }
  /** Buttons and fields on the screen. */
  | { readonly type: 'do'; readonly input: SessionInput }
  /** The cable is unplugged, perhaps with keys down, and plugged in again. */
  | { readonly type: 'pull' }
  /** The models' thread dies: now, or during its next answer. */
  | { readonly type: 'kill'; readonly busy: boolean }
  /** The session dies, and continues from what was stored: all events, all but the last ones, or half a line too. */
  | { readonly type: 'crash'; readonly stored: 'all' | 'some' | 'torn' }
  /** Something that only a page has. */
  | { readonly type: 'page'; readonly action: PageAction }
  /** Nothing happens. */
  | { readonly type: 'wait' }
)

/** What happens to a page, beside playing. */
export type PageAction =
  /** A panel is open for some seconds. */
  | { readonly type: 'view-panel'; readonly panel: PanelId; readonly seconds: Seconds }
  /** A phone call takes the sound card for some seconds. */
  | { readonly type: 'phone-call'; readonly seconds: Seconds }
  /** An instrument loses its cable and its power for some seconds. */
  | { readonly type: 'power-off'; readonly seconds: Seconds }
  /** The performance is saved as a file. */
  | { readonly type: 'save' }
  /** The file that was saved last is opened. */
  | { readonly type: 'open' }

/** What a performer sees of the session. */
type View = Pick<SessionState, 'transport' | 'settings'> & { readonly now: Seconds }

/** The performer's hands: what they know, and the session as they see it. */
export type Hands = {
  readonly chance: Chance
  readonly repertoire: Repertoire
  see(): View
}

/** A part of a performance. Each move is asked for when the one before has been made. */
export type Moves = Generator<Move, void>

/** Waits. */
export function* rest({ see }: Hands, seconds: Seconds): Moves {
  yield { at: see().now + seconds, type: 'wait' }
}

/** Runs an action on the screen, or sets a setting, after a short time. */
export function* act({ see, chance }: Hands, id: ActionId, value?: SettingValue): Moves {
  const input = value === undefined ? command(id) : ({ type: 'set', setting: id, value } as SessionInput)
  yield { at: see().now + chance.between(0.01, 0.4), type: 'do', input }
}

/** Lets something else happen, after a short time. */
export function* dispatch({ see, chance }: Hands, input: SessionInput): Moves {
  yield { at: see().now + chance.between(0.01, 0.4), type: 'do', input }
}

/** Turns a knob or presses a pedal. */
export function* control({ see, chance }: Hands, controller: number, value: number): Moves {
  const bytes = encodeMidi({ type: 'control', controller, value })
  yield { at: see().now + chance.between(0.005, 0.2), type: 'midi', bytes }
}

/** The sustain pedal. */
export const sustainPedal = 64

/** The time of a beat; while the music is stopped, counted from `silentFrom`. */
function timeOf({ now, transport, settings }: View, beat: Beats, silentFrom: Seconds): Seconds {
  const at = transport.playing ? secondsAt(transport.timeline, beat) : silentFrom + (beat * 60) / settings.tempo
  return Math.max(now, at)
}

/** A line that would wait longer for its next note is abandoned: the music has been set back. */
const patience: Seconds = 30

/**
 * Plays a line as people do: a little early or late, with overlapping keys.
 *
 * @param from the beat on which the line starts; unless given, the start of a measure that is about to come.
 */
export function* play(hands: Hands, notes: readonly Note[], from = comingMeasure(hands)): Moves {
  const { see, chance } = hands
  const channel = chance.happens(0.1) ? 2 : 1
  const silentFrom = see().now + 0.05
  const lines = notes.flatMap(({ pitch, velocity, beat, beats }) => {
    const down = from + beat + chance.between(-0.03, 0.03)
    return [
      { beat: down, pitch, velocity },
      { beat: down + Math.max(1 / 32, beats), pitch, velocity: 0 },
    ]
  })
  const held = new Set<number>()
  for (const { beat, pitch, velocity } of lines.sort((a, b) => a.beat - b.beat)) {
    const view = see()
    const at = timeOf(view, view.transport.playing ? beat : beat - from, silentFrom)
    if (at > view.now + patience) break
    const message = velocity > 0 ? ({ type: 'noteOn', pitch, velocity, channel } as const) : null
    if (message) held.add(pitch)
    else held.delete(pitch)
    yield { at, type: 'midi', bytes: encodeMidi(message ?? { type: 'noteOff', pitch, channel }) }
  }
  for (const pitch of held)
    yield { at: see().now, type: 'midi', bytes: encodeMidi({ type: 'noteOff', pitch, channel }) }
}

/** Where the next measure starts, or the one after it where that is too soon. */
function comingMeasure({ see }: Hands): Beats {
  const { now, transport } = see()
  if (!transport.playing) return 0
  const beat = beatAt(transport.timeline, now + 0.3)
  const { measure } = measureAt(transport.form, beat)
  return measureStart(transport.form, measure + 1)
}

/** Presses a key, and releases it only sometimes. */
export function* strike(hands: Hands, pitch: number): Moves {
  const { chance, see } = hands
  const bytes = encodeMidi({ type: 'noteOn', pitch, velocity: chance.whole(1, 127) })
  yield { at: see().now + chance.between(0, 0.1), type: 'midi', bytes }
  if (chance.happens(0.4)) yield* lift(hands, pitch)
}

/** Lets a key go, after a short time. */
export function* lift({ chance, see }: Hands, pitch: number): Moves {
  yield { at: see().now + chance.between(0.05, 0.4), type: 'midi', bytes: encodeMidi({ type: 'noteOff', pitch }) }
}
