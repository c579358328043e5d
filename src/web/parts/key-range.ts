import { isBlackKey, type MidiPitch } from '../../music/index.ts'

/** Which keys are on the screen: whole octaves from a C, and the C above them. */
export type KeyRange = { readonly lowest: MidiPitch; readonly octaves: number }

/** A black key's share of a white one's width, and of its height. */
export const blackWidth = 0.62
const blackHeight = 0.6

/** The least width of a white key for a finger, in pixels. */
const leastWidth = 40

/** The keys that fit a width, around the same middle. */
export function rangeOfWidth({ lowest, octaves }: KeyRange, width: number): KeyRange {
  const count = Math.min(8, Math.max(2, Math.floor((width / leastWidth - 1) / 7)))
  return movedTo(lowest + 12 * Math.trunc((octaves - count) / 2), count)
}

/**
 * The nearest range with these keys in it; the same range if they don't all fit.
 *
 * @example rangeWith({ lowest: 48, octaves: 2 }, [79]) // => { lowest: 60, octaves: 2 }
 */
export function rangeWith(range: KeyRange, pitches: readonly MidiPitch[]): KeyRange {
  if (pitches.length === 0) return range
  const { lowest, octaves } = range
  const bottom = Math.min(...pitches)
  const top = Math.max(...pitches)
  if (top > 12 * (Math.floor(bottom / 12) + octaves)) return range
  if (bottom < lowest) return movedTo(12 * Math.floor(bottom / 12), octaves)
  if (top > lowest + 12 * octaves) return movedTo(12 * Math.ceil(top / 12 - octaves), octaves)
  return range
}

/** The range some octaves higher; below 0, lower. */
export function shiftedRange({ lowest, octaves }: KeyRange, by: number): KeyRange {
  return movedTo(lowest + 12 * by, octaves)
}

/** From MIDI's lowest C to its highest. */
function movedTo(lowest: MidiPitch, octaves: number): KeyRange {
  return { lowest: Math.max(0, Math.min(120 - 12 * octaves, lowest)), octaves }
}

/** A key as it is drawn; `left` is in widths of white keys. */
export type PlacedKey = { readonly pitch: MidiPitch; readonly isBlack: boolean; readonly left: number }

/** All keys of a range. */
export function placedKeys({ lowest, octaves }: KeyRange): PlacedKey[] {
  let whites = 0
  return Array.from({ length: 12 * octaves + 1 }, (_, index) => {
    const pitch = lowest + index
    return isBlackKey(pitch)
      ? { pitch, isBlack: true, left: whites - blackWidth / 2 }
      : { pitch, isBlack: false, left: whites++ }
  })
}

/** How many white keys a range has. */
export function whitesIn({ octaves }: KeyRange): number {
  return 7 * octaves + 1
}

/** The key at a place of the keyboard, from 0 to 1 across and down. */
export function keyAt({ lowest, octaves }: KeyRange, across: number, down: number): MidiPitch {
  const whites = whitesIn({ lowest, octaves })
  const place = Math.min(whites - 1e-9, Math.max(0, across * whites))
  const edge = Math.round(place)
  const onEdge = Math.abs(place - edge) < blackWidth / 2
  const black = edge > 0 && edge < whites ? whiteKey(lowest, edge - 1) + 1 : lowest
  return down < blackHeight && onEdge && isBlackKey(black) ? black : whiteKey(lowest, Math.floor(place))
}

const whiteClasses = [0, 2, 4, 5, 7, 9, 11]

function whiteKey(lowest: MidiPitch, place: number): MidiPitch {
  return lowest + 12 * Math.floor(place / 7) + (whiteClasses[place % 7] as number)
}
