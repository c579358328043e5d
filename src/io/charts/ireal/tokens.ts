/** A token of a chart, its kind and what it is made of. */
export type Token = { readonly kind: string; readonly match: RegExpExecArray }

const root = '[A-G][b#♭♯]?'
const quality = '(?:\\*[^*]{0,40}\\*|sus|alt|add|maj|dim|aug|[-+^oøhΔ\\d#b♭♯]){0,24}'

/** The tokens, each with its kind. What none of them reads is skipped, a character at a time. */
const tokens: readonly (readonly [RegExp, string])[] = [
  [/[,\t\r\n"]+/y, 'separator'],
  [new RegExp(`(?:${root}|W)${quality}(?:\\/${root})?`, 'y'), 'chord'],
  [/\|+|[[\]{}Z]/y, 'bar line'],
  [/\*([A-Za-z])/y, 'section'],
  [/T(\d\d)/y, 'metre'],
  [/N(\d)/y, 'ending'],
  [/<([^>]{0,1000})>/y, 'words'],
  [/\([^)]{0,200}\)/y, 'alternate chord'],
  [/[xrnp]/y, 'sign'],
  [/[SQUf]/y, 'mark'],
  [/[slY]/y, 'size'],
]

/** The token that begins at a place; null where none does. */
export function tokenAt(music: string, at: number): Token | null {
  for (const [pattern, kind] of tokens) {
    pattern.lastIndex = at
    const match = pattern.exec(music)
    if (match) return { kind, match }
  }
  return null
}
