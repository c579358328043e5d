import type { ChordSymbol, Degree } from './chord-degrees.ts'
import { degreeSemitones } from './chord-degrees.ts'
import type { KeySignature } from './key.ts'
import { pitchClass } from './note.ts'
import { bassName, namePitchClass, rootName } from './note-name.ts'

/**
 * The name of a chord in the one convention of this house: `Cmaj7`, `Cm7`, `C7b9`, `Cm7b5`, `Cdim7`, `Caug`, `C6/9`,
 * `C9sus4`, `Cadd9`, `Cm(maj7)`, `C(b5)`, `C/E`. It can be read back to the same chord.
 */
export function chordName({ root, bass, degrees }: ChordSymbol): string {
  return root + suffix(new Set(degrees)) + (bass === null ? '' : `/${bass}`)
}

/**
 * The same chord, its root and bass spelled in a key and moved by so many semitones.
 *
 * @param key the key that it is moved to.
 */
export function respell({ root, bass, degrees }: ChordSymbol, key: KeySignature, by = 0): ChordSymbol {
  const moved = rootName(pitchClass(namePitchClass(root) + by), key, degrees.includes('b3'))
  if (bass === null) return { root: moved, bass, degrees }
  const low = pitchClass(namePitchClass(bass) + by)
  const tone = degrees.find((degree) => degreeSemitones(degree) === pitchClass(low - namePitchClass(moved)))
  return { root: moved, bass: bassName(low, moved, key, tone === undefined ? null : degreeFifths(tone)), degrees }
}

/** How many fifths a degree is above the root: a third is a third, however it sounds. */
function degreeFifths(degree: Degree): number {
  const naturals: Readonly<Record<string, number>> = { 1: 0, 2: 2, 3: 4, 4: -1, 5: 1, 6: 3, 7: 5, 9: 2, 11: -1, 13: 3 }
  const number = degree.replace(/^[b#]+/, '')
  const sign = degree.startsWith('#') ? 1 : number.length - degree.length
  return (naturals[number] ?? 0) + 7 * sign
}

/** Takes the degrees one by one and writes what says them. */
function suffix(left: Set<Degree>): string {
  const take = (degree: Degree) => left.delete(degree)
  const has = (degree: Degree) => left.has(degree)
  take('1')
  const suspension = take('2') ? (take('4') ? 'sus24' : 'sus2') : ''
  const suspended = suspension || (take('4') ? 'sus4' : take('#4') ? 'sus#4' : take('b2') ? 'susb2' : '')
  if (!suspended && left.size === 1 && take('5')) return '5'
  const third = suspended ? '' : take('3') ? '3' : take('b3') ? 'b3' : ''
  const isDiminished = third === 'b3' && has('b5') && !has('b7') && !has('#5')
  const isAugmented = third === '3' && has('#5') && !has('b5') && !has('b7') && !has('7') && !has('6')
  if (isDiminished) take('b5')
  if (isAugmented) take('#5')
  const hasFifth = isDiminished || isAugmented || has('b5') || has('#5')
  const missing = [third || suspended ? '' : 'no3', take('5') || hasFifth ? '' : 'no5']
  const quality = isDiminished ? 'dim' : third === 'b3' ? 'm' : isAugmented ? 'aug' : ''
  let text = quality + extension(left, quality, third) + suspended
  const add = (word: string) => {
    text += /\d$/.test(text) || (text === '' && word.startsWith('add')) ? word : `(${word})`
  }
  for (const degree of left) if (/^[b#]/.test(degree)) add(degree)
  for (const degree of left) if (!/^[b#]/.test(degree)) add(degree === '7' ? 'maj7' : `add${degree}`)
  for (const word of missing) if (word) add(word)
  return text
}

/** The sixth or seventh and what is stacked on it. */
function extension(left: Set<Degree>, quality: string, third: string): string {
  const take = (degree: Degree) => left.delete(degree)
  // Where a degree is there altered, too, the plain one is said to be added.
  const has = (degree: Degree) => left.has(degree) && !left.has(`b${degree}`) && !left.has(`#${degree}`)
  if (take('bb7')) return '7'
  const isMajor = !left.has('b7') && left.has('7')
  if (!take('b7') && !take('7')) {
    if (!take('6')) return ''
    return quality !== 'dim' && has('9') && take('9') ? '6/9' : '6'
  }
  const [ninth, eleventh, thirteenth] = [has('9'), has('11'), has('13')]
  const hasNinth = left.has('9') || left.has('b9') || left.has('#9')
  const stacksEleventh = eleventh && ninth && (third === 'b3' || isMajor)
  const highest = thirteenth && hasNinth ? '13' : stacksEleventh ? '11' : ninth ? '9' : '7'
  if (ninth) take('9')
  if (highest === '11' || highest === '13') take(highest)
  if (!isMajor) return highest
  return quality === 'm' || quality === 'dim' ? `(maj${highest})` : `maj${highest}`
}
