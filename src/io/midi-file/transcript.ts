import { parts, type Transcript, type TranscriptPart } from '../../session/index.ts'
import { writeMidi } from './write.ts'

/** The tracks' names, channels and General MIDI sounds. */
const sounds: Readonly<Record<TranscriptPart, { name: string; channel: number; program?: number }>> = {
  played: { name: 'Keys as played', channel: 1 },
  click: { name: 'Click', channel: 10 },
  bass: { name: 'Bass', channel: 2, program: 33 },
  drums: { name: 'Drums', channel: 10 },
  chords: { name: 'Chords', channel: 3, program: 4 },
  solo: { name: 'Solo', channel: 4, program: 4 },
  answer: { name: 'Answer', channel: 5, program: 11 },
}

/** A transcript as a MIDI file. */
export function transcriptMidi({ notes, ...music }: Transcript): Uint8Array {
  return writeMidi({ ...music, tracks: parts.map((part) => ({ ...sounds[part], notes: notes[part] })) })
}
