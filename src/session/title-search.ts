/**
 * Whether a title has all words of a search in it, whatever their letters' case and accents are.
 *
 * @example titleHas('Água de beber', 'beber agua') // => true
 */
export function titleHas(title: string, search: string): boolean {
  const plainTitle = plain(title)
  return plain(search)
    .split(/\s+/)
    .every((word) => plainTitle.includes(word))
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
