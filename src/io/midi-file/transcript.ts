import {
  type Expression,
  mixParts,
  partSounds,
  type Transcript,
  type TranscriptPart,
  tracks,
  trackTable,
} from '../../session/index.ts'
import { type ChannelMessage, writeMidi } from './write.ts'

/** General MIDI's channel for percussion. */
const percussion = 10

/**
 * A transcript as a MIDI file: the keys as they were played on channel 1, and each part of the mix on one of its own; the
 * click only if it is asked for.
 */
export function transcriptMidi(
  { notes, expression, ...music }: Transcript,
  { click = false }: { readonly click?: boolean } = {},
): Uint8Array {
  const messages = (part: TranscriptPart) =>
    (expression?.[part] ?? []).map(({ expression: what, ...place }): ChannelMessage => ({ ...place, ...bytesOf(what) }))
  const played = { name: 'Keys as played', channel: 1, notes: notes.played, messages: messages('played') }
  let channel = 1
  const parts = mixParts
    .filter((part) => click || part !== 'click')
    .map((part) => {
      const { program } = partSounds[part]
      return {
        name: nameOf(part),
        channel: program === undefined ? percussion : ++channel,
        notes: notes[part],
        messages: messages(part),
        ...(program !== undefined && { program }),
      }
    })
  return writeMidi({ ...music, tracks: [played, ...parts] })
}

/** Expression as MIDI has it. */
function bytesOf(expression: Expression): Pick<ChannelMessage, 'status' | 'data'> {
  switch (expression.kind) {
    case 'bend': {
      const value = expression.value + 0x2000
      return { status: 0xe0, data: [value & 0x7f, value >> 7] }
    }
    case 'pressure':
      return { status: 0xd0, data: [expression.value] }
    case 'key-pressure':
      return { status: 0xa0, data: [expression.pitch, expression.value] }
    case 'control':
      return { status: 0xb0, data: [expression.controller, expression.value] }
    case 'program':
      return { status: 0xc0, data: [expression.program] }
  }
}

function nameOf(part: TranscriptPart): string {
  const label = tracks.some((track) => track === part) ? trackTable[part as keyof typeof trackTable].label : part
  return label.charAt(0).toUpperCase() + label.slice(1)
}
