import { type Beats, type Chord, measureBeats, rounding } from '../../music/index.ts'
import type { Brief } from '../brief.ts'
import { chanceAt } from '../chance.ts'
import { chordIndexAt } from '../form.ts'
import { cellsOf, type PatternNote, patternFor, patternNotes, stopTime, tiedBeats } from '../pattern.ts'
import { lengthsOf } from '../style.ts'

/** A chord that is struck. */
export type Strike = {
  readonly beat: Beats
  readonly beats: Beats
  readonly chord: Chord
  readonly isAccented: boolean
  /** It is the next measure’s first chord, tied over the bar line. */
  readonly isTied: boolean
}

/** A chord that is held and struck at most this long before another begins is that other one, played ahead. */
const ahead: Beats = 1 / 2

/** How often a measure keeps the rhythm of its section. */
const steadiness = 0.35

/**
 * When chords are struck in a measure: the style’s rhythm; chords that are played ahead; and each chord at least once.
 *
 * @param isTied the first chord was struck at the end of the measure before.
 */
export function strikesOf(brief: Brief, isTied: boolean): Strike[] {
  const { now, next, from = 0 } = brief
  const end = measureBeats(now.metre)
  const first = Math.max(from, isTied ? ahead : 0)
  const rhythm = rhythmOf(brief).filter(({ beat }) => beat >= first - rounding)
  const strikes = rhythm.flatMap((note, index) => struck(note, rhythm[index + 1]?.beat, brief, end))
  const missing = now.chords.flatMap(({ beat, chord, isHeld }, index): Strike[] => {
    const until = now.chords[index + 1]?.beat ?? end
    const isPlayed = strikes.some(
      (each) => each.chord === chord && each.beat > beat - ahead - rounding && each.beat < until,
    )
    if (!chord || isPlayed || beat < from - rounding || (index === 0 && (isTied || isHeld))) return []
    return [{ beat, beats: until - beat, chord, isAccented: false, isTied: false }]
  })
  const all = ended([...strikes, ...missing], brief).sort((a, b) => a.beat - b.beat)
  return all.map((strike, index) => {
    const room = (all[index + 1]?.beat ?? Number.POSITIVE_INFINITY) - strike.beat
    const isLast = typeof brief.end === 'object' && brief.end?.beat === strike.beat
    const change = strike.isTied || isLast ? Number.POSITIVE_INFINITY : untilChange(strike.beat, strike.chord)
    return { ...strike, beats: Math.min(strike.beats, room, change) }
  })

  /** How long a chord may be held until another comes. */
  function untilChange(beat: Beats, chord: Chord): Beats {
    const change = now.chords.find((each) => each.beat > beat + rounding && each.chord !== chord)?.beat
    if (change !== undefined) return change - beat
    return next?.chords[0]?.isHeld ? Number.POSITIVE_INFINITY : end - beat
  }
}

/** The strikes before the last chord, and that chord, held. */
function ended(strikes: readonly Strike[], { now, end = null }: Brief): Strike[] {
  if (end === 'over') return []
  if (end === null) return [...strikes]
  const before = strikes.filter(({ beat }) => beat < end.beat - ahead - rounding)
  const chord = now.chords[chordIndexAt(now, end.beat)]?.chord
  return chord ? [...before, { ...end, chord, isAccented: true, isTied: false }] : before
}

function struck(note: PatternNote, after: Beats | undefined, { now, next, isBeforeEnd }: Brief, end: Beats): Strike[] {
  const { beat, beats, isAccented } = note
  const until = beat + beats
  const place = chordIndexAt(now, beat)
  // A chord that begins here is heard first.
  const isFree = beat > (now.chords[place]?.beat ?? 0) + rounding || now.chords[place]?.isHeld
  if (
    isFree &&
    beat >= end - ahead - rounding &&
    until >= end - rounding &&
    beats > 1 / 4 + rounding &&
    next &&
    !isBeforeEnd
  ) {
    const chord = next.chords[0]?.chord
    return chord ? [{ beat, beats: end - beat + tiedBeats, chord, isAccented, isTied: true }] : []
  }
  const coming = now.chords[place + 1]
  const isAhead =
    isFree &&
    coming !== undefined &&
    coming.beat - beat <= ahead + rounding &&
    until >= coming.beat - rounding &&
    beats > 1 / 4 + rounding &&
    (after === undefined || after > coming.beat + rounding)
  if (!isAhead) {
    const chord = now.chords[place]?.chord
    return chord ? [{ beat, beats, chord, isAccented, isTied: false }] : []
  }
  const held = Math.min(after ?? end, coming.beat + tiedBeats) - beat
  return coming.chord ? [{ beat, beats: Math.max(beats, held), chord: coming.chord, isAccented, isTied: false }] : []
}

function rhythmOf({ now, style, intensity, seed, measure, inSection, isStopTime }: Brief): PatternNote[] {
  if (isStopTime) return stopTime('x')
  const { patterns } = style.comping
  return cellsOf(now.metre, lengthsOf(patterns)).flatMap((cell, index) => {
    const chance = chanceAt(seed, measure, index, 11)
    const isSteady = chance.next() < steadiness
    const choice = isSteady ? chanceAt(seed, measure - inSection.before, index, 12) : chance
    const pattern = patternFor(patterns, cell, intensity, choice)
    return patternNotes(pattern ?? { text: 'x'.padEnd(Math.max(1, Math.round(cell.beats * 4)), '-') }, cell.beat)
  })
}
