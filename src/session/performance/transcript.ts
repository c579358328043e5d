import { type Beats, type Metre, type MidiPitch, measureBeats, type Note, rounding } from '../../music/index.ts'
import { beatAt, type Seconds, type Timeline, tempoAt, tempoMap } from '../../timing/index.ts'
import type { Effect, Expression } from '../core/index.ts'
import { placeInZones } from '../keys/index.ts'
import { notesBetween, type SessionEvent, type SessionState, startSession } from '../session.ts'
import { mixParts, type Part, partOf, partsOf, type Track } from '../track.ts'
import { sameMetre } from '../transport/index.ts'
import type { Performance } from './performance.ts'
import { replay } from './replay.ts'

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
  readonly notes: Readonly<Record<TranscriptPart, readonly TranscriptNote[]>>
  /** What hands and feet did to the notes of each part after playing them; absent where they did nothing. */
  readonly expression?: Readonly<Partial<Record<TranscriptPart, readonly TranscriptExpression[]>>>
}

/** A note; its own channel, where an MPE zone gave it one. */
export type TranscriptNote = Note & { readonly channel?: number }

/** A bend, pressure, controller or program, and when it came. */
export type TranscriptExpression = {
  readonly beat: Beats
  readonly expression: Expression
  readonly channel?: number
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

/** Writes a performance down while it is replayed. */
class Scribe {
  #state: SessionState
  #at: Seconds
  /** Where the session's beat 0 stands in the transcript. */
  #origin: Beats
  readonly #metres: [MetreChange, ...MetreChange[]]
  #tempi: [TempoChange, ...TempoChange[]]
  readonly #notes = Object.fromEntries(parts.map((part) => [part, []])) as unknown as Record<
    TranscriptPart,
    TranscriptNote[]
  >
  readonly #expression: Partial<Record<TranscriptPart, TranscriptExpression[]>> = {}
  /** Keys and live notes that still sound. */
  readonly #open = new Map<string, TranscriptNote & { readonly part: TranscriptPart }>()

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
    for (const { track, by = 'human', pitch, velocity, beat, beats } of notesBetween(
      this.#state,
      beatAt(timeline, this.#at),
      beatAt(timeline, at),
    )) {
      this.#notes[partOf(track, by)].push({ pitch, velocity, beat: this.#origin + beat, beats })
    }
    this.#at = at
  }

  /** Goes on with the state after an event: the tempo, the metre and the place of beat 0 may have changed. */
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
    this.#origin = last.beat + Math.ceil((earliest - last.beat) / length - rounding) * length
  }

  /** Writes down what an event made sound and what it ended. */
  add(event: SessionEvent, effects: readonly Effect[]): void {
    const { mpe } = this.#state.expression
    const own = 'channel' in event && event.channel && placeInZones(mpe, event.channel) ? event.channel : undefined
    if (event.type === 'noteOn' && event.velocity > 0) this.#begin('played', { ...event, channel: own })
    else if (event.type === 'noteOff' || event.type === 'noteOn') {
      this.#end('played', { pitch: event.pitch })
      this.#end('played', { pitch: event.pitch, channel: own })
    }
    const played = effects.some(({ type }) => type === 'express') ? expressionOf(event) : null
    if (played) this.#express('played', played, own)
    for (const effect of effects) {
      if (effect.type === 'sound') this.#begin(partOf(effect.track, effect.by), effect)
      else if (effect.type === 'stop') for (const part of partsOf(effect.track)) this.#end(part, effect)
      else if (effect.type === 'express') {
        for (const part of partsOf(effect.track)) this.#express(part, effect.expression, effect.channel)
      } else if (effect.type === 'silence') this.#silence(effect.track)
    }
  }

  #begin(part: TranscriptPart, { pitch, velocity, channel }: Begun): void {
    this.#end(part, { pitch, channel })
    const kept = channel === undefined ? {} : { channel }
    this.#open.set(nameOf(part, { pitch, channel }), { part, pitch, velocity, beat: this.#now, beats: 0, ...kept })
  }

  #end(part: TranscriptPart, note: Pick<Begun, 'pitch' | 'channel'>): void {
    this.#close(nameOf(part, note))
  }

  #close(name: string): void {
    const open = this.#open.get(name)
    if (!open) return
    this.#open.delete(name)
    const { part, ...note } = open
    this.#notes[part].push({ ...note, beats: Math.max(0, this.#now - note.beat) })
  }

  #express(part: TranscriptPart, expression: Expression, channel: number | undefined): void {
    const all = this.#expression[part] ?? []
    this.#expression[part] = all
    all.push({ beat: this.#now, expression, ...(channel !== undefined && { channel }) })
  }

  /** Cuts off what the loops let sound. */
  #silence(track: Track | null): void {
    for (const part of track === null ? parts : partsOf(track)) {
      const now = this.#now
      this.#notes[part] = this.#notes[part].map((note) =>
        note.beat + note.beats > now ? { ...note, beats: Math.max(0, now - note.beat) } : note,
      )
    }
  }

  finish(): Transcript {
    for (const name of [...this.#open.keys()]) this.#close(name)
    const notes = { ...this.#notes }
    for (const part of parts) notes[part] = notes[part].sort((a, b) => a.beat - b.beat)
    const ends = parts.flatMap((part) => notes[part].map(({ beat, beats }) => beat + beats))
    const length = ends.reduce((most, end) => Math.max(most, end), this.#now)
    const [first, ...changes] = this.#tempi
    const [{ metre }, ...metreChanges] = this.#metres
    const expression = this.#expression
    const has = Object.keys(expression).length > 0
    return { timeline: tempoMap(first.bpm, changes), metre, metreChanges, length, notes, ...(has && { expression }) }
  }
}

/** A key that goes down, or a note that begins. */
type Begun = { readonly pitch: MidiPitch; readonly velocity: number; readonly channel?: number | undefined }

/** Tells the notes apart that sound. */
function nameOf(part: TranscriptPart, { pitch, channel }: Pick<Begun, 'pitch' | 'channel'>): string {
  return `${part} ${pitch} ${channel ?? ''}`
}

/** What a hand or a foot did, as it did it. */
function expressionOf(event: SessionEvent): Expression | null {
  switch (event.type) {
    case 'bend':
      return { kind: 'bend', value: event.value, semitones: 0 }
    case 'pressure':
      return { kind: 'pressure', value: event.value }
    case 'keyPressure':
      return { kind: 'key-pressure', pitch: event.pitch, value: event.value }
    case 'control':
      return { kind: 'control', controller: event.controller, value: event.value }
    case 'program':
      return { kind: 'program', program: event.program }
    default:
      return null
  }
}
