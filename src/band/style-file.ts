import type { BandStyle, StyleParts } from './style.ts'
import type { BandStyleName, StyleFeel } from './style-names.ts'
import { parseBandStyle } from './styles/index.ts'

/** A style as a file has it: like one of the band's, but for what it says (docs/reference/band-style.md). */
export type StyleFile = Partial<StyleFeel & Pick<StyleParts, 'about' | 'bpm' | 'drumming'>> & {
  readonly name: string
  readonly like: BandStyleName
  readonly bass?: Partial<StyleParts['bass']> & Sound
  readonly comping?: Partial<StyleParts['comping']> & Sound
}

/** The General MIDI program of a part, from 0. */
type Sound = { readonly program?: number }

/** The style of a file that has been checked. */
export function styleOfFile({ like, bass = {}, comping = {}, ...said }: StyleFile): BandStyle {
  const known = parseBandStyle(like)
  const { program: low = known.programs.bass, ...ownBass } = bass
  const { program: high = known.programs.chords, ...ownComping } = comping
  return {
    ...known,
    ...said,
    programs: { bass: low, chords: high },
    bass: { ...known.bass, ...ownBass },
    comping: { ...known.comping, ...ownComping },
  }
}
