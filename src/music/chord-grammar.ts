import { ChordBuilder } from './chord-builder.ts'
import type { ChordSymbol } from './chord-degrees.ts'
import type { NoteName, NoteNaming } from './note-name.ts'
import { namePitchClass, readNoteName } from './note-name.ts'

/** A symbol that was understood. */
export type ReadSymbol = {
  readonly symbol: ChordSymbol
  /** The symbol with its notes in English capitals, where it was written otherwise; else null. */
  readonly english: string | null
  /** Where it can be read in another way: a sentence that says how it was read. */
  readonly doubt: string | null
}

/** The longest chord symbol, in letters. */
const longest = 48

/**
 * Reads a chord symbol by its grammar: a root; a quality; an extension; alterations, additions, omissions and suspensions,
 * in any order and with or without brackets, commas, strokes and spaces between; and a bass after a stroke. It knows the
 * spellings of iReal Pro, Band-in-a-Box, MuseScore, and jazz and pop books.
 *
 * @returns null when the text is not a chord symbol.
 */
export function readChordSymbol(text: string, naming: NoteNaming = 'english'): ReadSymbol | null {
  const plain = plainText(text)
  if (plain.length > longest) return null
  if (naming !== 'english') return readIn(plain, naming)
  const english = readIn(plain, 'english')
  // Do is C in French; D diminished has other spellings, and Do7 is one of them.
  return english && !/^Do$/.test(plain) ? english : (readIn(plain, 'solfège') ?? english)
}

/** The same symbol in plain letters and signs. */
function plainText(text: string): string {
  return text
    .replace(/[˚⁰]/g, '°')
    .normalize('NFKC')
    .replace(/♭♭|𝄫/gu, 'bb')
    .replace(/♯♯|𝄪/gu, '##')
    .replace(/♭/g, 'b')
    .replace(/[♯＃]/g, '#')
    .replace(/[Δ∆△▵▲]/g, '^')
    .replace(/[ØØ∅⌀]/g, 'ø')
    .replace(/[−–—‐‑]/g, '-')
    .replace(/flat(?:ted)?\s*(?=\d|second|fifth|sixth|ninth|thirteenth)/gi, 'b')
    .replace(/sharp(?:ed)?\s*(?=\d|fifth|ninth|eleventh)/gi, '#')
    .replace(
      /\s*(second|fourth|fifth|sixth|seventh|ninth|eleventh|thirteenth)/gi,
      (_, word: string) => ` ${ordinals[word.toLowerCase()]}`,
    )
    .trim()
}

const ordinals: Readonly<Record<string, number>> = {
  second: 2,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  ninth: 9,
  eleventh: 11,
  thirteenth: 13,
}

function readIn(plain: string, naming: NoteNaming): ReadSymbol | null {
  const root = readNoteName(plain, naming)
  if (!root) return null
  const { middle, bass, over } = withoutBass(root.rest, naming)
  const builder = new ChordBuilder()
  if (!readWords(middle, builder)) return null
  const other = bass !== null && namePitchClass(bass) !== namePitchClass(root.name) ? bass : null
  const symbol = { root: root.name, bass: other, degrees: builder.degrees() }
  const name = bass === null ? over : over.replace(/[^/\\\s()]+/, bass)
  const isEnglish = plain === root.name + root.rest && name === over
  const english = isEnglish ? null : root.name + root.rest.slice(0, root.rest.length - over.length) + name
  const doubts = [...rootDoubts(plain, root.name, root.rest), ...builder.doubts]
  const doubt = doubts.length > 0 ? `“${plain}” ${doubts.join(', and ')}.` : null
  return { symbol, english, doubt }
}

/** Takes the bass off the end of a symbol: `/E`, `/ Bb`, `(/E)`. */
function withoutBass(text: string, naming: NoteNaming): { middle: string; bass: NoteName | null; over: string } {
  const at = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'))
  const [, name = ''] = /^[/\\]\s*([^\s)]+)\s*\)?$/.exec(at < 0 ? '' : text.slice(at)) ?? []
  const read = readNoteName(name, naming)
  if (read?.rest !== '') return { middle: text, bass: null, over: '' }
  return { middle: text.slice(0, at), bass: read.name, over: text.slice(at) }
}

/** Spellings that mean something else to somebody, by what follows the root; how they are read, and what to write. */
const ambiguous: readonly (readonly [RegExp, string])[] = [
  [/^\+9/, 'has a sharp fifth: write (#9) for a sharp ninth'],
  [/^\+(?:4|11)/, 'has a sharp eleventh and a plain fifth'],
  [/^-5/, 'is major with a flat fifth: write m for minor'],
  [/^7\+$/, 'has a sharp fifth: write maj7 for a major seventh'],
  [/^(?:m|mi|min|-)\+7/, 'has a major seventh: write m7#5 for a sharp fifth'],
]

function rootDoubts(plain: string, root: NoteName, rest: string): string[] {
  if (/^(?:Cb|Fb|E#|B#)$/.test(root) && /^(?:5|9|11|13)/.test(rest)) {
    return [`has the root ${root}: write ${root[0]}(${root[1]}${rest}) for a chord on ${root[0]}`]
  }
  if (/^[A-G][#b]? b\d/.test(plain)) return [`is read as ${plain.replace(/ (b\d+)/, '($1)')}`]
  if (/^do$/i.test(plain)) return ['is read as C, the French Do: write Ddim for D diminished']
  if (/^[a-g]$/.test(plain)) return [`is read as ${root} major: write ${root}m for minor`]
  return ambiguous.flatMap(([pattern, doubt]) => (pattern.test(rest) ? [doubt] : []))
}

/**
 * A word of the grammar: what it looks like, and what it says; false where that contradicts what came before, and null
 * where the text means something else here.
 */
type Word = readonly [RegExp, (builder: ChordBuilder, match: readonly string[]) => boolean | null]

/** The words in the order to try them; whole words before the letters that they begin with. */
const words: readonly Word[] = [
  [/[()[\],;]/y, apart],
  [/\/(?=\s*(?:[#b+-]?\d|add|\^|M|ma|sus))/y, apart],
  [/phryg(?:ian)?/iy, (builder) => builder.phrygian()],
  [/quartal/iy, (builder) => builder.quartal()],
  [/(?:omit|no)\s*(\d+)(?:rd|th)?/iy, (builder, [, number]) => builder.omit(Number(number))],
  [
    /add(?:ed)?\s*\(?\s*([#b+-]?)\s*(\d{1,2})/iy,
    (builder, [, sign = '', number]) => builder.add(signed(sign) + number),
  ],
  [
    /sus(?:pended)?\s*(?:(2)\s*\/?\s*(?:sus)?\s*4|(4)\s*\/?\s*(?:sus)?\s*2|([#b]?[24])|)/iy,
    (builder, [, two, four, one]) => builder.suspended(two || four ? ['2', '4'] : [one || '4']),
  ],
  [/alt(?:ered)?/iy, (builder) => builder.alt()],
  [/dom(?:inant)?/iy, (builder) => builder.dominant()],
  [/half[\s-]*dim(?:inished)?|hdim|ø|h(?=$|[\d\s()/])/iy, (builder) => builder.diminished(true)],
  [/dim(?:inished)?|°|o/iy, (builder) => builder.diminished(false)],
  [/aug(?:mented)?/iy, (builder) => builder.augmented()],
  [/7\s*(?:maj?(?![\da-z])|M(?![iI\d]|[aA](?!dd|ug)))/y, (builder) => builder.seventhMajor()],
  [/\^|[jJ]|t(?=\d)/y, (builder) => builder.major(true)],
  [/maj(?:or)?|ma(?!dd|ug|lt|j)/iy, (builder) => builder.major(false)],
  [/min(?!o\s*\d)(?:or)?|mi(?!n(?!o\s*\d))/iy, (builder) => builder.minor()],
  [/M/y, (builder) => builder.major(false)],
  [/m/y, (builder) => builder.minor()],
  // A minus after the root makes a minor chord, but for C-5; elsewhere it lowers what comes.
  [/-(?!\s*5)/y, (builder) => (builder.fresh ? builder.minor() : null)],
  // A plus after the root makes an augmented chord, and so does one at the end; elsewhere it raises what comes.
  [/\+(?=\s*(?:7|9|13))/y, (builder) => (builder.fresh ? builder.augmented() : null)],
  [/\+(?!\s*\d)/y, (builder) => builder.augmented()],
  [/(13|11|9|6|5)([b#+-])(?=$|[\s()[\],;/])/y, signAfter],
  [
    /(bb|[#b+-])\s*(13|11|10|9|7|6|5|4|3|2)/y,
    (builder, [, sign = '', number = '']) => builder.alter(signed(sign) + number),
  ],
  [/13|11|9|7|6|5|4|2/y, (builder, [number]) => builder.number(Number(number))],
]

function readWords(text: string, builder: ChordBuilder): boolean {
  let rest = text.trimStart()
  while (rest !== '') {
    const length = readWord(rest, builder)
    if (length === 0) return false
    rest = rest.slice(length).trimStart()
  }
  return true
}

/** Reads the word at the start of a text; returns its length, and 0 where none can stand there. */
function readWord(text: string, builder: ChordBuilder): number {
  for (const [pattern, read] of words) {
    pattern.lastIndex = 0
    const match = pattern.exec(text)
    const understood = match && read(builder, match)
    if (understood === false) return 0
    if (!match || !understood) continue
    builder.fresh = false
    if (read !== apart) builder.apart = false
    return match[0].length
  }
  return 0
}

function apart(builder: ChordBuilder): true {
  builder.apart = true
  return true
}

function signed(sign: string): string {
  return sign === '+' ? '#' : sign === '-' ? 'b' : sign
}

/** A sign after its number: `(9-)`, `C5b`; but in C9+ it is the fifth that is sharp. */
function signAfter(builder: ChordBuilder, [, number = '', sign = '']: readonly string[]): boolean | null {
  if (!builder.apart && !builder.hasNumber && !(builder.fresh && number === '5')) return null
  return builder.alter(signed(sign) + number)
}
