/**
 * The links of iReal Pro: `irealb://`, whose music is scrambled, and the older `irealbook://`, which is plain.
 *
 * The fields stand between equals signs. `irealb`: title, composer, nothing, style, key, transposition, music, groove,
 * tempo, repeats, then two empty ones before the next song; the name of the playlist comes last. `irealbook`
 * (https://www.irealpro.com/ireal-pro-custom-chord-chart-protocol): title, composer, style, key, `n`, music.
 */
import { keyName } from '../lead-sheet.ts'

/** A song of a link, its music in plain tokens. */
export type LinkedSong = {
  readonly title: string
  readonly composer: string
  readonly style: string
  readonly key: string
  readonly tempo: string
  readonly music: string
}

/** The most songs of a link that are read. */
export const maxSongs = 5000

/** Twelve fields for each song, and some more. */
const maxFields = 13 * maxSongs

/** The longest music of a song, in letters. */
const maxMusic = 256 * 1024

/** What a link leads to. */
export type LinkedSongs = { readonly title: string | null; readonly songs: readonly LinkedSong[] }

const scheme = /irealb(?:ook)?:\/\//gi

/** Whether a text has such a link. */
export function hasLink(text: string): boolean {
  return text.search(/irealb(?:ook)?:\/\//i) >= 0
}

/** The links in a text: a link alone, one on each line, or those of a page in HTML. */
export function linksIn(text: string): string[] {
  const starts: number[] = []
  for (const { index } of text.matchAll(scheme)) if (starts.push(index) > maxSongs) break
  return starts.slice(0, maxSongs).map((start, index) => {
    const quote = text[start - 1] ?? ''
    const rest = text.slice(start, starts[index + 1] ?? text.length)
    if (quote !== '"' && quote !== "'") return rest.split(/[\r\n]/, 1)[0] ?? ''
    const end = rest.indexOf(quote)
    return withoutEntities(end < 0 ? rest : rest.slice(0, end))
  })
}

const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', '#39': "'" }),
)

/** HTML's own characters in an attribute. */
function withoutEntities(text: string): string {
  return text.replace(/&(amp|quot|apos|lt|gt|#39);/g, (_, name: string) => entities.get(name) ?? '')
}

/** The songs of a link. */
export function songsOf(link: string): LinkedSongs {
  const text = decoded(link.replace(/^irealb(ook)?:\/\//i, ''))
  const fields = text.split('=', maxFields)
  const isScrambled = /^irealb:/i.test(link) && fields.some((field) => field.startsWith(musicPrefix))
  return isScrambled ? scrambledSongs(fields) : plainSongs(text)
}

/** What the music of an `irealb` link begins with. */
const musicPrefix = '1r34LbKcu7'

function scrambledSongs(fields: readonly string[]): LinkedSongs {
  const songs: LinkedSong[] = []
  let next = 0
  for (const [index, field] of fields.entries()) {
    if (!field.startsWith(musicPrefix) || songs.length >= maxSongs) continue
    const first = Math.min(next, index)
    // Old links have no field for the transposition.
    const beforeMusic = keyName(fields[index - 2] ?? '') === null && keyName(fields[index - 1] ?? '') !== null ? 1 : 2
    songs.push({
      title: fields[first] ?? '',
      composer: fields[first + 1] ?? '',
      style: fields[index - beforeMusic - 1] ?? '',
      key: fields[index - beforeMusic] ?? '',
      tempo: fields[index + 2] ?? '',
      music: unscrambled(field),
    })
    next = index + 6
  }
  return { title: fields[next] ?? null, songs }
}

function plainSongs(text: string): LinkedSongs {
  // Some programs join songs by three signs, as in the newer links.
  const parts = text.split('===', maxSongs).map((part) => part.split('=', maxFields))
  const isJoined = parts.slice(0, -1).every((fields) => fields.length === 6)
  const rest = isJoined ? parts.flat() : text.split('=', maxFields)
  const songs: LinkedSong[] = []
  let at = 0
  for (; at + 6 <= rest.length && songs.length < maxSongs; at += 6) {
    const [title = '', composer = '', style = '', key = '', , music = ''] = rest.slice(at, at + 6)
    songs.push({ title, composer, style, key, tempo: '', music: music.slice(0, maxMusic) })
  }
  return { title: songs.length > 1 ? (rest[at] ?? null) : null, songs }
}

/** A link's text without its percent signs. What is not well encoded is shown as far as it can be. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, decodedRun)
  }
}

const utf8 = new TextDecoder()

function decodedRun(codes: string): string {
  try {
    return decodeURIComponent(codes)
  } catch {
    return utf8.decode(Uint8Array.from(codes.slice(1).split('%'), (code) => Number.parseInt(code, 16)))
  }
}

/**
 * The music of an `irealb` link in plain tokens. Of each whole block of 50 characters, some have changed places with those
 * as far from the block's other end; a last block before fewer than two characters has not.
 */
export function unscrambled(music: string): string {
  return abbreviations.reduce(
    (text, [short, long]) => text.replaceAll(short, long),
    swapped(music.slice(musicPrefix.length, maxMusic)),
  )
}

const abbreviations = [
  ['Kcl', '| x'],
  ['LZ', ' |'],
  ['XyQ', '   '],
] as const

const blockLength = 50

/** From where each character of a block comes. */
const origins = [...Array(blockLength).keys()].map((index) => {
  const depth = Math.min(index, blockLength - 1 - index)
  return depth < 5 || (depth >= 10 && depth < 24) ? blockLength - 1 - index : index
})

function swapped(text: string): string {
  const blocks: string[] = []
  let at = 0
  for (; text.length - at > blockLength; at += blockLength) {
    const block = text.slice(at, at + blockLength)
    const isLast = text.length - at - blockLength < 2
    blocks.push(isLast ? block : origins.map((origin) => block[origin]).join(''))
  }
  return blocks.join('') + text.slice(at)
}
