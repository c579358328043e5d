import type { Beats } from '../../music/index.ts'
import type { Timeline } from '../../timing/index.ts'
import { tempoMap } from '../../timing/index.ts'
import { MidiFileError } from './cursor.ts'
import { chunkAt, type Header, nextTrack, readHeader } from './read-chunks.ts'
import { type MidiPart, partsOf } from './read-parts.ts'
import { readTrack, type TrackEvents } from './read-track.ts'

export { maxMidiBytes } from './read-chunks.ts'
export type { MidiPart } from './read-parts.ts'

/** From this beat on the file is in this metre, as its bytes say it: no promise that it makes sense. */
export type TimeSignature = { readonly beat: Beats; readonly numerator: number; readonly denominator: number }

/** A file's music. */
export type MidiSong = {
  readonly timeline: Timeline
  /** In rising order, one a beat; empty when the file names no metre. */
  readonly timeSignatures: readonly TimeSignature[]
  /** By track, then channel; only parts that have notes. */
  readonly parts: readonly MidiPart[]
  /** What is wrong with the file although it could be read: sentences that begin after the file's name. */
  readonly notices: readonly string[]
}

const defaultBpm = 120

/** Tempo and metre that come this soon after the start belong to the start. */
const late: Beats = 1

/**
 * Reads a Standard MIDI File of format 0, 1 or 2, also inside a RIFF (`.rmi`) or MacBinary. Unknown chunks are passed
 * over, a note that never ends ends with its track, and of a format 2 file's tempo maps the first counts. Where the music
 * is whole, wrong numbers of tracks and wrong lengths are a notice.
 *
 * @throws MidiFileError when the bytes are not such a file, are damaged, or count time in SMPTE frames.
 */
export function readMidi(bytes: Uint8Array): MidiSong {
  const header = readHeader(bytes)
  const { ticksPerBeat } = header
  const { tracks, notices } = readTracks(bytes, header)
  const conductors = header.format === 2 ? tracks.filter(isConductor).slice(0, 1) : tracks
  return {
    timeline: tempoMap(
      defaultBpm,
      byBeat(conductors, ({ tempi }) => tempi, ticksPerBeat).map(([beat, bpm]) => ({ beat, bpm })),
    ),
    timeSignatures: byBeat(conductors, ({ signatures }) => signatures, ticksPerBeat).map(([beat, signature]) => ({
      beat,
      ...signature,
    })),
    parts: partsOf(tracks, header),
    notices,
  }
}

function readTracks(bytes: Uint8Array, { announced, end: headerEnd }: Header & { readonly end: number }) {
  const tracks: TrackEvents[] = []
  const liars: number[] = []
  let chunks = 0
  let at = headerEnd
  while (at < bytes.length) {
    const chunk = chunkAt(bytes, at)
    if (chunk?.isTrack) {
      const track = readTrack(bytes, chunk.start, chunk.end, tracks.length + 1)
      tracks.push(track)
      if (track.lies) liars.push(tracks.length)
      at = track.lies ? track.end : chunk.end
    } else if (chunk && chunk.end <= bytes.length) at = chunk.end
    else {
      // Rubbish, perhaps with a track after it.
      const next = nextTrack(bytes, at + 1)
      if (next < 0) break
      at = next
      continue
    }
    chunks++
  }
  const isCutOff = at < bytes.length && tracks.length < announced && chunks < announced
  if (isCutOff || (tracks.length === 0 && announced > 0))
    throw new MidiFileError('breaks off before its end: export or copy it again.')
  return { tracks, notices: noticesOf(announced, tracks.length, chunks, liars) }
}

function noticesOf(announced: number, found: number, chunks: number, liars: readonly number[]): string[] {
  const notices: string[] = []
  if (announced !== found && announced !== chunks) {
    notices.push(`announces ${plural(announced, 'track')} and has ${found}: what is there is read.`)
  }
  if (liars.length > 0) {
    const which = liars.length === 1 ? `track ${liars[0]}` : `${liars.length} tracks`
    notices.push(`has the wrong length for ${which}: it is read to where its events end.`)
  }
  return notices
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function isConductor({ tempi, signatures }: TrackEvents): boolean {
  return tempi.size + signatures.size > 0
}

/** What tracks say of tempo or metre, in rising order; what comes a little after the start counts from the start. */
function byBeat<T>(
  tracks: readonly TrackEvents[],
  what: (track: TrackEvents) => ReadonlyMap<number, T>,
  ticksPerBeat: number,
): [Beats, T][] {
  const changes = new Map(tracks.flatMap((track) => [...what(track)]))
  const sorted = [...changes]
    .sort(([a], [b]) => a - b)
    .map(([tick, change]): [Beats, T] => [tick / ticksPerBeat, change])
  const [first, ...rest] = sorted
  return first && first[0] < late ? [[0, first[1]], ...rest] : sorted
}
