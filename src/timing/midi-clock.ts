import type { Beats } from '../music/index.ts'
import type { Bpm, Seconds } from './timeline.ts'

/** MIDI's clock ticks so often in a beat. */
export const ticksPerBeat = 24

/** What a MIDI clock says. */
export type ClockMessage =
  /** One of the {@link ticksPerBeat}. */
  | { readonly type: 'clock' }
  /** The next tick is the song's first beat. */
  | { readonly type: 'start' }
  /** The next tick is where the song stands. */
  | { readonly type: 'continue' }
  | { readonly type: 'stop' }
  /** Where the song stands: the song position pointer. */
  | { readonly type: 'position'; readonly beat: Beats }

/** What has been heard of a MIDI clock: a value, made anew at each message. */
export type MidiClock = {
  /** The newest ticks, in the order in which they came. */
  readonly ticks: readonly Tick[]
  /** The steady pulse behind them; null before it is known. */
  readonly pulse: Pulse | null
  /** The song plays. */
  readonly running: boolean
  /** Which of the song's ticks the next one is, where that does not follow from the last one. */
  readonly cue: number | null
}

/** When a tick came, and which of the song's it is. A tick that came twice has the same number twice. */
type Tick = { readonly at: Seconds; readonly number: number }

/** At a moment it is so many ticks, and no whole number of them; from there on there is one each period. */
type Pulse = { readonly at: Seconds; readonly number: number; readonly period: Seconds }

/** Nothing has been heard. */
export const silentClock: MidiClock = { ticks: [], pulse: null, running: false, cue: null }

/** Enough ticks that jitter averages out. */
const memory = 4 * ticksPerBeat

/** Fewer ticks say nothing of the tempo. */
const fewest = ticksPerBeat / 4

/** A clock that has not ticked for this long is lost: the slowest that is followed ticks four times in it. */
const lostAfter: Seconds = 0.5

/** After a silence as long as this another tempo is as likely as the old one. */
const forgottenAfter: Seconds = 3

/** A tick from further back in time is from another clock. */
const farthestBack: Seconds = 0.1

const slowest: Bpm = 20
const fastest: Bpm = 600

/** Ticks lie closer to one line than to another from this ratio and this difference on: jitter alone seldom does that. */
const closer = 1.5
const closerBy: Seconds = 0.0002

/**
 * Hears what a clock says.
 *
 * The pulse so far says which tick one is: the nearest. So the beat stays where it is when ticks are missing, doubled or
 * come late in a burst, and through a silence of some seconds. Jitter, of up to a third of a tick, is averaged over up to
 * four beats: over as many as go at the last one's tempo.
 *
 * @param at when it came; what comes at no moment is not heard.
 */
export function receiveClock(clock: MidiClock, message: ClockMessage, at: Seconds): MidiClock {
  switch (message.type) {
    case 'clock':
      return Number.isFinite(at) ? receiveTick(clock, at) : clock
    case 'start':
      return { ...clock, running: true, cue: 0 }
    case 'continue':
      return { ...clock, running: true }
    case 'stop':
      return clock.running ? { ...clock, running: false, cue: clock.cue ?? nextNumber(clock) } : clock
    case 'position':
      return { ...clock, cue: message.beat * ticksPerBeat }
  }
}

/** The tempo; null before a quarter of a beat has been heard. */
export function clockTempo({ pulse }: MidiClock): Bpm | null {
  return pulse && 60 / (pulse.period * ticksPerBeat)
}

/** The song's beat at a moment, also of a clock that is silent just now; null while the song is stopped. */
export function clockBeat({ running, cue, pulse }: MidiClock, at: Seconds): Beats | null {
  return running && cue === null && pulse ? numberAt(pulse, at) / ticksPerBeat : null
}

/** The state of a clock: not heard yet, heard for less than a beat, followed, or heard no more. */
export type ClockStatus = 'silent' | 'measured' | 'locked' | 'lost'

/** The state of a clock at a moment. */
export function clockStatus({ ticks }: MidiClock, at: Seconds): ClockStatus {
  const last = ticks.at(-1)
  if (!last) return 'silent'
  if (at - last.at > lostAfter) return 'lost'
  return ticks.length < ticksPerBeat ? 'measured' : 'locked'
}

/** The beats of the ticks from a beat on, up to but without another: side by side, windows give each tick once. */
export function clockTicksBetween(from: Beats, to: Beats): Beats[] {
  const ticks: Beats[] = []
  for (let number = Math.floor(from * ticksPerBeat); number / ticksPerBeat < to; number++) {
    if (number / ticksPerBeat >= from) ticks.push(number / ticksPerBeat)
  }
  return ticks
}

function receiveTick(clock: MidiClock, at: Seconds): MidiClock {
  const { ticks, pulse } = clock
  const last = ticks.at(-1)
  const since = last ? at - last.at : 0
  const isSteady = ticks.length >= ticksPerBeat && pulse !== null
  const isAnew = since < -farthestBack || since > (isSteady ? forgottenAfter : lostAfter)
  const number = isSteady ? Math.max(last?.number ?? 0, Math.round(numberAt(pulse, at))) : nextNumber(clock)
  const kept = recounted([...(isAnew ? [] : ticks), { at, number }].slice(-memory))
  return onCue({ ...clock, ticks: kept, pulse: pulseOf(kept) ?? (pulse && { ...pulse, at, number }) })
}

function nextNumber({ ticks }: MidiClock): number {
  return (ticks.at(-1)?.number ?? -1) + 1
}

/** Numbers the ticks anew when the last one is where a song begins or goes on. */
function onCue(clock: MidiClock): MidiClock {
  const { ticks, pulse, running, cue } = clock
  if (!running || cue === null) return clock
  const later = cue - (ticks.at(-1)?.number ?? 0)
  const renumbered = <Numbered extends { readonly number: number }>(each: Numbered) => ({
    ...each,
    number: each.number + later,
  })
  return { ...clock, ticks: ticks.map(renumbered), pulse: pulse && renumbered(pulse), cue: null }
}

/**
 * The ticks, counted one by one since they last came in step, if the last beat's lie on a pulse better that way.
 *
 * Where many numbers were passed over, lying as well is better: else, of a clock that leaps to half its tempo, every other
 * tick would be missing for ever.
 */
function recounted(ticks: readonly Tick[]): readonly Tick[] {
  const start = ticks.length - ticksPerBeat
  const numbered = (index: number) => ticks[index]?.number ?? 0
  const missed = numbered(ticks.length - 1) - numbered(start) - (ticksPerBeat - 1)
  if (start < 0 || missed === 0) return ticks
  const leaps = Math.abs(missed) > fewest
  let inStep = start
  while (leaps && inStep > 0 && numbered(inStep) - numbered(inStep - fewest) !== fewest) inStep--
  const counted = ticks.map((tick, index) => {
    return index < inStep ? tick : { ...tick, number: numbered(inStep) + index - inStep }
  })
  const [was, is] = [spreadOf(ticks.slice(start)), spreadOf(counted.slice(start))]
  return is < (leaps ? was * closer + closerBy : was) ? counted : ticks
}

/** The pulse of as many ticks as lie on it about as close as the last beat's do on one of their own. */
function pulseOf(ticks: readonly Tick[]): Pulse | null {
  const recent = ticks.slice(-ticksPerBeat)
  const own = lineOf(recent)
  const close = closer * spreadOf(recent, own) + closerBy
  for (let length = memory; length > ticksPerBeat && ticks.length > ticksPerBeat; length /= 2) {
    const longer = lineOf(ticks.slice(-length))
    if (longer && spreadOf(recent, longer) <= close) return longer
  }
  return own
}

/** The line of least squares through ticks. Null where there are too few, or where they are not a pulse. */
function lineOf(ticks: readonly Tick[]): Pulse | null {
  if (ticks.length <= fewest) return null
  let [at, number, across, along] = [0, 0, 0, 0]
  for (const tick of ticks) {
    at += tick.at
    number += tick.number
  }
  at /= ticks.length
  number /= ticks.length
  for (const tick of ticks) {
    across += (tick.number - number) * (tick.at - at)
    along += (tick.number - number) ** 2
  }
  const period = across / along
  const bpm = 60 / (period * ticksPerBeat)
  return bpm >= slowest && bpm <= fastest ? { at, number, period } : null
}

/** How far ticks lie from a line, or from their own: the root of the mean square. Infinite where there is none. */
function spreadOf(ticks: readonly Tick[], line = lineOf(ticks)): Seconds {
  if (!line) return Number.POSITIVE_INFINITY
  let squares = 0
  for (const tick of ticks) squares += (tick.at - line.at - (tick.number - line.number) * line.period) ** 2
  return Math.sqrt(squares / ticks.length)
}

function numberAt({ at, number, period }: Pulse, moment: Seconds): number {
  return number + (moment - at) / period
}
