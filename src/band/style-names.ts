/** The names of the styles that the band plays: a file each in `styles/`. */
export const bandStyleNames = [
  ...(['swing', 'ballad', 'bossa', 'samba', 'latin', 'funk', 'rock', 'pop'] as const),
  ...(['shuffle', 'waltz', 'modal', 'odd'] as const),
] as const

/** The name of a style. */
export type BandStyleName = (typeof bandStyleNames)[number]
