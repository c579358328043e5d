import { accentAt, type Metre, measureBeats, metreName } from '../../music/index.ts'
import { type Place, perPulse } from './beat-tracks.ts'

/** A pulse in quarter notes: a dotted quarter in 6/8 and its like, a quarter elsewhere. */
export function pulseBeats({ numerator, denominator }: Metre): number {
  return denominator === 8 && numerator > 3 && numerator % 3 === 0 ? 1.5 : 1
}

/**
 * How strong places of a measure are, the strongest first: beat one, where a group of pulses begins, another pulse, its
 * usual division (halves, or thirds in 6/8 and its like), a quarter of it, and what does not belong in the metre.
 */
export const levelNames = ['downbeat', 'group', 'pulse', 'division', 'quarter', 'odd'] as const
type Level = (typeof levelNames)[number]

/** A metre, place by place. Levels are numbered as they are listed. */
export type Levels = {
  readonly metre: Metre
  readonly name: string
  /** The level of each place of a measure. */
  readonly of: readonly number[]
  /** How many places a measure has of each level on which notes are expected; of the others 0. */
  readonly slots: readonly number[]
}

/** Finds the levels of a metre. */
export function levelsOf(metre: Metre): Levels {
  const length = (measureBeats(metre) / pulseBeats(metre)) * perPulse
  const of = Array.from({ length }, (_, place) => levelNames.indexOf(levelAt(metre, place, length)))
  const expected = levelNames.indexOf('division')
  const slots = levelNames.map((_, level) => (level > expected ? 0 : of.filter((each) => each === level).length))
  return { metre, name: metreName(metre), of, slots }
}

function levelAt(metre: Metre, place: Place, length: Place): Level {
  const isCompound = pulseBeats(metre) > 1
  if (place === 0) return 'downbeat'
  if (isGroup(metre, place, length)) return 'group'
  if (place % perPulse === 0) return 'pulse'
  if (place % (isCompound ? perPulse / 3 : perPulse / 2) === 0) return 'division'
  return !isCompound && place % (perPulse / 4) === 0 ? 'quarter' : 'odd'
}

/** Whether pulses are felt to begin anew: in the middle of 4/4 and 12/8, after three of 5/4, where 7/8's groups begin. */
function isGroup(metre: Metre, place: Place, length: Place): boolean {
  const { numerator, denominator } = metre
  if (pulseBeats(metre) > 1) return numerator % 12 === 0 && place === length / 2
  if (denominator === 8) return accentAt(metre, place / perPulse) === 'pulse'
  return (numerator === 4 && place === length / 2) || (numerator === 5 && place === 3 * perPulse)
}
