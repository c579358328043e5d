/**
 * `improv/biases/`: what leads a soloist's choice of a pitch besides its model, a file each.
 *
 * A new bias is a file here and a line in {@link biases}. The options that it goes by are then part of
 * {@link BiasOptions}, so the compiler shows where they have to come from.
 */
import { balance } from './balance.ts'
import { chordTones } from './chord-tones.ts'
import { contour } from './contour.ts'
import { habitualRange } from './habitual-range.ts'
import { harmony } from './harmony.ts'
import type { LogitBias } from './logit-bias.ts'
import { memory } from './memory.ts'
import { motif } from './motif.ts'
import { range } from './range.ts'
import { register } from './register.ts'

/** What leads a soloist. Their sum counts, so their order doesn't matter. */
export const biases = [harmony, chordTones, contour, motif, memory, balance, habitualRange, register, range] as const

/** What all biases in the list go by, together. */
export type BiasOptions = (typeof biases)[number] extends LogitBias<infer Options> ? Options : never

/** Options that leave the choice to the model alone. */
export const unbiased: BiasOptions = {
  harmony: 0,
  key: null,
  comping: null,
  contour: 0,
  hand: null,
  motif: null,
  memory: 0,
  balance: 0,
  register: 0,
  place: null,
  range: [0, 127],
}

export type { BalanceOptions } from './balance.ts'
export type { ChordTonesOptions } from './chord-tones.ts'
export type { ContourOptions } from './contour.ts'
export type { HarmonyOptions } from './harmony.ts'
export type { BiasContext, LogitBias } from './logit-bias.ts'
export type { MemoryOptions } from './memory.ts'
export type { MotifOptions } from './motif.ts'
export type { RangeOptions } from './range.ts'
export type { RegisterOptions } from './register.ts'
