import { drumEvent } from '../models/index.ts'
import { type Drum, type Metre, metreText, type Steps, stepsPerMeasure } from '../music/index.ts'
import { type Emphasis, nats } from './emphasis.ts'

/**
 * Where a style has a drum: a letter for each sixteenth of a measure, or of two that take turns. `x` speaks for a stroke there
 * and `.` against one; `-` leaves it to the drummer. Written straight.
 */
export type DrumPattern = {
  readonly drum: Drum
  readonly text: string
  /** The metre for which it is, such as `7/8` or `3+2+2/8`; unless it says, any whose measures have so many letters. */
  readonly metre?: string
  /** How much it has to say, in nats; 2 unless it says more. */
  readonly nats?: number
}

const usualNats = 2

/** The letter of each sixth of a beat, where drums play triplets: its beat, and its second eighth. */
const letterOfSixth: readonly (number | null)[] = [0, null, null, null, 2, null]

/**
 * What the patterns of a style say at each step of a groove; nothing in a metre for which it has none.
 *
 * @param metre the metre that is counted. @param isTriplets steps are sixths of a beat.
 */
export function patternBias(
  patterns: readonly DrumPattern[],
  metre: Metre,
  isTriplets: boolean,
): (step: Steps) => Emphasis | undefined {
  const letters = stepsPerMeasure(metre)
  const name = metreText(metre)
  const fitting = patterns.filter(({ text, metre = name }) => metre === name && text.length % letters === 0)
  const known = new Map<string, Emphasis | undefined>()
  return (step) => {
    if (fitting.length === 0) return undefined
    const within = isTriplets ? letterOfSixth[step % 6] : 0
    if (within === null || within === undefined) return undefined
    const letter = isTriplets ? Math.floor(step / 6) * 4 + within : step
    const signs = fitting.map(({ text }) => text.charAt(letter % text.length))
    const all = signs.join('')
    if (!known.has(all)) known.set(all, biasOf(fitting, signs))
    return known.get(all)
  }
}

function biasOf(patterns: readonly DrumPattern[], signs: readonly string[]): Emphasis | undefined {
  if (signs.every((sign) => sign === '-')) return undefined
  const said = patterns.map(({ drum, nats: most = usualNats }, index) => {
    return { drum: drumEvent([drum]), worth: signs[index] === 'x' ? most : signs[index] === '.' ? -most : 0 }
  })
  return nats((event) => said.reduce((sum, { drum, worth }) => sum + (event & drum ? worth : 0), 0))
}
