/**
 * The styles that a drummer can be asked for, in the order in which our own models read them: those of the Groove MIDI
 * Dataset, gathered under names that players use.
 */
export const drumStyles = ['rock', 'funk', 'hip-hop', 'swing', 'latin', 'afro', 'soul', 'shuffle'] as const

/** A style that a drummer can be asked for. */
export type DrumStyle = (typeof drumStyles)[number]

/** What each style has in it. */
export const drumStyleNames: Readonly<Record<DrumStyle, string>> = {
  rock: 'rock, punk, pop and country',
  funk: 'funk, New Orleans, fusion and disco',
  'hip-hop': 'hip-hop and breakbeat',
  swing: 'jazz swing',
  latin: 'bossa nova, samba and other Latin styles',
  afro: 'Afrobeat, Afro-Cuban styles and reggae',
  soul: 'soul, Motown and gospel',
  shuffle: 'shuffle and blues',
}

/** Other words that players use for them. */
const otherWords: Readonly<Record<string, DrumStyle>> = {
  jazz: 'swing',
  'jazz swing': 'swing',
  bossa: 'latin',
  'bossa nova': 'latin',
  samba: 'latin',
  blues: 'shuffle',
  hiphop: 'hip-hop',
  'hip hop': 'hip-hop',
  pop: 'rock',
  afrobeat: 'afro',
  reggae: 'afro',
  gospel: 'soul',
}

/**
 * The style that a word names.
 *
 * @example parseDrumStyle('Bossa') // => 'latin'
 * @throws RangeError with a sentence for the user when it names none.
 */
export function parseDrumStyle(text: string): DrumStyle {
  const word = text.trim().toLowerCase()
  const style =
    drumStyles.find((each) => each === word) ?? (Object.hasOwn(otherWords, word) ? otherWords[word] : undefined)
  if (style) return style
  throw new RangeError(`“${text}” is not a style that the drummer knows: choose ${drumStyles.join(', ')}.`)
}

/** Whether a style lives on triplets where the music leaves that open. */
export function isTripletStyle(style: DrumStyle | undefined): boolean {
  return style === 'swing' || style === 'shuffle'
}
