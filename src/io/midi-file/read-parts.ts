import type { Beats, Note } from '../../music/index.ts'
import { namesBass } from './instrument-names.ts'
import type { Header } from './read-chunks.ts'
import type { ChannelEvents, SoundChange, TrackEvents } from './read-track.ts'

/** What one channel plays in one track of a file. */
export type MidiPart = {
  /** The track's number in the file, from 1. */
  readonly track: number
  /** The channel, from 1 to 16; 10 is percussion. */
  readonly channel: number
  /** The track's name, or else its instrument's; empty when it has none. */
  readonly name: string
  /** General MIDI program, from 0, that its first note sounds with, or null where the file chooses none. */
  readonly program: number | null
  /** Whether bank, channel or an exclusive message says that it is a drum kit. */
  readonly isKit: boolean
  /** Whether other channels play in the same track, so that its name says little of this one. */
  readonly sharesTrack: boolean
  /** Sorted by onset. */
  readonly notes: readonly Note[]
  /** Where its track ends; a rest may be before it. */
  readonly end: Beats
}

/** Banks of General MIDI 2 (120) and Yamaha XG (126, 127) whose programs are drum kits. */
const kitBanks = [120, 126, 127]

/** The last of those kits' programs: each is the first or second of eight. Roland's bank 127 has instruments at the others. */
const lastKit = 56

/** What the channels play in each track, by track, then channel; a bass that is spread over several is one part. */
export function partsOf(tracks: readonly TrackEvents[], { format, ticksPerBeat }: Header): MidiPart[] {
  // The tracks of format 2 are pieces of their own: what one sets means nothing to the others.
  const shared = format === 2 ? null : sharedSounds(tracks)
  const parts = tracks.flatMap((track, index) => {
    const sounds = shared ?? sharedSounds([track])
    const playing = [...track.channels.values()].filter(({ notes }) => notes.length > 0)
    return playing
      .sort((a, b) => a.channel - b.channel)
      .map((events): MidiPart => {
        const number = events.channel % 16
        const first = events.notes[0]?.tick ?? 0
        const bank = soundAt(first, events.banks, sounds.banks.get(events.channel))
        const program = soundAt(first, events.programs, sounds.programs.get(events.channel))
        return {
          track: index + 1,
          channel: number + 1,
          name: track.name,
          program,
          isKit: isKitSound(bank, program) || (sounds.drumSwitches.get(number) ?? number === 9),
          sharesTrack: playing.length > 1,
          notes: events.notes.map(({ pitch, velocity, tick, end }) => {
            return { pitch, velocity, beat: tick / ticksPerBeat, beats: (end - tick) / ticksPerBeat }
          }),
          end: track.endTick / ticksPerBeat,
        }
      })
  })
  return format === 2 ? parts : joinBasses(joinClips(parts))
}

function isKitSound(bank: number | null, program: number | null): boolean {
  return kitBanks.includes(bank ?? 0) && (program === null || (program <= lastKit && program % 8 < 2))
}

/** Clips of one instrument overlap by no more: one begins with a pickup while another rings. */
const overlap: Beats = 4

/**
 * Joins tracks of one channel, sound and name, but for a number such as #2, that play one after the other: a sequencer's clips.
 * The first gives the rest.
 */
function joinClips(parts: readonly MidiPart[]): MidiPart[] {
  const kinds = new Map<string, MidiPart[]>()
  for (const part of parts) {
    const kind = `${part.channel} ${part.program} ${part.isKit} ${part.name.replace(/\s*#\d+$/, '')}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), part])
  }
  return [...kinds.values()].flatMap((clips) => {
    const [first, ...rest] = clips.sort((a, b) => startOf(a) - startOf(b))
    const follow = rest.every((clip, index) => follows(clip, clips[index] as MidiPart))
    return first && rest.length > 0 && follow ? [joined(first, rest)] : clips
  })
}

/** Whether a clip begins about where another ends. */
function follows(clip: MidiPart, before: MidiPart): boolean {
  const end = before.notes.at(-1)?.beat ?? 0
  return startOf(clip) > Math.max(end - overlap, (startOf(before) + end) / 2)
}

function startOf({ notes }: MidiPart): Beats {
  return notes[0]?.beat ?? 0
}

/**
 * Joins what is one bass: tracks of one channel, such as its bowed and its plucked notes, and channels of one track and one
 * sound, such as its bends. The part with the most notes gives the rest.
 */
function joinBasses(parts: readonly MidiPart[]): MidiPart[] {
  const basses = parts.filter(({ name, isKit }) => namesBass(name) && !isKit)
  const isOne = (a: MidiPart, b: MidiPart) =>
    a.channel === b.channel || (a.track === b.track && a.program !== null && a.program === b.program)
  const left = new Set(parts)
  for (const bass of basses.sort((a, b) => b.notes.length - a.notes.length)) {
    const others = basses.filter((other) => other !== bass && left.has(other) && isOne(other, bass))
    if (!left.has(bass) || others.length === 0) continue
    for (const part of [bass, ...others]) left.delete(part)
    left.add(joined(bass, others))
  }
  return [...left].sort((a, b) => a.track - b.track || a.channel - b.channel)
}

function joined(main: MidiPart, others: readonly MidiPart[]): MidiPart {
  const all = [main, ...others]
  return {
    ...main,
    notes: all.flatMap(({ notes }) => notes).sort((a, b) => a.beat - b.beat || a.pitch - b.pitch),
    end: Math.max(...all.map(({ end }) => end)),
  }
}

/** What all tracks together set, by channel; changes in rising order. */
type Sounds = {
  readonly programs: ReadonlyMap<number, readonly SoundChange[]>
  readonly banks: ReadonlyMap<number, readonly SoundChange[]>
  readonly drumSwitches: ReadonlyMap<number, boolean>
}

function sharedSounds(tracks: readonly TrackEvents[]): Sounds {
  const byChannel = (kind: 'programs' | 'banks') => {
    const all = new Map<number, SoundChange[]>()
    for (const events of tracks.flatMap(({ channels }) => [...channels.values()])) {
      const known = all.get(events.channel) ?? []
      all.set(events.channel, known)
      for (const change of events[kind]) known.push(change)
    }
    for (const changes of all.values()) changes.sort((a, b) => a.tick - b.tick)
    return all
  }
  return {
    programs: byChannel('programs'),
    banks: byChannel('banks'),
    drumSwitches: new Map(tracks.flatMap(({ drumSwitches }) => [...drumSwitches])),
  }
}

/**
 * The program or bank that a channel has at a tick: the last one before it in its own track, else in any track (many
 * files set all programs in the first), else the first one after it in its own.
 */
function soundAt(tick: number, own: ChannelEvents['programs'], all: readonly SoundChange[] | undefined): number | null {
  const last = lastBefore(own, tick) ?? lastBefore(all ?? [], tick) ?? own[0]
  return last?.value ?? null
}

/** The last change up to a tick, by halving. */
function lastBefore(changes: readonly SoundChange[], tick: number): SoundChange | undefined {
  let [low, high] = [0, changes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((changes[middle]?.tick ?? 0) <= tick) low = middle + 1
    else high = middle
  }
  return changes[low - 1]
}
