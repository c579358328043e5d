import { drumEvent, type ModelEvent } from '../models/index.ts'
import type { DrumStyle, Steps } from '../music/index.ts'
import {
  bigFill,
  type Emphasis,
  filling,
  landing,
  likeEvent,
  onHat,
  onRide,
  timekeeping,
  together,
} from './emphasis.ts'
import { type FormPart, type FormPlace, formPlaces } from './form.ts'

/** What a drummer is to play. */
type Lead = {
  readonly measures: number
  readonly perMeasure: Steps
  readonly isTriplets: boolean
  readonly style?: DrumStyle | undefined
  /** To end with a fill, where there is no form to say it. */
  readonly fill?: boolean | undefined
  readonly form?: readonly FormPart[] | undefined
  /** To play alone. */
  readonly isSolo?: boolean | undefined
  /** What was played in this form before, on the same grid: it is to be like that, and not the same. */
  readonly before?: readonly ModelEvent[] | undefined
}

/** How a drummer is led: what each measure is told, and what speaks for each event at a step beside the model. */
type Leading = {
  readonly phrase: readonly number[]
  readonly fills?: readonly boolean[]
  readonly biasAt: (step: Steps, events: readonly ModelEvent[]) => Emphasis | undefined
}

/**
 * Leads a drummer through a form: a fill at the end of each phrase, a crash on the one after it, parts of one name alike, and
 * the time on another cymbal in other parts. Without a form there are phrases, and perhaps a fill at the end.
 */
export function leadDrummer({ measures, perMeasure, isTriplets, style, fill, form, before, isSolo }: Lead): Leading {
  const places = form ? formPlaces(form) : plainPlaces(measures, fill)
  const hasFills = form !== undefined || fill || isSolo
  const cymbalOf = otherCymbal(places, perMeasure, style)
  return {
    phrase: places.map(({ left }) => left),
    ...(hasFills && { fills: places.map(({ ends }) => isSolo === true || ends === 'part') }),
    biasAt(step, events) {
      const measure = Math.floor(step / perMeasure)
      const within = step % perMeasure
      const place = places[measure]
      if (!place) return undefined
      if (isSolo) return measure % 2 === 0 ? filling : bigFill
      const isLate = 2 * within >= perMeasure
      if (place.ends === 'part') return isLate ? bigFill : filling
      if (place.ends === 'phrase' && isLate) return filling
      const isLanding = within === 0 && (measure === 0 ? form : places[measure - 1]?.ends)
      const earlier = place.like === null ? before?.[step] : events[place.like * perMeasure + within]
      return together([
        isTriplets ? timekeeping(style, within) : undefined,
        isLanding ? landing : undefined,
        earlier === undefined ? undefined : likeEvent(earlier),
        place.isOther && place.like === null ? cymbalOf(events) : undefined,
      ])
    },
  }
}

/** Phrases of eight or four measures, which end with the groove. */
function plainPlaces(measures: number, fill = false): FormPlace[] {
  const length = measures <= 8 ? measures : measures % 8 === 0 ? 8 : 4
  return Array.from({ length: measures }, (_, measure) => ({
    left: (measures - 1 - measure) % length,
    ends: fill && measure === measures - 1 ? 'part' : null,
    like: null,
    isOther: false,
  }))
}

/** The cymbal that keeps the time in other parts than the first, by what the first had. In jazz swing the ride goes on. */
function otherCymbal(
  places: readonly FormPlace[],
  perMeasure: Steps,
  style: DrumStyle | undefined,
): (events: readonly ModelEvent[]) => Emphasis | undefined {
  const first = places.findIndex(({ isOther }) => isOther) * perMeasure
  return (events) => {
    if (style === 'swing') return undefined
    const strokes = (drum: 'ride' | 'closed-hat') =>
      events.slice(0, first).filter((event) => event & drumEvent([drum])).length
    return strokes('ride') > strokes('closed-hat') ? onHat : onRide
  }
}
