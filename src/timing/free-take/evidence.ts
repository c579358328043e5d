import type { Seconds } from '../timeline.ts'
import { type BeatTrack, type Place, perPulse } from './beat-tracks.ts'
import type { Guess } from './guess.ts'
import { levelNames, pulseBeats } from './levels.ts'
import type { FreeNote } from './take.ts'

/** Is told what speaks for and against a guess: figures by their names, to be weighed against each other. */
export type Tell = (name: string, figure: number) => void

/** What is heard of a take once, for all guesses. */
export type Heard = {
  /** The first press. */
  readonly from: Seconds
  /** An onset each, in rising order. */
  readonly notes: readonly FreeNote[]
  /** How much longer and lower each is than the others, in standard deviations. */
  readonly longer: readonly number[]
  readonly lower: readonly number[]
  /** Whether the pitch is another than before, as 0 or 1; the share of notes where it is, and of those where it is not. */
  readonly changes: readonly number[]
  readonly changed: number
  readonly repeated: number
}

/** What is heard of a way to count its pulses. */
export type HeardTrack = {
  readonly heard: Heard
  readonly track: BeatTrack
  /** The onsets by their places. */
  readonly at: ReadonlyMap<Place, number>
  /** The commonest distance between onsets. */
  readonly value: Place
  /** The share of the distances that are. */
  readonly even: number
}

/** Hears a take. @param notes in rising order, no two of them together. */
export function hear(from: Seconds, notes: readonly FreeNote[]): Heard {
  const sounding = notes.map(({ at, until }, index) => Math.min(until, notes[index + 1]?.at ?? until) - at)
  const longer = standardised(
    sounding.map((seconds) => Math.log(Math.max(0.05, seconds))),
    0.2,
  )
  const lower = standardised(
    notes.map(({ pitch }) => -pitch),
    2,
  )
  const changes = notes.map(({ pitch }, index) => Number(index > 0 && pitch !== notes[index - 1]?.pitch))
  const changed = changes.reduce((sum, change) => sum + change, 0)
  const others = Math.max(1, notes.length - 1)
  const repeated = (notes.length - 1 - changed) / others
  return { from, notes, longer, lower, changes, changed: changed / Math.max(1, notes.length), repeated }
}

/** Hears the notes as a track counts them. */
export function hearTrack(heard: Heard, track: BeatTrack): HeardTrack {
  const { places } = track
  const counts = new Map<Place, number>()
  let value: Place = perPulse
  let most = 0
  for (let index = 1; index < places.length; index++) {
    const distance = (places[index] as Place) - (places[index - 1] as Place)
    const count = (counts.get(distance) ?? 0) + 1
    counts.set(distance, count)
    if (distance > 0 && count > most) [value, most] = [distance, count]
  }
  const at = new Map(places.map((place, index) => [place, index]))
  return { heard, track, at, value, even: most / Math.max(1, places.length - 1) }
}

/** Tells all that is weighed of a guess. */
export function tellEvidence(heard: HeardTrack, guess: Guess, tell: Tell): void {
  tellTempo(heard, guess, tell)
  tellAccents(heard, guess, tell)
  tellRepetition(heard, guess, tell)
  tellForm(guess, tell)
  tellStart(heard, guess, tell)
}

/** Is it a tempo to play such notes at? A walking bass is fast, a line of sixteenths slow. */
function tellTempo({ heard, track, value, even }: HeardTrack, guess: Guess, tell: Tell): void {
  const count = heard.notes.length
  const pulses = -guess.start / perPulse
  const pulse = (track.end - guess.startAt) / pulses
  const tempo = Math.log(60 / pulse / 110)
  const density = Math.log(count / pulses)
  tell('cost', track.cost / (1 + count / 60))
  tell('tempo', tempo)
  tell('tempo²', tempo ** 2)
  if (pulseBeats(guess.levels.metre) > 1) tell('compound tempo', tempo)
  tell('density', density)
  tell('density²', density ** 2)
  const length = Math.log(((value / perPulse) * pulse) / 0.3)
  const sure = count / (count + 8)
  const names = value > 15 ? long : value > 9 ? quarter : value > 5 ? eighth : short
  tell(names[0], 1)
  tell(names[1], length)
  tell(names[2], length ** 2)
  tell(names[3], sure * (heard.repeated - 0.4))
  tell(names[4], sure * (even - 0.7))
}

const [long, quarter, eighth, short] = ['long', 'quarter', 'eighth', 'short'].map(
  (name) => [name, `${name} length`, `${name} length²`, `${name} repeated`, `${name} even`] as const,
) as [Names, Names, Names, Names]
type Names = readonly [string, string, string, string, string]

/** Do notes fall on the strong places, and are those long and low, and do pitches change there? */
function tellAccents(
  { heard, track }: HeardTrack,
  { levels: { of, slots }, measures, start }: Guess,
  tell: Tell,
): void {
  const { notes, longer, lower, changes } = heard
  const length = of.length
  const sums = accents.map(() => ({ on: 0, longer: 0, lower: 0, changes: 0 }))
  for (let index = 0; index < notes.length; index++) {
    const place = ((track.places[index] as Place) - start) % length
    const sum = sums[of[place < 0 ? place + length : place] as number] as (typeof sums)[0]
    sum.on++
    sum.longer += longer[index] as number
    sum.lower += lower[index] as number
    sum.changes += changes[index] as number
  }
  // What repeats all through a take says little more than once.
  const scale = 1 / (1 + notes.length / 24)
  for (const [level, { on, longer, lower, changes }] of sums.entries()) {
    const names = accents[level] as (typeof accents)[0]
    tell(names[0], scale * on)
    tell(names[1], scale * Math.max(0, measures * (slots[level] as number) - on))
    if (level >= weakest) continue
    const root = Math.sqrt(1 + on)
    tell(names[2], longer / root)
    tell(names[3], lower / root)
    tell(names[4], (changes - on * heard.changed) / root)
  }
}

/** Notes on weaker places than the start of a group are not listened to so closely. */
const weakest = levelNames.indexOf('pulse')

const accents = levelNames.map(
  (name) => [`on ${name}`, `none on ${name}`, `long on ${name}`, `low on ${name}`, `change on ${name}`] as const,
)

/** Does a measure do what the one before did? */
function tellRepetition({ heard: { notes }, track: { places }, at }: HeardTrack, { levels }: Guess, tell: Tell): void {
  const lag = levels.of.length
  let [pairs, rhythm, pitch] = [0, 0, 0]
  for (let index = 0; index < places.length && (places[index] as Place) + lag < 0; index++) {
    pairs++
    const again = at.get((places[index] as Place) + lag)
    if (again === undefined) continue
    rhythm++
    if (notes[again]?.pitch === notes[index]?.pitch) pitch++
  }
  tell('rhythm again', (rhythm + 2) / (pairs + 4))
  tell('pitch again', (pitch + 1) / (pairs + 4))
}

/** Is it a form to play in? */
function tellForm({ levels: { name }, measures }: Guess, tell: Tell): void {
  tell(name, 1)
  tell('one measure', Number(measures === 1))
  tell('power of two', Number((measures & (measures - 1)) === 0))
  tell('fours', Number(measures % 4 === 0))
  tell('odd number', Number(measures > 1 && measures % 2 === 1))
  tell('measures', Math.log(measures))
}

/** Does beat one go with the first press and the first note? */
function tellStart({ heard, track, at }: HeardTrack, { levels, start, startAt }: Guess, tell: Tell): void {
  const first = track.places[0] as Place
  const onPress = near(startAt - heard.from)
  tell('one on press', onPress)
  tell('one before press', Math.min(1, Math.max(0, 4 * (heard.from - startAt - 0.1))))
  tell('one is played', Number(at.has(start)))
  if (first > start) {
    tell('rest', 1)
    tell('rest, not on press', 1 - onPress)
    tell('rest length', Math.min(4, (first - start) / perPulse))
  } else if (first < start) {
    tell('pickup', 1)
    tell('pickup length', Math.min(4, (start - first) / perPulse))
    tell('pickup on press', near((heard.notes[0]?.at ?? 0) - heard.from))
    tell('pickup, share of measure', (start - first) / levels.of.length)
  }
}

/** Whether two moments are one, for a foot and a hand. */
function near(apart: Seconds): number {
  return Math.exp(-((apart / 0.07) ** 2) / 2)
}

function standardised(values: readonly number[], least: number): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length)
  return values.map((value) => (value - mean) / Math.max(least, Math.sqrt(variance)))
}
