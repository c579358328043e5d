/** Longer names are cut: they are meant to be read in a list. */
const longestName = 100

/**
 * A track's name. The format names no character set, so this takes what fits: UTF-8, else Shift-JIS where it looks like
 * Japanese, else Windows' Latin-1. Control characters are left out.
 */
export function readName(bytes: Uint8Array): string {
  const text = decode('utf-8', bytes) ?? japanese(bytes) ?? latin1(bytes)
  return [...text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()].slice(0, longestName).join('')
}

/** A name as it is compared: without case, width and accents. */
export function comparableName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
}

function decode(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** What Windows has where Latin-1 has control characters, from 0x80 on. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Some engines' own decoder of windows-1252 knows only Latin-1. */
function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => windows1252[byte - 0x80] ?? String.fromCharCode(byte)).join('')
}

/**
 * Nearly any Latin-1 text is Shift-JIS, too. It is taken for Japanese where at least half of its bytes are Japanese, and
 * where it has kana or bytes that are not letters in Latin-1.
 */
function japanese(bytes: Uint8Array): string | null {
  const text = decode('shift_jis', bytes)
  if (text === null) return null
  const wide = [...text].filter((character) => character > '\u00ff' && !isHalfWidth(character)).length
  const half = [...text].filter(isHalfWidth).length
  const hasKana = /[\u3041-\u30ff]|[\uff61-\uff9f]{3}/.test(text)
  const hasControls = bytes.some((byte) => byte >= 0x81 && byte < 0xa0)
  return (hasKana || hasControls) && 2 * (2 * wide + half) >= bytes.length ? text : null
}

function isHalfWidth(character: string): boolean {
  return character >= '\uff61' && character <= '\uff9f'
}
