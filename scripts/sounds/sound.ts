/** One channel of sound. */
export type Sound = { readonly samples: Float32Array; readonly rate: number }

/** The largest sample. */
export function peak(samples: Float32Array): number {
  return samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
}
