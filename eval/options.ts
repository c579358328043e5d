/** What a measurement is told. */
export type Options = {
  /** The folder of the corpora, laid out as `training/README.md` says. */
  readonly data: string
  /** Of all chance. */
  readonly seed: number
  /** Fewer pieces and samples. */
  readonly quick: boolean
  /** Where MIDI files that are made are kept. */
  readonly midi?: string | undefined
}
