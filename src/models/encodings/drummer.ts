import { type DrumStyle, drumStyles, type Metre } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'

/** What a drummer is asked for. What is left out is as the drummer likes. */
export type DrummerBrief = {
  /** Quarter notes a minute. */
  readonly bpm: number
  readonly style?: DrumStyle
  /** How busy, and how loud, for that style: from 0 to 1. */
  readonly intensity?: number
  /** For each measure, how many measures of its phrase come after it. */
  readonly phrase?: readonly number[]
  /** For each measure, whether it is a fill. */
  readonly fills?: readonly boolean[]
}

const tempoAt = drumStyles.length
const intensityAt = tempoAt + 1

/** The places that style, tempo and intensity take in a row. */
export const briefInputs = intensityAt + 2

/** Adds style, tempo and intensity, as our own models read them (`training/ENCODINGS.md`). */
export function addBrief(row: InputRow, offset: number, metre: Metre, { bpm, style, intensity }: DrummerBrief): void {
  if (style !== undefined) row.add(offset + drumStyles.indexOf(style))
  row.add(offset + tempoAt, Math.log2(pulsesAMinute(metre, bpm) / 120))
  if (intensity !== undefined) row.add(offset + intensityAt).add(offset + intensityAt + 1, 2 * intensity - 1)
}

/** How fast a metre's pulses go: quarters, or dotted quarters in 6/8 and its like. */
function pulsesAMinute({ numerator, denominator }: Metre, bpm: number): number {
  return denominator === 8 && numerator % 3 === 0 ? bpm / 1.5 : bpm
}
