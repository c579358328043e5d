import type { Soloist } from '../src/improv/index.ts'
import {
  type ActionId,
  type Answer,
  command,
  type Effect,
  type SessionEvent,
  type SessionInput,
  type SessionState,
  type SettingValue,
  startSession,
  step,
} from '../src/session/index.ts'

/** Something that happens so many seconds after what was before. Its `request` counts back from the latest one. */
export type Cue = { readonly after: number; readonly input: SessionInput }

/** An action is run, or a setting is set; without a value it goes a step on. */
export function toDo(id: ActionId, value?: SettingValue): SessionInput {
  return value === undefined ? command(id) : ({ type: 'set', setting: id, value } as SessionInput)
}

/** A melody of these pitches, as a model answers with it. */
export function sung(pitches: readonly number[]): Answer<'melody'> {
  return { melody: pitches.map((pitch, beat) => ({ pitch, velocity: 80, beat, beats: 1 })) }
}

/** Something that is done, at once or after a while. */
export function act(id: ActionId, value?: SettingValue, after = 0): Cue {
  return { after, input: toDo(id, value) }
}

/** Everything that a performer holds comes up, and all wheels return. */
export const lettingGo: readonly Cue[] = [1, 2, 3, 15, 16].flatMap((channel) => [
  ...Array.from({ length: 128 }, (_, pitch) => ({ after: 0, input: { type: 'noteOff' as const, pitch, channel } })),
  ...[1, 2, 11, 64, 65, 66, 67, 68, 69, 74].map((controller) => ({
    after: 0,
    input: { type: 'control' as const, controller, value: { 11: 127, 74: 64 }[controller] ?? 0, channel },
  })),
  { after: 0, input: { type: 'bend' as const, value: 0, channel } },
  { after: 0, input: { type: 'pressure' as const, value: 0, channel } },
])

/** What came of some events. */
export type Run = {
  readonly events: readonly SessionEvent[]
  readonly effects: readonly Effect[]
  readonly state: SessionState
}

/** Plays cues one after the other, from the beginning or on from a state. */
export function playCues(
  cues: readonly Cue[],
  seed = 0,
  soloist: Soloist | null = null,
  from: SessionState = startSession(seed),
): Run {
  let state = from
  let at = from.now
  const events: SessionEvent[] = []
  const effects: Effect[] = []
  for (const { after, input } of cues) {
    at = Math.max(0, at + after)
    const request = 'request' in input && { request: state.requests - input.request }
    const event = { ...input, ...request, at } as SessionEvent
    const next = step(state, event, soloist)
    state = next.state
    events.push(event)
    for (const effect of next.effects) effects.push(effect)
  }
  return { events, effects, state }
}

/** Plays events one after the other, on from a state. */
export function playEvents(events: readonly SessionEvent[], from: SessionState, soloist: Soloist | null = null): Run {
  let state = from
  const effects: Effect[] = []
  for (const event of events) {
    const next = step(state, event, soloist)
    state = next.state
    for (const effect of next.effects) effects.push(effect)
  }
  return { events, effects, state }
}
