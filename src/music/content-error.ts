/**
 * What a file holds can't be used. The message is the rest of a sentence that begins with the file's name, which only the
 * caller knows: `is empty: export it again.`
 */
export class ContentError extends Error {
  override name = 'ContentError'
}
