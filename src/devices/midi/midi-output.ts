import { type DueNote, type Expression, type Track, type TrackEntry, tracks, trackTable } from '../../session/index.ts'
import { createNoteOutput, type NoteOutput } from '../note-output.ts'
import type { Clock, Sound } from '../output.ts'
import { encodeMidi, type HandMessage, type MidiMessage, silencing } from './message.ts'
import type { MidiPorts } from './ports.ts'

/** Where a track is sent. */
export type MidiRoute = {
  /** The output's id. */
  readonly output: string
  /** From 1 to 16. */
  readonly channel: number
}

/** The channels that tracks have unless others are chosen. */
export const usualChannels = Object.fromEntries(
  tracks.map((track) => [track, trackTable[track].midiChannel]),
) as Readonly<Record<Track, number>>

/** Sounds on other instruments, by MIDI. */
export type MidiOutput = NoteOutput & {
  /** Sends a track there from now on, or nowhere. What sounds ends where it began. */
  route(track: Track, to: MidiRoute | null): void
}

/** Makes an output that sends to ports. */
export function createMidiOutput(send: MidiPorts['send'], clock: Pick<Clock, 'of'>): MidiOutput {
  const routes = new Map<Track, MidiRoute>()
  /** The channels that have been sent anything. */
  const used = new Map<string, MidiRoute>()
  const leave = (route: MidiRoute, messages: readonly MidiMessage[], timeStampMs: number) => {
    if (!used.has(nameOf(route))) used.set(nameOf(route), route)
    send(route.output, Uint8Array.from(messages.flatMap((message) => [...encodeMidi(message)])), timeStampMs)
  }
  /** Where a track is sent; a note of an MPE zone keeps its channel. */
  const routeOf = (track: Track, channel: number | undefined): MidiRoute | null => {
    const route = routes.get(track) ?? null
    return route && channel !== undefined ? { ...route, channel } : route
  }
  const notes = createNoteOutput<MidiRoute>(
    {
      voiceOf: (note) => routeOf(note.track, 'channel' in note ? note.channel : ownChannel(note)),
      nameOf,
      express({ track, expression, channel: kept }) {
        const route = routeOf(track, kept)
        if (route) leave(route, [messageOf(expression, route.channel)], performance.now())
      },
      send(route, { pitch, ends, velocity }, timeStampMs) {
        const { channel } = route
        const messages = Array<MidiMessage>(ends).fill({ type: 'noteOff', pitch, channel })
        if (velocity !== null) messages.push({ type: 'noteOn', pitch, velocity, channel })
        leave(route, messages, timeStampMs)
      },
      hush() {
        const channels = new Map([...[...routes.values()].map((route) => [nameOf(route), route] as const), ...used])
        for (const { output, channel } of channels.values()) {
          for (const message of silencing(channel)) send(output, encodeMidi(message))
        }
      },
    },
    clock,
  )
  return {
    ...notes,
    route(track, to) {
      if (to) routes.set(track, to)
      else routes.delete(track)
    },
  }
}

/** The channel of what the machine plays by itself on a track that keys play, too. */
function ownChannel(note: Sound | DueNote): number | undefined {
  const { machine }: TrackEntry = trackTable[note.track]
  return 'beats' in note && note.by === 'machine' ? machine?.midiChannel : undefined
}

function nameOf({ output, channel }: MidiRoute): string {
  return `${output} ${channel}`
}

function messageOf(expression: Expression, channel: number): HandMessage {
  switch (expression.kind) {
    case 'bend':
      return { type: 'bend', value: expression.value, channel }
    case 'pressure':
      return { type: 'pressure', value: expression.value, channel }
    case 'key-pressure':
      return { type: 'keyPressure', pitch: expression.pitch, value: expression.value, channel }
    case 'control':
      return { type: 'control', controller: expression.controller, value: expression.value, channel }
    case 'program':
      return { type: 'program', program: expression.program, channel }
  }
}
