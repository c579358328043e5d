/** Words by which a style is told from other words over the music. */
const styles =
  /\b(swing|bossa|samba|ballad|waltz|latin|funk|rock|blues|shuffle|bebop|jazz|even 8ths|straight|reggae|mambo|rumba|cha|tango|march|soul|gospel|country|pop|hip hop)\b/i

/** Longer words say something else. */
const longest = 40

/** The style that words over the music name, such as `Medium Swing (♩ = 120)`; null for any other words. */
export function styleIn(words: string): string | null {
  const style = words.replace(/[\s(=♩]+$/u, '').trim()
  return style.length <= longest && styles.test(style) ? style : null
}
