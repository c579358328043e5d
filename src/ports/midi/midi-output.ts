import { clampVelocity, type MidiPitch, type Velocity } from '../../music/index.ts'
import type { DueNote, Track } from '../../session/index.ts'
import type { Clock, Output, Sound } from '../live/output.ts'
import { allNotesOff, encodeMidi } from './message.ts'
import type { MidiPorts } from './ports.ts'
import { sentAheadMs, timeStampOf } from './time-stamp.ts'

/** Where a track is sent. */
export type MidiRoute = {
  /** The output's id. */
  readonly output: string
  /** From 1 to 16. */
  readonly channel: number
}

/** The channels that tracks have unless others are chosen: drums and clicks, whose pitches are General MIDI's, on 10. */
export const usualChannels: Readonly<Record<Track, number>> = { click: 10, bass: 1, drums: 10, chords: 2, solo: 3 }

/** Sounds on other instruments, by MIDI. */
export type MidiOutput = Output & {
  /** Sends a track there from now on, or nowhere. What sounds ends where it began. */
  route(track: Track, to: MidiRoute | null): void
  /** Sends what is due soon: to be called whenever the session is woken. */
  wake(): void
  /** Ends everything, live keys too, as when the page is closed. */
  end(): void
}

/** A note and where it sounds. Times are time stamps, in milliseconds. */
type Note = MidiRoute & {
  readonly track: Track
  readonly pitch: MidiPitch
  readonly velocity: Velocity
  readonly from: number
  /** Infinite while a key holds it. */
  readonly to: number
}

/** A note-on or a note-off that a pitch of a channel was sent, and when it leaves. */
type Sent = { readonly on: boolean; readonly at: number }

/**
 * Makes an output that sends to ports.
 *
 * A pitch may sound for a loop and for a key at once, on the same channel: it ends with the last of them. Each note-on
 * gets its note-off, as MIDI demands; so what is on its way is remembered, for it can't be taken back.
 */
export function createMidiOutput(send: MidiPorts['send'], clock: Pick<Clock, 'of'>): MidiOutput {
  const routes = new Map<Track, MidiRoute>()
  /** By output, channel and pitch, in the order in which it leaves. */
  const sent = new Map<string, readonly Sent[]>()
  let scheduled: readonly Note[] = []
  let sounding: readonly Note[] = []

  const emit = (note: Note, offs: number, on: boolean, at: number) => {
    const messages = [...Array<boolean>(offs).fill(false), ...(on ? [true] : [])].map((on) => ({ on, at }))
    const before = settled(sent.get(placeOf(note)) ?? [], performance.now())
    sent.set(
      placeOf(note),
      [...before, ...messages].sort((a, b) => a.at - b.at),
    )
    send(note.output, Uint8Array.from(messages.flatMap(({ on }) => bytesOf(note, on))), at)
  }
  const begin = (note: Note) => {
    sounding = [...sounding, note]
    emit(note, soundingAt(sent.get(placeOf(note)), note.from), true, note.from)
    const all = sent.get(placeOf(note))
    // The end of another note is on its way, and ends this one too: it is struck again.
    if (all?.at(-1)?.on === false) emit(note, soundingAt(all), true, after(all))
  }
  const finish = (note: Note, at: number) => {
    sounding = sounding.filter((each) => each !== note)
    if (sounding.some((each) => placeOf(each) === placeOf(note))) return
    const all = sent.get(placeOf(note))
    emit(note, soundingAt(all), false, Math.max(at, after(all)))
  }
  const flush = () => {
    const until = performance.now() + sentAheadMs
    for (;;) {
      const next = first(scheduled, 'from')
      const ending = first(sounding, 'to')
      if (ending && ending.to <= Math.min(until, next?.from ?? until)) finish(ending, ending.to)
      else if (next && next.from <= until) {
        scheduled = scheduled.filter((each) => each !== next)
        begin(next)
      } else return
    }
  }
  const endAll = (which: (note: Note) => boolean) => {
    scheduled = scheduled.filter((note) => !which(note))
    for (const note of sounding.filter(which)) finish(note, performance.now())
  }
  const allOff = () => {
    const channels = new Map([...routes.values()].map((route) => [`${route.output} ${route.channel}`, route]))
    for (const { output, channel } of channels.values()) {
      send(output, encodeMidi({ type: 'control', controller: allNotesOff, value: 0, channel }))
    }
  }
  /** A note on its track's channel; null where nobody hears it. */
  const noteOf = ({ track, pitch, velocity, gain }: Sound | DueNote, from: number, to: number): Note | null => {
    const route = routes.get(track)
    if (!route || gain === 0) return null
    return { ...route, track, pitch, velocity: clampVelocity(velocity * gain), from, to }
  }
  return {
    route(track, to) {
      if (to) routes.set(track, to)
      else routes.delete(track)
    },
    sound(sound) {
      const note = noteOf(sound, performance.now(), Number.POSITIVE_INFINITY)
      if (note) begin(note)
    },
    stop({ track, pitch }) {
      const note = sounding.find((each) => isLive(each) && each.track === track && each.pitch === pitch)
      if (note) finish(note, performance.now())
    },
    schedule(due, at, seconds) {
      const from = timeStampOf(clock, at)
      const note = noteOf(due, from, from + Math.max(1, 1000 * seconds))
      if (note) scheduled = [...scheduled, note]
      flush()
    },
    silence(track) {
      endAll((note) => !isLive(note) && (track === null || note.track === track))
      if (track === null) allOff()
    },
    wake: flush,
    end() {
      endAll(() => true)
      allOff()
    },
  }
}

/** Whether a key holds a note. */
function isLive({ to }: Note): boolean {
  return to === Number.POSITIVE_INFINITY
}

/** The note whose time comes first. */
function first(notes: readonly Note[], time: 'from' | 'to'): Note | undefined {
  return notes.reduce<Note | undefined>(
    (soonest, note) => (soonest && soonest[time] <= note[time] ? soonest : note),
    undefined,
  )
}

function placeOf({ output, channel, pitch }: Note): string {
  return `${output} ${channel} ${pitch}`
}

/** How many note-ons have no note-off at a moment, or when everything has left. */
function soundingAt(sent: readonly Sent[] = [], moment = Number.POSITIVE_INFINITY): number {
  return sent.reduce((count, { on, at }) => (at > moment ? count : Math.max(0, count + (on ? 1 : -1))), 0)
}

/** The same without what has come and gone. */
function settled(sent: readonly Sent[], now: number): Sent[] {
  const left = sent.filter(({ at }) => at <= now)
  return [...left.slice(left.length - soundingAt(left)), ...sent.slice(left.length)]
}

/** A moment after everything that has been sent. */
function after(sent: readonly Sent[] = []): number {
  return (sent.at(-1)?.at ?? 0) + 1
}

function bytesOf({ pitch, velocity, channel }: Note, on: boolean): number[] {
  return [...encodeMidi(on ? { type: 'noteOn', pitch, velocity, channel } : { type: 'noteOff', pitch, channel })]
}
