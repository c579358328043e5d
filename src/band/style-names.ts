import type { DrumStyle } from '../music/index.ts'

/** Swing that is wide at slow tempi and nearly even at fast ones. */
type SwingByTempo = { readonly slow: number; readonly fast: number }

/** What a style has for all who play it. */
export type StyleFeel = {
  readonly drums: DrumStyle
  /** Where the second eighth of a beat sounds at slow tempi and at fast ones: 2/3 is a triplet; null is straight. */
  readonly swing: SwingByTempo | null
}

/** The longest file of a style, in letters. */
export const longestStyle = 65_536

/** The styles that the band plays, by their names, each with its feel; its parts are a file in `styles/`. */
export const styleFeels = {
  swing: { drums: 'swing', swing: { slow: 0.735, fast: 0.6 } },
  ballad: { drums: 'swing', swing: { slow: 0.667, fast: 0.62 } },
  bossa: { drums: 'latin', swing: null },
  samba: { drums: 'latin', swing: null },
  latin: { drums: 'latin', swing: null },
  funk: { drums: 'funk', swing: null },
  rock: { drums: 'rock', swing: null },
  pop: { drums: 'soul', swing: null },
  shuffle: { drums: 'shuffle', swing: { slow: 0.69, fast: 0.64 } },
  waltz: { drums: 'swing', swing: { slow: 0.69, fast: 0.6 } },
  modal: { drums: 'swing', swing: { slow: 0.7, fast: 0.6 } },
  odd: { drums: 'rock', swing: null },
} as const satisfies Record<string, StyleFeel>

/** The name of a style. */
export type BandStyleName = keyof typeof styleFeels

/** The names of the styles. */
export const bandStyleNames = Object.keys(styleFeels) as readonly BandStyleName[]

/** The tempo from which on swing gets narrower, and the one at which it is narrowest. */
const slowBpm = 90
const fastBpm = 280

/** Where the second eighth of a beat sounds at a tempo. */
export function swingAt({ swing }: Pick<StyleFeel, 'swing'>, bpm: number): number {
  if (!swing) return 1 / 2
  const way = Math.min(1, Math.max(0, (bpm - slowBpm) / (fastBpm - slowBpm)))
  return swing.slow + way * (swing.fast - swing.slow)
}
