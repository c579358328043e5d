import { type MidiEvent, writeMidi as serialise } from 'midi-file'
import type { Beats, Metre, Note } from '../../../music/index.ts'
import type { Timeline } from '../../../timing/index.ts'

/** What becomes a track of its own. */
export type TrackToWrite = {
  readonly name: string
  /** From 1 to 16; percussion belongs on 10. */
  readonly channel: number
  /** General MIDI program, from 0; a percussion track needs none. */
  readonly program?: number
  readonly notes: readonly Note[]
}

export type SongToWrite = {
  readonly metre: Metre
  readonly timeline: Timeline
  /** Where every track ends: what a sequencer loops. */
  readonly length: Beats
  readonly tracks: readonly TrackToWrite[]
}

/** Divides by 2, 3, 5 and 7: sixteenths and every usual tuplet fall on whole ticks. */
const ticksPerBeat = 3360

type Undated<E> = E extends MidiEvent ? Omit<E, 'deltaTime'> : never
type Timed = { readonly tick: number; readonly event: Undated<MidiEvent> }

/** Writes a Standard MIDI File of format 1: a conductor track with metre and tempi, then the tracks. */
export function writeMidi({ metre, timeline, length, tracks }: SongToWrite): Uint8Array {
  const { numerator, denominator } = metre
  const conductor: Timed[] = [
    { tick: 0, event: { type: 'timeSignature', numerator, denominator, metronome: 24, thirtyseconds: 8 } },
    ...timeline
      .filter(({ beat }) => beat < length)
      .map(
        ({ beat, bpm }): Timed => ({
          tick: ticksAt(beat),
          event: { type: 'setTempo', microsecondsPerBeat: Math.round(60_000_000 / bpm) },
        }),
      ),
  ]
  return Uint8Array.from(
    serialise({
      header: { format: 1, numTracks: tracks.length + 1, ticksPerBeat },
      tracks: [conductor, ...tracks.map(trackEvents)].map((events) => withDeltas(events, ticksAt(length))),
    }),
  )
}

function trackEvents({ name, channel: number, program, notes }: TrackToWrite): Timed[] {
  const channel = number - 1
  const head: Timed[] = [{ tick: 0, event: { type: 'trackName', text: name } }]
  if (program !== undefined) head.push({ tick: 0, event: { type: 'programChange', channel, programNumber: program } })
  const strokes = notes.flatMap(({ pitch: noteNumber, velocity, beat, beats }): Timed[] => [
    { tick: ticksAt(beat), event: { type: 'noteOn', channel, noteNumber, velocity } },
    {
      tick: Math.max(ticksAt(beat) + 1, ticksAt(beat + beats)),
      event: { type: 'noteOff', channel, noteNumber, velocity: 0 },
    },
  ])
  const endsFirst = ({ event }: Timed) => (event.type === 'noteOff' ? 0 : 1)
  return [...head, ...strokes.sort((a, b) => a.tick - b.tick || endsFirst(a) - endsFirst(b))]
}

function withDeltas(events: readonly Timed[], end: number): MidiEvent[] {
  let last = 0
  return [...events, { tick: end, event: { type: 'endOfTrack' } }].map(({ tick, event }) => {
    const deltaTime = Math.max(0, tick - last)
    last = Math.max(last, tick)
    return { ...event, deltaTime } as MidiEvent
  })
}

function ticksAt(beat: Beats): number {
  return Math.round(beat * ticksPerBeat)
}
