import { drumEvent, type ModelEvent } from '../models/index.ts'
import { type DrumStyle, type Metre, type Steps, stepsPerMeasure } from '../music/index.ts'
import { type DrumPattern, patternBias } from './drum-patterns.ts'
import {
  bigFill,
  type Emphasis,
  fillEnd,
  filling,
  landing,
  likeEvent,
  noCrash,
  onHat,
  onRide,
  softLanding,
  swingTime,
  timekeeping,
  together,
} from './emphasis.ts'
import { type FormPart, type FormPlace, formPlaces } from './form.ts'

/** What a drummer is to play. */
type Lead = {
  readonly measures: number
  /** Whose sixteenths the steps are. */
  readonly metre: Metre
  readonly isTriplets: boolean
  readonly style?: DrumStyle | undefined
  /** To end with a fill, where there is no form to say it. */
  readonly fill?: boolean | undefined
  readonly form?: readonly FormPart[] | undefined
  /** To play alone. */
  readonly isSolo?: boolean | undefined
  /** What was played in this form before, on the same grid: it is to be like that, and not the same. */
  readonly before?: readonly ModelEvent[] | undefined
  /** Where its style has which drums. */
  readonly patterns?: readonly DrumPattern[] | undefined
  /** The metre that is counted. */
  readonly counted: Metre
}

/** How a drummer is led: what each measure is told, and what is added to the model's logits at each step. */
type Leading = {
  readonly phrase: readonly number[]
  readonly fills?: readonly boolean[]
  readonly biasAt: (step: Steps, events: readonly ModelEvent[]) => Emphasis | undefined
}

/**
 * Leads a drummer through a form: a fill at the end of each phrase, a crash on the one of each part, parts of one name alike, and
 * the time on another cymbal in other parts. Without a form there are phrases, and perhaps a fill at the end.
 */
export function leadDrummer(lead: Lead): Leading {
  const { measures, metre, isTriplets, style, fill, form, before, isSolo, patterns = [], counted } = lead
  const perMeasure = stepsPerMeasure(metre)
  const places = form ? formPlaces(form) : plainPlaces(measures, fill)
  const hasFills = form !== undefined || fill || isSolo
  const cymbalOf = otherCymbal(places, perMeasure, style)
  const styleAt = patternBias(patterns, counted, isTriplets)
  const timeAt = (within: Steps) => {
    if (isTriplets) return style === 'swing' ? swingTime(within) : undefined
    return form || style ? timekeeping(metre, style, within) : undefined
  }
  return {
    phrase: places.map(({ left }) => left),
    ...(hasFills && { fills: places.map(({ ends }) => isSolo === true || ends === 'part') }),
    biasAt(step, events) {
      const measure = Math.floor(step / perMeasure)
      const within = step % perMeasure
      const place = places[measure]
      if (!place) return undefined
      if (isSolo) return measure % 2 === 0 ? filling : bigFill
      const left = 1 - within / perMeasure
      if (place.ends === 'part' && left <= 1 / 2) return fillAt(left, style)
      if (place.ends === 'phrase' && left <= 1 / 2) return filling
      const ended = within === 0 ? (measure === 0 ? 'part' : places[measure - 1]?.ends) : null
      const earlier = place.like === null ? before?.[step] : events[place.like * perMeasure + within]
      return together([
        timeAt(within),
        styleAt(step),
        place.ends === 'part' && (style !== 'swing' || measure === measures - 1) ? filling : undefined,
        form && (ended === 'part' ? landing : ended === 'phrase' ? softLanding : noCrash),
        earlier === undefined ? undefined : likeEvent(earlier),
        place.isOther && place.like === null ? cymbalOf(events) : undefined,
      ])
    },
  }
}

/** The second half of a fill into another part, with so much of its measure left; in jazz it is light. */
function fillAt(left: number, style: DrumStyle | undefined): Emphasis {
  if (style === 'swing') return filling
  return left > 1 / 4 ? bigFill : fillEnd
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
