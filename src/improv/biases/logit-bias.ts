import { classInterval, type KeyPress, type SoloMemory } from '../../models/index.ts'
import type { MidiPitch } from '../../music/index.ts'
import type { Recollection } from '../memory/index.ts'

/** What every bias knows of the pitch that is to be chosen. */
export type BiasContext = {
  /** The last pitch that sounded, from which the intervals are counted. */
  readonly last: MidiPitch
  /** What has sounded of the line. */
  readonly sounded: SoloMemory
  /** The key press that the pitch is for, with its place and its chord. */
  readonly press: KeyPress
  /** What the memories say of the pitch, besides what the model does. They are asked once, when a bias first asks. */
  readonly recall: () => Recollection
}

/**
 * Leads the choice of a pitch by adding to the logits of the intervals, in nats (natural log odds): adding x multiplies
 * an interval's odds by e^x, at temperature 1. It adds to what other biases have added, and remembers nothing.
 *
 * @param bias a number for each class of the model, which stands for the interval that {@link classInterval} gives.
 * @param context what it knows of the pitch that is to be chosen.
 * @param options what else it goes by, such as the performer's settings.
 */
export type LogitBias<Options> = (bias: Float64Array, context: BiasContext, options: Options) => void

/**
 * What takes a share of an interval's odds away, in nats.
 *
 * @param share from 0, nothing, to 1, all of it.
 * @param never instead of minus infinity: as good as never, and biases that say never can still be compared.
 * @example lessBy(0.5, -1000) // => -0.693…, half the odds
 */
export function lessBy(share: number, never: number): number {
  return Math.max(never, Math.log(1 - share))
}

/** Adds to each interval what it is to get, in nats; it is given in semitones up from the last pitch. */
export function addToEach(bias: Float64Array, nats: (interval: number) => number): void {
  for (let token = 0; token < bias.length; token++) {
    bias[token] = (bias[token] as number) + nats(classInterval(token))
  }
}

/** Adds nats to each interval that passes a test; the interval is given in semitones up from the last pitch. */
export function addWhere(bias: Float64Array, nats: number, test: (interval: number) => boolean): void {
  addToEach(bias, (interval) => (test(interval) ? nats : 0))
}
