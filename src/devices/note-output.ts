import { clampVelocity, type MidiPitch, type Velocity } from '../music/index.ts'
import type { DueNote, Express, Track } from '../session/index.ts'
import type { Clock, Output, Sound } from './output.ts'
import { sentAheadMs, timeStampOf } from './time-stamp.ts'

/** An output to other instruments, which receive when a note begins and when it ends. */
export type NoteOutput = Output & {
  /** Sends what is due soon: to be called whenever the session is woken. */
  wake(): void
  /** Ends everything, live keys too, as when the page is closed. */
  end(): void
}

/** What is sent for a pitch at one moment: `ends` note-offs, and then, where there is a velocity, a note-on. */
export type Stroke = { readonly pitch: MidiPitch; readonly ends: number; readonly velocity: Velocity | null }

/** Instruments behind a port, whatever it speaks. A voice is what ends a pitch whoever struck it. */
export type Instruments<Voice> = {
  /** The voice that a note sounds on; null where nobody hears it. */
  voiceOf(note: Sound | DueNote): Voice | null
  /** Tells voices apart. */
  nameOf(voice: Voice): string
  /** Sends at once what hands do to notes that sound. */
  express(express: Express): void
  /** Sends a stroke. What is sent can't be taken back. */
  send(voice: Voice, stroke: Stroke, timeStampMs: number): void
  /**
   * Makes sure that nothing sounds.
   *
   * @param timeStampMs the moment of the last stroke that has been sent, or now: what is on its way can't be taken back.
   */
  hush(timeStampMs: number): void
}

/** A note and where it sounds. Times are time stamps, in milliseconds. */
type Note<Voice> = {
  readonly voice: Voice
  readonly track: Track
  readonly pitch: MidiPitch
  readonly velocity: Velocity
  /** Its own, where an MPE zone gives it one. */
  readonly channel: number | undefined
  readonly from: number
  /** Infinite while a key holds it. */
  readonly to: number
}

/** A beginning or an end that a pitch of a voice was sent, and when it leaves. */
type Sent = { readonly on: boolean; readonly at: number }

/**
 * Makes an output that sends strokes to instruments.
 *
 * A pitch may sound for a loop and for a key at once, on the same voice: it ends with the last of them. Each beginning
 * gets its end, as MIDI demands; so what is on its way is remembered, for it can't be taken back.
 *
 * @param aheadMs how far ahead strokes are sent.
 */
export function createNoteOutput<Voice>(
  instruments: Instruments<Voice>,
  clock: Pick<Clock, 'of'>,
  aheadMs: number = sentAheadMs,
): NoteOutput {
  /** By voice and pitch, in the order in which it leaves. */
  const sent = new Map<string, readonly Sent[]>()
  let scheduled: readonly Note<Voice>[] = []
  let sounding: readonly Note<Voice>[] = []

  const placeOf = ({ voice, pitch }: Note<Voice>) => `${instruments.nameOf(voice)} ${pitch}`
  const emit = (note: Note<Voice>, ends: number, on: boolean, at: number) => {
    const messages = [...Array<boolean>(ends).fill(false), ...(on ? [true] : [])].map((on) => ({ on, at }))
    const before = settled(sent.get(placeOf(note)) ?? [], performance.now())
    sent.set(
      placeOf(note),
      [...before, ...messages].sort((a, b) => a.at - b.at),
    )
    const { voice, pitch, velocity } = note
    instruments.send(voice, { pitch, ends, velocity: on ? velocity : null }, at)
  }
  const begin = (note: Note<Voice>) => {
    sounding = [...sounding, note]
    emit(note, soundingAt(sent.get(placeOf(note)), note.from), true, note.from)
    const all = sent.get(placeOf(note))
    // The end of another note is on its way, and ends this one too: it is struck again.
    if (all?.at(-1)?.on === false) emit(note, soundingAt(all), true, after(all))
  }
  const finish = (note: Note<Voice>, at: number) => {
    sounding = sounding.filter((each) => each !== note)
    if (sounding.some((each) => placeOf(each) === placeOf(note))) return
    const all = sent.get(placeOf(note))
    emit(note, soundingAt(all), false, Math.max(at, after(all)))
  }
  const flush = () => {
    const until = performance.now() + aheadMs
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
  const hush = () => {
    instruments.hush(Math.max(performance.now(), ...[...sent.values()].map((all) => all.at(-1)?.at ?? 0)))
  }
  const endAll = (which: (note: Note<Voice>) => boolean) => {
    scheduled = scheduled.filter((note) => !which(note))
    for (const note of sounding.filter(which)) finish(note, performance.now())
  }
  const noteOf = (sounds: Sound | DueNote, from: number, to: number): Note<Voice> | null => {
    const { track, pitch, velocity, gain } = sounds
    const channel = 'channel' in sounds ? sounds.channel : undefined
    const voice = gain === 0 ? null : instruments.voiceOf(sounds)
    return voice && { voice, track, pitch, velocity: clampVelocity(velocity * gain), channel, from, to }
  }
  return {
    sound(sound) {
      const note = noteOf(sound, performance.now(), Number.POSITIVE_INFINITY)
      if (note) begin(note)
    },
    stop({ track, pitch, channel }) {
      const note = sounding.find(
        (each) => isLive(each) && each.track === track && each.pitch === pitch && each.channel === channel,
      )
      if (note) finish(note, performance.now())
    },
    express: instruments.express,
    schedule(due, at, seconds) {
      const from = timeStampOf(clock, at)
      const note = noteOf(due, from, from + Math.max(1, 1000 * seconds))
      if (note) scheduled = [...scheduled, note]
      flush()
    },
    silence(track, keysGoOn = false) {
      endAll((note) => !isLive(note) && (track === null || note.track === track))
      if (track === null && !(keysGoOn && sounding.some(isLive))) hush()
    },
    wake: flush,
    end() {
      endAll(() => true)
      hush()
    },
  }
}

/** Whether a key holds a note. */
function isLive({ to }: { readonly to: number }): boolean {
  return to === Number.POSITIVE_INFINITY
}

/** The note whose time comes first. */
function first<Voice>(notes: readonly Note<Voice>[], time: 'from' | 'to'): Note<Voice> | undefined {
  return notes.reduce<Note<Voice> | undefined>(
    (soonest, note) => (soonest && soonest[time] <= note[time] ? soonest : note),
    undefined,
  )
}

/** How many beginnings have no end at a moment, or when everything has left. */
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
