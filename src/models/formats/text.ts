import { CheckpointError } from '../checkpoint.ts'

/** Bytes as characters of one byte each: enough to look for names that are ASCII. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  // All at once would be too many arguments for one call.
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return text
}

/**
 * Bytes as UTF-8, without a byte order mark: the language has a decoder for addresses only, so what isn't
 * ASCII takes the way over one.
 */
export function utf8(bytes: Uint8Array): string {
  try {
    return latin1(bytes)
      .replace(/[\x80-\xff]+/g, (run) => decodeURIComponent(run.replace(/./g, escaped)))
      .replace(/^\uFEFF/, '')
  } catch {
    throw new CheckpointError('holds text that is not UTF-8: download it again, or save it as UTF-8.')
  }
}

const escaped = (character: string) => `%${character.charCodeAt(0).toString(16)}`

/** A server's answer or login page, saved or served in a file's place. */
export function isWebPage(bytes: Uint8Array): boolean {
  return /^(\xef\xbb\xbf)?\s*</.test(latin1(bytes.subarray(0, 64)))
}
