import { type Track, tracks, trackTable } from '../../session/index.ts'
import { createNoteOutput, type NoteOutput } from '../note-output.ts'
import type { Clock } from '../output.ts'
import { allNotesOff, encodeMidi, type MidiMessage } from './message.ts'
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
  const notes = createNoteOutput<MidiRoute>(
    {
      voiceOf: ({ track }) => routes.get(track) ?? null,
      nameOf,
      send({ output, channel }, { pitch, ends, velocity }, timeStampMs) {
        const messages = Array<MidiMessage>(ends).fill({ type: 'noteOff', pitch, channel })
        if (velocity !== null) messages.push({ type: 'noteOn', pitch, velocity, channel })
        send(output, Uint8Array.from(messages.flatMap((message) => [...encodeMidi(message)])), timeStampMs)
      },
      hush() {
        const channels = new Map([...routes.values()].map((route) => [nameOf(route), route]))
        for (const { output, channel } of channels.values()) {
          send(output, encodeMidi({ type: 'control', controller: allNotesOff, value: 0, channel }))
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

function nameOf({ output, channel }: MidiRoute): string {
  return `${output} ${channel}`
}
