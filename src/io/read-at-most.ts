/**
 * Reads pieces until there are no more, or the limit is reached: what has no end costs no more than what is just too long.
 *
 * @param limit of bytes.
 * @param next reads the next piece, of any length, where so many bytes are still wanted; null at the end.
 */
export async function readAtMost(
  limit: number,
  next: (wanted: number) => Promise<Uint8Array | null>,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  while (length < limit) {
    const piece = await next(limit - length)
    if (piece === null) break
    const wanted = piece.subarray(0, limit - length)
    pieces.push(wanted)
    length += wanted.length
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
