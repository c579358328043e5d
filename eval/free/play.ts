import type { Random } from '../../src/models/index.ts'
import type { Beats, Metre, Note } from '../../src/music/index.ts'
import { measureBeats } from '../../src/music/index.ts'
import type { FreeTake } from '../../src/timing/free-take/take.ts'
import type { Bpm, Seconds } from '../../src/timing/index.ts'
import type { BassTune } from './phrases.ts'

/** A take, and how it is meant. */
export type PlayedTake = {
  readonly take: FreeTake
  readonly tune: string
  readonly corpus: string
  readonly metre: Metre
  readonly measures: number
  /** The mean of the take. */
  readonly bpm: Bpm
  readonly start: Seconds
  readonly end: Seconds
  readonly pickup: boolean
  readonly rest: boolean
}

/** How a human plays. */
const human = { drift: 0.03, jitter: 0.012, press: 0.03 }

/** How a foot begins a take: with beat one, or some time before the first note. */
export type FirstPress = 'on one' | 'before'

/** Some measures of a tune, from a measure on; null where there is too little to hear. */
export function excerpt(tune: BassTune, from: number, measures: number, pickup: Beats): Note[] | null {
  const length = measureBeats(tune.metre)
  const start = from * length
  const end = start + measures * length
  const notes = tune.notes
    .filter(({ beat }) => beat >= start - pickup - 0.05 && beat < end - 0.05)
    .map((note) => ({ ...note, beat: note.beat - start }))
  for (let measure = 0; measure < measures; measure++) {
    const inside = notes.filter(({ beat }) => beat >= measure * length - 0.05 && beat < (measure + 1) * length - 0.05)
    if (inside.length < 1) return null
  }
  return notes.length >= 2 * measures ? notes : null
}

/** Plays it as a human does. */
export function play(
  tune: BassTune,
  notes: readonly Note[],
  measures: number,
  random: Random,
  first: FirstPress,
): PlayedTake {
  const length = measureBeats(tune.metre)
  const from = Math.min(0, ...notes.map(({ beat }) => beat))
  // The tempo wanders within the bounds of the drift, a step a sixteenth.
  const steps = 4 * Math.ceil(measures * length - from + 1)
  const times = [0]
  let wander = human.drift * (2 * random.next() - 1)
  for (let step = 0; step < steps; step++) {
    wander += 0.003 * gaussian(random)
    if (Math.abs(wander) > human.drift) wander = Math.sign(wander) * 2 * human.drift - wander
    times.push((times[step] as number) + 60 / tune.bpm / 4 / (1 + wander))
  }
  const begin = Math.floor(4 * from) / 4
  const secondsAt = (beat: Beats): Seconds => {
    const step = (beat - begin) * 4
    const whole = Math.min(times.length - 2, Math.max(0, Math.floor(step)))
    const before = times[whole] as number
    return 2 + before + (step - whole) * ((times[whole + 1] as number) - before)
  }
  const start = secondsAt(0)
  const end = secondsAt(measures * length)
  const played = notes
    .map(({ beat, beats, pitch, velocity }) => {
      const off = human.jitter * gaussian(random)
      return { at: secondsAt(beat) + off, until: secondsAt(beat + beats) + off, pitch, velocity }
    })
    .sort((a, b) => a.at - b.at)
  const firstNote = played[0]?.at ?? start
  const press =
    first === 'on one'
      ? Math.min(start, secondsAt(from)) + human.press * gaussian(random)
      : Math.min(start, firstNote) - 0.1 - 1.7 * random.next()
  return {
    take: { from: press, until: end + human.press * gaussian(random), notes: played },
    tune: tune.id,
    corpus: tune.corpus,
    metre: tune.metre,
    measures,
    bpm: (60 * measures * length) / (end - start),
    start,
    end,
    pickup: from < -0.05,
    rest: !notes.some(({ beat }) => Math.abs(beat) < 0.05),
  }
}

function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}
