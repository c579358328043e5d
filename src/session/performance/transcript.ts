import { type Beats, type Metre, type MidiPitch, measureBeats, type Note } from '../../music/index.ts'
import { beatAt, type Seconds, type Timeline, tempoAt, tempoMap } from '../../timing/index.ts'
import type { Effect } from '../core/index.ts'
import { notesBetween, type SessionEvent, type SessionState, startSession } from '../session.ts'
import { mixParts, type Part, partOf, partsOf } from '../track.ts'
import { sameMetre } from '../transport/index.ts'
import { type Performance, replay } from './performance.ts'

/** A part of a transcript: what the hands played, and what sounded in each part of the mix. */
export type TranscriptPart = 'played' | Part

/** The parts of a transcript. */
export const parts: readonly TranscriptPart[] = ['played', ...mixParts]

/** A performance written out in notes. Beats count from its first event; where the music begins there is a bar line. */
export type Transcript = {
  readonly timeline: Timeline
  readonly metre: Metre
  /** Other metres later on, in rising order. */
  readonly metreChanges: readonly { readonly beat: Beats; readonly metre: Metre }[]
  readonly length: Beats
  readonly notes: Readonly<Record<TranscriptPart, readonly Note[]>>
}

/** Writes a performance out, note by note. */
export function transcribe({ seed, events: happened }: Performance): Transcript {
  const start = happened[0]?.at ?? 0
  const scribe = new Scribe(startSession(seed), start)
  // A tick before each event shows what changed by itself, before the event changes more.
  const events = happened.flatMap((event): SessionEvent[] => [{ type: 'tick', at: event.at }, event])
  for (const { event, effects, state } of replay({ seed, events })) {
    scribe.reach(event.at)
    scribe.turnTo(state)
    scribe.add(event, effects)
  }
  return scribe.finish()
}

type MetreChange = { beat: Beats; metre: Metre }
type TempoChange = { readonly beat: Beats; readonly bpm: number }

/** Follows a performance with a pencil. */
class Scribe {
  #state: SessionState
  #at: Seconds
  /** Where the session's beat 0 stands in the transcript. */
  #origin: Beats
  readonly #metres: [MetreChange, ...MetreChange[]]
  #tempi: [TempoChange, ...TempoChange[]]
  readonly #notes = Object.fromEntries(parts.map((part) => [part, []])) as unknown as Record<TranscriptPart, Note[]>
  /** Keys and live notes that still sound. */
  readonly #open = new Map<string, Note>()

  constructor(state: SessionState, at: Seconds) {
    this.#state = state
    this.#at = at
    this.#origin = -beatAt(state.transport.timeline, at)
    this.#metres = [{ beat: 0, metre: state.transport.form.metre }]
    this.#tempi = [{ beat: 0, bpm: tempoAt(state.transport.timeline, 0) }]
  }

  get #now(): Beats {
    return this.#origin + beatAt(this.#state.transport.timeline, this.#at)
  }

  /** Writes down what the loops play up to a moment. */
  reach(at: Seconds): void {
    if (at <= this.#at) return
    const { timeline } = this.#state.transport
    for (const { track, pitch, velocity, beat, beats } of notesBetween(
      this.#state,
      beatAt(timeline, this.#at),
      beatAt(timeline, at),
    )) {
      this.#notes[track].push({ pitch, velocity, beat: this.#origin + beat, beats })
    }
    this.#at = at
  }

  /** Goes on with the state after an event: the tempo, the metre and the place of beat 0 may be others. */
  turnTo(state: SessionState): void {
    const { transport: before } = this.#state
    const { transport } = state
    const now = this.#now
    this.#state = state
    if (transport.begun !== before.begun) this.#beginOnBarLine(now)
    if (transport.timeline !== before.timeline) {
      const from = this.#now
      const bpm = tempoAt(transport.timeline, from - this.#origin)
      const planned = transport.timeline.map(({ beat, bpm }) => ({ beat: this.#origin + beat, bpm }))
      const [first, ...rest] = this.#tempi.filter(({ beat }) => beat < from)
      const changes = [{ beat: from, bpm }, ...planned.filter(({ beat }) => beat > from)]
      this.#tempi = first ? [first, ...rest, ...changes] : [{ beat: 0, bpm }, ...changes.slice(1)]
    }
    const last = this.#metres.at(-1) as MetreChange
    const { beat, metre } = transport.form
    if (transport.playing && !sameMetre(last.metre, metre)) {
      this.#metres.push({ beat: this.#origin + beat, metre })
    }
  }

  /** The music begins: its beat 0 is put on the next bar line that the count-in leaves room for. */
  #beginOnBarLine(now: Beats): void {
    const { timeline, form } = this.#state.transport
    const earliest = now - beatAt(timeline, this.#at)
    const last = this.#metres.at(-1) as MetreChange
    const isFirst = this.#metres.length === 1 && this.#notes.click.length + this.#notes.drums.length === 0
    if (isFirst) last.metre = form.metre
    const length = measureBeats(last.metre)
    this.#origin = last.beat + Math.ceil((earliest - last.beat) / length - 1e-9) * length
  }

  /** Writes down what an event made sound and what it ended. */
  add(event: SessionEvent, effects: readonly Effect[]): void {
    if (event.type === 'noteOn' && event.velocity > 0) this.#begin('played', event.pitch, event.velocity)
    else if (event.type === 'noteOff' || event.type === 'noteOn') this.#end('played', event.pitch)
    for (const effect of effects) {
      if (effect.type === 'sound') {
        const { track, by, pitch, velocity } = effect
        this.#begin(partOf(track, by), pitch, velocity)
      } else if (effect.type === 'stop') {
        for (const part of partsOf(effect.track)) this.#end(part, effect.pitch)
      } else if (effect.type === 'silence') this.#silence(effect.track)
    }
  }

  #begin(part: TranscriptPart, pitch: MidiPitch, velocity: number): void {
    this.#end(part, pitch)
    this.#open.set(`${part} ${pitch}`, { pitch, velocity, beat: this.#now, beats: 0 })
  }

  #end(part: TranscriptPart, pitch: MidiPitch): void {
    const note = this.#open.get(`${part} ${pitch}`)
    if (!note) return
    this.#open.delete(`${part} ${pitch}`)
    this.#notes[part].push({ ...note, beats: Math.max(0, this.#now - note.beat) })
  }

  /** Cuts off what the loops let sound. */
  #silence(track: TranscriptPart | null): void {
    for (const part of parts) {
      if (part !== track && track !== null) continue
      const now = this.#now
      this.#notes[part] = this.#notes[part].map((note) =>
        note.beat + note.beats > now ? { ...note, beats: Math.max(0, now - note.beat) } : note,
      )
    }
  }

  finish(): Transcript {
    for (const key of [...this.#open.keys()]) {
      const [part, pitch] = key.split(' ') as [TranscriptPart, string]
      this.#end(part, Number(pitch))
    }
    const notes = { ...this.#notes }
    for (const part of parts) notes[part] = notes[part].sort((a, b) => a.beat - b.beat)
    const ends = parts.flatMap((part) => notes[part].map(({ beat, beats }) => beat + beats))
    const length = ends.reduce((most, end) => Math.max(most, end), this.#now)
    const [first, ...changes] = this.#tempi
    const [{ metre }, ...metreChanges] = this.#metres
    return { timeline: tempoMap(first.bpm, changes), metre, metreChanges, length, notes }
  }
}
