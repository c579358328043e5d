import { mixParts, partSounds, type Transcript, type TranscriptPart, tracks, trackTable } from '../../session/index.ts'
import { writeMidi } from './write.ts'

/** General MIDI's channel for percussion. */
const percussion = 10

/**
 * A transcript as a MIDI file: the keys as they were played on channel 1, and each part of the mix on one of its own; the
 * click only if it is asked for.
 */
export function transcriptMidi({ notes, ...music }: Transcript, { click = false } = {}): Uint8Array {
  const played = { name: 'Keys as played', channel: 1, notes: notes.played }
  let channel = 1
  const parts = mixParts
    .filter((part) => click || part !== 'click')
    .map((part) => {
      const { program } = partSounds[part]
      return {
        name: nameOf(part),
        channel: program === undefined ? percussion : ++channel,
        notes: notes[part],
        ...(program !== undefined && { program }),
      }
    })
  return writeMidi({ ...music, tracks: [played, ...parts] })
}

function nameOf(part: TranscriptPart): string {
  const label = tracks.some((track) => track === part) ? trackTable[part as keyof typeof trackTable].label : part
  return label.charAt(0).toUpperCase() + label.slice(1)
}
