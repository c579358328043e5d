import type { MidiPitch } from '../../../music/index.ts'

/** A clef, as ABC names it. */
export type Clef = {
  readonly name: 'treble' | 'bass' | 'bass-8' | 'treble+8'
  /** How many octaves higher its notes sound than they are written. */
  readonly octaves: number
  /** The sounding pitches of its lowest and its highest line. */
  readonly lines: readonly [MidiPitch, MidiPitch]
  /** How many ledger lines a note it has to save, because it is harder to read than other clefs. */
  readonly cost: number
}

const clefs: readonly Clef[] = [
  { name: 'treble', octaves: 0, lines: [64, 77], cost: 0 },
  { name: 'bass', octaves: 0, lines: [43, 57], cost: 0 },
  { name: 'bass-8', octaves: -1, lines: [31, 45], cost: 1 },
  { name: 'treble+8', octaves: 1, lines: [76, 89], cost: 1 },
]

/** The clef with which a line needs the fewest ledger lines. */
export function clefFor(pitches: readonly MidiPitch[]): Clef {
  const cost = (clef: Clef) => pitches.reduce((sum, pitch) => sum + ledgerLines(pitch, clef) + clef.cost, 0)
  return clefs.reduce((best, clef) => (cost(clef) < cost(best) ? clef : best))
}

/** Semitones from one line to the next, on average. */
function ledgerLines(pitch: MidiPitch, { lines: [lowest, highest] }: Clef): number {
  return Math.max(0, lowest - pitch, pitch - highest) / 3.5
}
