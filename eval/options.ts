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
}
