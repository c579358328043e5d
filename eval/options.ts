import type { EncodingName } from '../src/models/index.ts'

/** The options of a measurement. */
export type Options = {
  /** The folder of the corpora, laid out as `training/README.md` says. */
  readonly data: string
  /** The seed of all random choices. */
  readonly seed: number
  /** Whether to use fewer pieces and samples. */
  readonly quick: boolean
  /** A folder to save MIDI files in. */
  readonly midi?: string | undefined
  /** Another melody model to measure in classic mode, and its encoding where it does not say it. */
  readonly model?: string | undefined
  readonly encoding?: EncodingName | undefined
}
