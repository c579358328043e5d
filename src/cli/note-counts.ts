import { parts, type Transcript, type TranscriptPart } from '../session/index.ts'

/** How many notes each part of a transcript has. The lead is counted as `solo`, too: version 0.1 called it so. */
export function noteCounts({ notes }: Transcript): Record<TranscriptPart | 'solo', number> {
  const counts = Object.fromEntries(parts.map((part) => [part, notes[part].length])) as Record<TranscriptPart, number>
  return { ...counts, solo: counts.lead }
}
