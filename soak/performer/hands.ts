import { encodeMidi } from '../../src/devices/midi/index.ts'
import type { Beats, Note } from '../../src/music/index.ts'
import type { ActionId, Happening, SessionState } from '../../src/session/index.ts'
import { measureAt, measureStart } from '../../src/session/index.ts'
import { beatAt, type Seconds, secondsAt } from '../../src/timing/index.ts'
import type { PanelId } from '../../src/web/panels/panel-list.ts'
import type { Chance } from './chance.ts'
import type { Repertoire } from './repertoire.ts'

/** Something that a performer does to the instrument, and when, on the session's clock; or that is done to both. */
export type Move = { readonly at: Seconds } /** Keys, pedals and knobs, through the cable. */ & (
  | { readonly type: 'midi'; readonly bytes: Uint8Array }
  /** Buttons and fields on the screen. */
  | { readonly type: 'do'; readonly happening: Happening }
  /** The cable is pulled, whatever is held, and plugged in again. */
  | { readonly type: 'pull' }
  /** The thread of the models dies: now, or in the middle of its next answer. */
  | { readonly type: 'kill'; readonly busy: boolean }
  /** Everything dies, and goes on from what was stored: the last of it may have been stored, or half of it. */
  | { readonly type: 'crash'; readonly stored: 'all' | 'some' | 'torn' }
  /** Something that only a page knows. */
  | { readonly type: 'page'; readonly deed: PageDeed }
  /** Something else is looked at for a while. */
  | { readonly type: 'wait' }
)

/** What a performer does with a page, beside playing. */
export type PageDeed =
  /** A panel is looked at for so long. */
  | { readonly type: 'look'; readonly panel: PanelId; readonly seconds: Seconds }
  /** A call comes in, and the sound card belongs to it for so long. */
  | { readonly type: 'call'; readonly seconds: Seconds }
  /** An instrument loses its cable, and its power, for so long. */
  | { readonly type: 'silence'; readonly seconds: Seconds }
  /** The performance is saved as a file. */
  | { readonly type: 'save' }
  /** The file that was saved last is opened. */
  | { readonly type: 'open' }

/** What a performer sees of the session. */
type View = Pick<SessionState, 'transport' | 'settings'> & { readonly now: Seconds }

/** A performer in front of the instrument. */
export type Hands = {
  readonly chance: Chance
  readonly repertoire: Repertoire
  see(): View
}

/** Part of what a performer does. It is asked for a move once the one before has been made. */
export type Moves = Generator<Move, void>

/** Waits so many seconds. */
export function* rest({ see }: Hands, seconds: Seconds): Moves {
  yield { at: see().now + seconds, type: 'wait' }
}

/** Does something on the screen, after a moment. */
export function* act({ see, chance }: Hands, action: ActionId, value?: number): Moves {
  const happening: Happening = { type: 'act', action, ...(value !== undefined && { value }) }
  yield { at: see().now + chance.between(0.01, 0.4), type: 'do', happening }
}

/** Something else happens, after a moment. */
export function* happen({ see, chance }: Hands, happening: Happening): Moves {
  yield { at: see().now + chance.between(0.01, 0.4), type: 'do', happening }
}

/** Turns a knob or presses a pedal. */
export function* control({ see, chance }: Hands, controller: number, value: number): Moves {
  const bytes = encodeMidi({ type: 'control', controller, value })
  yield { at: see().now + chance.between(0.005, 0.2), type: 'midi', bytes }
}

/** The sustain pedal. */
export const sustainPedal = 64

/** When a beat falls; while nothing plays, the beat is from now. */
function momentOf({ now, transport, settings }: View, beat: Beats, silentFrom: Seconds): Seconds {
  const at = transport.playing ? secondsAt(transport.timeline, beat) : silentFrom + (beat * 60) / settings.tempo
  return Math.max(now, at)
}

/** No line waits longer than this for its next note: it is given up when the music has been set back. */
const patience: Seconds = 30

/**
 * Plays a line from a beat on, as people do: a little early or late, a key up a little after the next is down.
 *
 * @param from where the line's beat 0 is; unless given, in a measure that is about to come.
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
    const at = momentOf(view, view.transport.playing ? beat : beat - from, silentFrom)
    if (at > view.now + patience) break
    const message = velocity > 0 ? ({ type: 'noteOn', pitch, velocity, channel } as const) : null
    if (message) held.add(pitch)
    else held.delete(pitch)
    yield { at, type: 'midi', bytes: encodeMidi(message ?? { type: 'noteOff', pitch, channel }) }
  }
  for (const pitch of held)
    yield { at: see().now, type: 'midi', bytes: encodeMidi({ type: 'noteOff', pitch, channel }) }
}

/** Where the next measure begins, or the one after it where that is too soon. */
function comingMeasure({ see }: Hands): Beats {
  const { now, transport } = see()
  if (!transport.playing) return 0
  const beat = beatAt(transport.timeline, now + 0.3)
  const { measure } = measureAt(transport.form, beat)
  return measureStart(transport.form, measure + 1)
}

/** A key goes down, and stays there for as long as anybody does nothing about it. */
export function* strike({ chance, see }: Hands, pitch: number): Moves {
  const bytes = encodeMidi({ type: 'noteOn', pitch, velocity: chance.whole(1, 127) })
  yield { at: see().now + chance.between(0, 0.1), type: 'midi', bytes }
  if (chance.happens(0.4)) {
    yield { at: see().now + chance.between(0.05, 0.4), type: 'midi', bytes: encodeMidi({ type: 'noteOff', pitch }) }
  }
}
