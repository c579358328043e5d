import { type BandStyleName, type StyleFeel, type StyleFile, styleFeels } from '../../band/index.ts'

/** A style of the performer's own: its file, the style that it is like, and its feel. */
export type OwnStyle = StyleFeel & { readonly file: string; readonly like: BandStyleName }

/** The style that is chosen. */
type Chosen = { readonly settings: { readonly 'band-style': string }; readonly ownStyle: OwnStyle | null }

/** What a session goes by of a style's file; null where it is like no style of the band. */
export function ownStyleOf(file: string): OwnStyle | null {
  try {
    const { like, drums, swing }: StyleFile = JSON.parse(file)
    if (!Object.hasOwn(styleFeels, like)) return null
    const known: StyleFeel = styleFeels[like]
    return { file, like, drums: drums ?? known.drums, swing: swing === undefined ? known.swing : swing }
  } catch {
    return null
  }
}

/** What the band's players are told of their style: its name, or a style's file; null where the metre says it. */
export function chosenBandStyle({ settings: { 'band-style': style }, ownStyle }: Chosen): string | null {
  return style === 'own' ? (ownStyle?.file ?? null) : style === 'metre' ? null : style
}
