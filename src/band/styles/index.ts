import { type Metre, measureBeats } from '../../music/index.ts'
import type { BandStyle, StyleParts } from '../style.ts'
import { type BandStyleName, styleFeels } from '../style-names.ts'
import { styleSounds } from '../style-sounds.ts'
import { ballad } from './ballad.ts'
import { bossa } from './bossa.ts'
import { funk } from './funk.ts'
import { latin } from './latin.ts'
import { modal } from './modal.ts'
import { odd } from './odd.ts'
import { pop } from './pop.ts'
import { rock } from './rock.ts'
import { samba } from './samba.ts'
import { shuffle } from './shuffle.ts'
import { swing } from './swing.ts'
import { waltz } from './waltz.ts'

const styles: readonly StyleParts[] = [swing, ballad, bossa, samba, latin, funk, rock, pop, shuffle, waltz, modal, odd]

/** The styles that the band plays. */
export const bandStyles: readonly BandStyle[] = styles.map((style) => ({
  ...styleFeels[style.name],
  ...style,
  programs: styleSounds[style.name],
}))

/** What is played where nothing is said: swing, in three the waltz, in odd metres their groups. */
function nameFor(metre: Metre | undefined): BandStyleName {
  if (!metre || (metre.denominator <= 4 && metre.numerator % 2 === 0)) return 'swing'
  return measureBeats(metre) === 3 && metre.denominator <= 4 ? 'waltz' : 'odd'
}

/**
 * The style that a chart's or a player's words name; the longest word that is known decides. Where they name none, the metre
 * does.
 *
 * @param words such as `Medium Up Swing`, `Bossa Nova` or `Even 8ths`.
 */
export function bandStyleFor(words: string | null, metre?: Metre): BandStyle {
  return namedStyle(words ?? '') ?? parseBandStyle(nameFor(metre))
}

/**
 * The style of a name.
 *
 * @throws RangeError with a sentence for the user when there is none.
 */
export function parseBandStyle(text: string): BandStyle {
  const style = namedStyle(text)
  if (style) return style
  throw new RangeError(
    `“${text}” is not a style that the band knows: choose ${bandStyles.map(({ name }) => name).join(', ')}.`,
  )
}

/** The style that words name; null where they name none that is known. */
export function namedStyle(text: string): BandStyle | null {
  const plain = ` ${text.toLowerCase().replaceAll(/[-_/(),.\s]+/g, ' ')} `
  const found = bandStyles.flatMap((style) =>
    [style.name, ...style.words].filter((word) => plain.includes(` ${word} `)).map((word) => ({ style, word })),
  )
  return (
    found.reduce<(typeof found)[number] | null>(
      (best, each) => (best && best.word.length >= each.word.length ? best : each),
      null,
    )?.style ?? null
  )
}
