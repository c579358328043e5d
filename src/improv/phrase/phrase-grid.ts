import type { Twelfths } from '../../models/index.ts'
import { type Beats, type Metre, measureBeats, mod, rounding } from '../../music/index.ts'
import { type Swing, straight, swung } from '../../timing/index.ts'

/**
 * The places where notes of a phrase may begin: twelfths of the metre's own beat, a quarter note, or a dotted one in
 * compound metres. Twelfths are counted from the turn's start.
 */
export type PhraseGrid = {
  /** The metre's own beat, in quarter notes. */
  readonly pulse: Beats
  readonly measure: Twelfths
  /** How far into its measure a place is. */
  placeOf(time: Twelfths): Twelfths
  /** Where it sounds: off-beats as the music swings, triplets as triplets. */
  sounds(time: Twelfths): Beats
  /** The place that a note was meant for. */
  nearest(beat: Beats): Twelfths
  /** Whether notes of this metre begin there. */
  allows(time: Twelfths): boolean
}

/** In compound metres a beat is divided by two and three, in others in every way that a twelfth allows. */
const compoundStep: Twelfths = 2

/** The grid of a turn that begins at a place in its measure. */
export function phraseGrid(metre: Metre, place: Beats, swing: Swing): PhraseGrid {
  const isCompound = metre.denominator >= 8 && metre.numerator > 3 && metre.numerator % 3 === 0
  const pulse = isCompound ? (3 * 4) / metre.denominator : 1
  const measure = Math.max(1, Math.round((12 * measureBeats(metre)) / pulse))
  const turn = Math.round((12 * place) / pulse)
  const placeOf = (time: Twelfths) => mod(time + turn, measure)
  const isStraight = isCompound || swing.ratio === straight.ratio
  const sounds = (time: Twelfths) => {
    const within = placeOf(time)
    const isTriplet = within % 12 !== 0 && within % 2 === 0 && within % 3 !== 0
    // Half a pair at the end of a measure is not swung.
    const isWhole = within < Math.floor(measure / (12 * swing.pair)) * 12 * swing.pair
    const moved = isStraight || isTriplet || !isWhole ? 0 : swung(within / 12, swing) - within / 12
    return ((time + turn) / 12) * pulse + moved - place
  }
  return {
    pulse,
    measure,
    placeOf,
    sounds,
    nearest(beat) {
      const near = Math.round((12 * beat) / pulse)
      let best = near
      for (let time = near - 3; time <= near + 3; time++) {
        const [far, least] = [Math.abs(sounds(time) - beat), Math.abs(sounds(best) - beat)]
        if (far < least - rounding || (far < least + rounding && commonness(placeOf(time)) > commonness(placeOf(best))))
          best = time
      }
      return best
    },
    allows: (time) => !isCompound || placeOf(time) % compoundStep === 0,
  }
}

/** Of two places that sound alike, the one that is more common is meant. */
function commonness(place: Twelfths): number {
  return [5, 0, 1, 3, 2, 0, 4, 0, 2, 3, 1, 0][place % 12] as number
}
