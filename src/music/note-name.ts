import type { KeySignature } from './key.ts'
import { mod } from './modulo.ts'
import type { PitchClass } from './note.ts'

/** The name of a note without its octave: a letter from A to G, and its sharps or flats, such as `Bb` or `F#`. */
export type NoteName = string

/** How notes are called: `german` has H for B, and B for B flat; `solfège` has Do, Ré, Mi. */
export type NoteNaming = 'english' | 'german' | 'solfège'

/** On the line of fifths, each letter is a fifth above the one before it. */
const fifthsFromF = 'FCGDAEB'

/**
 * The pitch class of a note.
 *
 * @example namePitchClass('Bb') // => 10
 */
export function namePitchClass(name: NoteName): PitchClass {
  return mod(7 * (fifthsOf(name) - 1) + 12, 12)
}

/**
 * The name of a note on the line of fifths, from F at 0 over C at 1 to B at 6; sharps are after them, flats before.
 *
 * @example nameAtFifths(-1) // => 'Bb'
 */
function nameAtFifths(place: number): NoteName {
  const alteration = Math.floor(place / 7)
  return fifthsFromF[mod(place, 7)] + (alteration < 0 ? 'b' : '#').repeat(Math.abs(alteration))
}

function fifthsOf(name: NoteName): number {
  return fifthsFromF.indexOf(name[0] ?? '') + 7 * alterationOf(name)
}

function alterationOf(name: NoteName): number {
  return name.split('#').length - name.slice(1).split('b').length
}

/**
 * The name of a chord's root in a key. Roots outside the key have flats up to its flat second; a chord with a minor third
 * leans towards the sharps.
 *
 * @example rootName(1, 0, false) // => 'Db', as in Db7 in C major
 * @example rootName(1, 0, true) // => 'C#', as in C#dim7 in C major
 */
export function rootName(root: PitchClass, key: KeySignature, minorThird: boolean): NoteName {
  const lowest = key + 1 - (minorThird ? 3 : 5)
  const name = nameAtFifths(lowest + mod(7 * root + 1 - lowest, 12))
  return name.length > 2 || /^(?:Cb|Fb|E#|B#)$/.test(name) ? plainName(root) : name
}

/** The name of a bass note: in the chord above it where it is one of its tones, and else in the key. */
export function bassName(bass: PitchClass, root: NoteName, key: KeySignature, fifths: number | null): NoteName {
  const name = fifths === null ? rootName(bass, key, false) : nameAtFifths(fifthsOf(root) + fifths)
  return name.length > 2 ? plainName(bass) : name
}

function plainName(pitch: PitchClass): NoteName {
  return nameAtFifths(-4 + mod(7 * pitch + 1 + 4, 12))
}

const solfège: Readonly<Record<string, string>> = {
  do: 'C',
  re: 'D',
  ré: 'D',
  mi: 'E',
  fa: 'F',
  sol: 'G',
  la: 'A',
  si: 'B',
}

/** A note's name at the start of a text, and what follows. */
export type ReadName = { readonly name: NoteName; readonly rest: string }

/**
 * Reads the name of a note at the start of a text whose accidentals are `#` and `b`. Of `Abb5` the fifth is flat, not the
 * root twice.
 *
 * @returns null where there is none.
 */
export function readNoteName(text: string, naming: NoteNaming): ReadName | null {
  if (naming === 'german') return readGerman(text)
  if (naming === 'solfège') {
    const [all = '', syllable = '', accidental = ''] = /^(do|r[eé]|mi|fa|sol|la|si)([#b]?)/i.exec(text) ?? []
    const letter = solfège[syllable.toLowerCase()]
    return letter === undefined ? null : { name: letter + accidental, rest: text.slice(all.length) }
  }
  const [all = '', letter = '', accidental = ''] =
    /^([A-Ga-g])(bb(?!5|6|9|1)|##(?!4|5|9|1)|x(?!\d)|[#b]?)/.exec(text) ?? []
  if (!letter) return null
  return { name: letter.toUpperCase() + accidental.replace('x', '##'), rest: text.slice(all.length) }
}

function readGerman(text: string): ReadName | null {
  const [all = '', letter = '', ending = ''] =
    /^(?:([AEae])(s(?!us))|([A-Ha-h])(is|es|bb(?!5|6|9|1)|##(?!4|5|9|1)|[#b]?))/
      .exec(text)
      ?.filter((part) => part !== undefined) ?? []
  if (!letter) return null
  const rest = text.slice(all.length)
  const upper = letter.toUpperCase()
  const accidental = ending.replace('is', '#').replace(/e?s/, 'b')
  // B is B flat, with or without its sign; Hb is another way to write it.
  if (upper === 'B') return { name: 'Bb', rest: text.slice(1 + (accidental === 'b' ? ending.length : 0)) }
  return { name: (upper === 'H' ? 'B' : upper) + accidental, rest }
}
