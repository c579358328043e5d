import { accentAt, type Metre, measureBeats } from '../../music/index.ts'
import { type Place, perPulse } from './beat-tracks.ts'

/** A pulse in quarter notes: a dotted quarter in 6/8 and its like, a quarter elsewhere. */
export function pulseBeats({ numerator, denominator }: Metre): number {
  return denominator === 8 && numerator > 3 && numerator % 3 === 0 ? 1.5 : 1
}

/** A measure in places. */
export function measurePlaces(metre: Metre): Place {
  return (measureBeats(metre) / pulseBeats(metre)) * perPulse
}

/**
 * How strong a place of a measure is: beat one, where a group of pulses begins, another pulse, its usual division (halves,
 * or thirds in 6/8 and its like), a quarter of it, or what does not belong in the metre.
 */
export type Level = 'downbeat' | 'group' | 'pulse' | 'division' | 'quarter' | 'odd'

/** The levels of a metre. */
export type Levels = {
  readonly metre: Metre
  /** Of each place of a measure. */
  readonly of: readonly Level[]
  /** How many places a measure has of the levels on which notes are expected. */
  readonly slots: ReadonlyMap<Level, number>
}

/** Finds the levels of a metre. */
export function levelsOf(metre: Metre): Levels {
  const of = Array.from({ length: measurePlaces(metre) }, (_, place) => levelAt(metre, place))
  const slots = new Map<Level, number>()
  for (const level of of) if (level !== 'quarter' && level !== 'odd') slots.set(level, (slots.get(level) ?? 0) + 1)
  return { metre, of, slots }
}

function levelAt(metre: Metre, place: Place): Level {
  if (place === 0) return 'downbeat'
  const isCompound = pulseBeats(metre) > 1
  if (isGroup(metre, place, isCompound)) return 'group'
  if (place % perPulse === 0) return 'pulse'
  if (place % (isCompound ? 4 : 6) === 0) return 'division'
  return place % 3 === 0 && !isCompound ? 'quarter' : 'odd'
}

/** Whether pulses are felt to begin anew: in the middle of 4/4 and 12/8, after three of 5/4, where 7/8's groups begin. */
function isGroup(metre: Metre, place: Place, isCompound: boolean): boolean {
  const { numerator, denominator } = metre
  if (isCompound) return numerator % 6 === 0 && place === measurePlaces(metre) / 2 && numerator > 6
  if (denominator === 8) return accentAt(metre, place / perPulse) === 'pulse'
  return (numerator === 4 && place === 2 * perPulse) || (numerator === 5 && place === 3 * perPulse)
}
