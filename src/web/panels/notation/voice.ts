import type { Metre } from '../../../music/index.ts'
import { beamEnds, sixteenth } from './measure.ts'
import type { Written } from './rhythm.ts'

/** A voice of a sheet in ABC: its header and its measures. */
export type Voice = { readonly head: string; readonly key: string; readonly measures: readonly string[] }

/** The header of a named voice. */
export function nameText(name: string | undefined): string {
  return name === undefined ? '' : ` name="${name}"`
}

/** Writes the values of a measure, without spaces inside beamed groups. */
export function beamed(values: readonly Written[], metre: Metre, write: (value: Written) => string): string {
  const ends = beamEnds(metre)
  const groupOf = ({ from }: Written) => ends.findIndex((end) => from < end)
  const text: string[] = []
  for (const [index, value] of values.entries()) {
    const before = values[index - 1]
    const beginsGroup = !before || groupOf(before) !== groupOf(value)
    if (before && beginsGroup) text.push(' ')
    if (value.triplet && (beginsGroup || !before.triplet)) {
      const together = values.filter((each) => each.triplet && groupOf(each) === groupOf(value))
      text.push(`(3:2:${together.length}`)
    }
    text.push(write(value))
  }
  return text.join('')
}

/**
 * Notes of one value, with their marks before them.
 *
 * @param isTiedIn from a line that is drawn by itself: a slur that ends without a beginning comes from there.
 */
export function struck(notes: readonly string[], value: Written, isTiedIn = false): string {
  const heads = notes.length === 1 ? notes[0] : `[${notes.join('')}]`
  return `${heads}${lengthText(value)}${isTiedIn ? ')' : ''}${value.tied ? '-' : ''}`
}

/** The length in sixteenths; triplets are written 3/2 times as long as they are. */
export function lengthText({ ticks, triplet }: Written): string {
  return `${triplet ? ticks / 2 : ticks / sixteenth}`
}
