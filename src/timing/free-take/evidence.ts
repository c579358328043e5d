import type { Seconds } from '../timeline.ts'
import { type Place, perPulse } from './beat-tracks.ts'
import type { Guess } from './guess.ts'
import type { HeardTrack } from './hear.ts'
import { levelNames, pulseBeats } from './levels.ts'

/** Is told what speaks for and against a guess: figures by their names, to be weighed against each other. */
export type Tell = (name: string, figure: number) => void

/** Tells all that is weighed of a guess. */
export function tellEvidence(heard: HeardTrack, guess: Guess, tell: Tell): void {
  tellTempo(heard, guess, tell)
  tellAccents(heard, guess, tell)
  tellRepetition(heard, guess, tell)
  tellForm(guess, tell)
  tellStart(heard, guess, tell)
}

/** Is it a tempo to play such notes at? A walking bass is fast, a line of sixteenths slow. */
function tellTempo(
  { heard, track, value, even }: HeardTrack,
  { startAt, start, measures, levels: { metre } }: Guess,
  tell: Tell,
): void {
  const count = heard.notes.length
  const pulses = -start / perPulse
  const length = track.end - startAt
  const pulse = length / pulses
  const tempo = Math.log(60 / pulse / 110)
  const density = Math.log(count / pulses)
  tell('misfit', track.cost / count)
  tell('cost', track.cost / (1 + count / 60))
  tell('tempo', tempo)
  tell('tempo²', tempo ** 2)
  tell('tempo of quarters', tempo + Math.log(pulseBeats(metre)))
  if (pulseBeats(metre) > 1) tell('compound tempo', tempo)
  tell('density', density)
  tell('density²', density ** 2)
  tell('notes', Math.log(count))
  tell('notes a measure', Math.log(count / measures))
  tell('seconds', Math.log(length))
  tell('seconds a measure', Math.log(length / measures))
  tell('short gap', Math.log(heard.shortGap))
  tell('middle gap', Math.log(heard.middleGap))
  tell('short gap in pulses', Math.log(heard.shortGap / pulse))
  tell('middle gap in pulses', Math.log(heard.middleGap / pulse))
  const usual = Math.log(((value / perPulse) * pulse) / 0.3)
  const sure = count / (count + 8)
  const names = value > 15 ? long : value > 9 ? quarter : value > 5 ? eighth : short
  tell(names[0], 1)
  tell(names[1], usual)
  tell(names[2], usual ** 2)
  tell(names[3], sure * (heard.repeated - 0.4))
  tell(names[4], sure * (even - 0.7))
}

const [long, quarter, eighth, short] = ['long', 'quarter', 'eighth', 'short'].map(
  (name) => [name, `${name} length`, `${name} length²`, `${name} repeated`, `${name} even`] as const,
) as [Names, Names, Names, Names]
type Names = readonly [string, string, string, string, string]

/** Do notes fall on the strong places, and are those long, low and loud, and do pitches change there? */
function tellAccents(
  { heard, track }: HeardTrack,
  { levels: { of, slots }, measures, start }: Guess,
  tell: Tell,
): void {
  const { notes, longer, lower, louder, changes, common } = heard
  const length = of.length
  const sums = accents.map(() => ({ on: 0, longer: 0, lower: 0, louder: 0, changes: 0, common: 0 }))
  for (let index = 0; index < notes.length; index++) {
    const place = ((track.places[index] as Place) - start) % length
    const sum = sums[of[place < 0 ? place + length : place] as number] as (typeof sums)[0]
    sum.on++
    sum.longer += longer[index] as number
    sum.lower += lower[index] as number
    sum.louder += louder[index] as number
    sum.changes += changes[index] as number
    sum.common += common[index] as number
  }
  // What repeats all through a take says little more than once.
  const scale = 1 / (1 + notes.length / 24)
  let [strong, places] = [0, 0]
  for (const [level, { on, longer, lower, louder, changes, common }] of sums.entries()) {
    const names = accents[level] as (typeof accents)[0]
    const all = measures * (slots[level] as number)
    tell(names.on, scale * on)
    if (all > 0) tell(names.none, scale * Math.max(0, all - on))
    if (level > weakest) continue
    const other = changes - on * heard.changed
    tell(names.changes, other / (1 + on))
    tell(names.longer, longer / (1 + on))
    tell(names.lower, lower / (1 + on))
    tell(names.louder, louder / Math.sqrt(1 + on))
    strong += on
    places += all
    if (level === weakest) continue
    tell(names.long, longer / Math.sqrt(1 + on))
    tell(names.low, lower / Math.sqrt(1 + on))
    tell(names.change, other / Math.sqrt(1 + on))
    if (level > 0) continue
    tell('downbeats filled', on / measures)
    tell('common on downbeats', common / Math.max(1, on))
  }
  tell('pulses filled', strong / places)
}

/** Notes on weaker places than a pulse are not listened to so closely. */
const weakest = levelNames.indexOf('pulse')

const accents = levelNames.map((name) => ({
  on: `on ${name}`,
  none: `none on ${name}`,
  long: `long on ${name}`,
  low: `low on ${name}`,
  change: `change on ${name}`,
  longer: `longer on ${name}`,
  lower: `lower on ${name}`,
  louder: `louder on ${name}`,
  changes: `changes on ${name}`,
}))

/** Does a measure do what the one before did, and more so than a measure of another length would? */
function tellRepetition({ again }: HeardTrack, { levels, measures, start }: Guess, tell: Tell): void {
  const length = levels.of.length
  const measure = again(length)
  const other = again(length - perPulse)
  tell('rhythm less a pulse', measure.rhythm - other.rhythm)
  tell('step less a pulse', measure.step - other.step)
  const lags = [perPulse, Math.round(length / 2 / perPulse) * perPulse, length, 2 * length, 4 * length]
  for (const [index, lag] of lags.entries()) {
    const names = spans[index] as (typeof spans)[0]
    const { rhythm, pitch, step } = again(lag)
    tell(names.rhythm, rhythm)
    tell(names.pitch, pitch)
    tell(names.step, step)
  }
  if (measures % 2 > 0) return
  const half = again(-start / 2)
  tell('rhythm again, half the take', half.rhythm)
  tell('pitch again, half the take', half.pitch)
}

const spans = ['a pulse', 'half a measure', 'a measure', 'two measures', 'four measures'].map((span) => ({
  rhythm: `rhythm again, ${span}`,
  pitch: `pitch again, ${span}`,
  step: `step again, ${span}`,
}))

/** Is it a form to play in? */
function tellForm({ levels: { name }, measures }: Guess, tell: Tell): void {
  tell(name, 1)
  tell(measures > 16 ? 'many measures' : `measures: ${measures}`, 1)
  tell('power of two', Number((measures & (measures - 1)) === 0))
  tell('fours', Number(measures % 4 === 0))
  tell('odd number', Number(measures > 1 && measures % 2 === 1))
  tell('measures', Math.log(measures))
}

/** Does beat one go with the first press and the first note? */
function tellStart({ heard, track, at }: HeardTrack, { levels, start, startAt }: Guess, tell: Tell): void {
  const first = track.places[0] as Place
  const onPress = near(startAt - heard.from)
  const one = at(start)
  tell('one on press', onPress)
  tell('one before press', Math.min(1, Math.max(0, 4 * (heard.from - startAt - 0.1))))
  tell('one is played', Number(one !== undefined))
  tell('one is common', one === undefined ? 0.5 : (heard.common[one] as number))
  tell('rest at the end', -(track.places.at(-1) as Place) / perPulse)
  if (first > start) {
    tell('rest', 1)
    tell('rest, not on press', 1 - onPress)
    tell('rest length', Math.min(4, (first - start) / perPulse))
  } else if (first < start) {
    tell('pickup', 1)
    tell('pickup length', Math.min(4, (start - first) / perPulse))
    tell('pickup on press', near((heard.notes[0]?.at ?? 0) - heard.from))
    tell('pickup, share of measure', (start - first) / levels.of.length)
    tell('pickup notes', Math.min(8, one ?? track.places.findIndex((place) => place >= start)))
  }
}

/** Whether two moments are one, for a foot and a hand. */
function near(apart: Seconds): number {
  return Math.exp(-((apart / 0.07) ** 2) / 2)
}
