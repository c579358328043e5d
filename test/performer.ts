import type { Soloist } from '../src/improv/index.ts'
import type { Note } from '../src/music/index.ts'
import {
  type ActionId,
  type DueNote,
  type Effect,
  type Job,
  notesBetween,
  type PlayedTrack,
  type Question,
  type SessionEvent,
  type SessionInput,
  type SessionState,
  type SettingValue,
  startSession,
  step,
} from '../src/session/index.ts'
import { beatAt, secondsAt } from '../src/timing/index.ts'
import { toDo } from './cues.ts'

/** Somebody who plays a session in a test: what they did, and what came of it. */
export class Performer {
  state: SessionState
  at = 0
  readonly events: SessionEvent[] = []
  readonly effects: (Effect & { readonly at: number })[] = []
  readonly #soloist: Soloist | null

  constructor(seed = 0, soloist: Soloist | null = null) {
    this.state = startSession(seed)
    this.#soloist = soloist
  }

  /** Does something at a moment, or now. */
  do(input: SessionInput, at = this.at): this {
    this.at = at
    const event = { ...input, at } as SessionEvent
    this.events.push(event)
    const { state, effects } = step(this.state, event, this.#soloist)
    this.state = state
    this.effects.push(...effects.map((effect) => ({ ...effect, at })))
    return this
  }

  /** Runs an action, or sets a setting; without a value it goes a step on. */
  act(id: ActionId, value?: SettingValue, at = this.at): this {
    return this.do(toDo(id, value), at)
  }

  /** Lets time pass up to a beat. */
  wait(beat: number): this {
    return this.do({ type: 'tick' }, this.secondsAt(beat))
  }

  /** Plays notes at their beats, each with its own length. */
  play(notes: readonly Note[], from = 0): this {
    const keys = notes.flatMap(({ pitch, velocity, beat, beats }) => [
      { beat: from + beat, on: true, pitch, velocity },
      { beat: from + beat + beats, on: false, pitch, velocity },
    ])
    for (const { beat, on, pitch, velocity } of keys.sort((a, b) => a.beat - b.beat || Number(a.on) - Number(b.on))) {
      const at = this.secondsAt(beat)
      this.do(on ? { type: 'noteOn', pitch, velocity } : { type: 'noteOff', pitch }, at)
    }
    return this
  }

  secondsAt(beat: number): number {
    return secondsAt(this.state.transport.timeline, beat)
  }

  get beat(): number {
    return beatAt(this.state.transport.timeline, this.at)
  }

  /** What a scheduler would play from a beat to another, of one track. */
  due(track: DueNote['track'], from: number, to: number): DueNote[] {
    return notesBetween(this.state, from, to).filter((note) => note.track === track)
  }

  /** The pitches that keys let sound now on a track, in the order in which they began. */
  sounding(track: PlayedTrack): number[] {
    const pitches = new Set<number>()
    for (const effect of this.effects) {
      if (effect.type === 'sound' && effect.track === track) pitches.add(effect.pitch)
      if (effect.type === 'stop' && effect.track === track) pitches.delete(effect.pitch)
    }
    return [...pitches]
  }

  /** The effects of a kind. */
  all<Type extends Effect['type']>(type: Type): (Extract<Effect, { type: Type }> & { at: number })[] {
    return this.effects.filter((effect) => effect.type === type) as never
  }

  /** What the models were asked of a job. */
  asks<Name extends Job>(job: Name): (Question<Name> & { readonly request: number })[] {
    return this.all('ask').flatMap((ask) =>
      ask.job === job ? [{ ...ask.question, request: ask.request }] : [],
    ) as never
  }

  /** What the performer was notified of. */
  get notices(): string[] {
    return this.all('notify').map(({ notice }) => notice)
  }
}
