import { type Beats, type Chord, measureBeats, rounding } from '../../music/index.ts'
import type { Brief } from '../brief.ts'
import { chanceAt } from '../chance.ts'
import { chordIndexAt, isSameChord } from '../form.ts'
import {
  type Cell,
  cellsOf,
  type Pattern,
  type PatternNote,
  patternFor,
  patternNotes,
  stopTime,
  tiedBeats,
} from '../pattern.ts'
import { lengthsOf } from '../style.ts'

/** A place where the bass plays, before it has a pitch. */
export type Slot = PatternNote & {
  readonly chord: Chord
  /** Its chord begins here. */
  readonly isStart: boolean
  readonly isStrong: boolean
  /** The note after it is the first of another chord. */
  readonly leads: boolean
  /** The chord of the note after it; null where nobody knows. */
  readonly following: Chord | null
  /** It is the bass of the next measure’s first chord, struck ahead and tied over the bar line. */
  readonly isTied: boolean
}

/** How often a measure keeps the pattern of its section. */
const steadiness = 0.7

/** How often a note that the bass drum does not play is left to it. */
const yielding = 0.55

/**
 * The places where the bass plays in a measure, where it has chords.
 *
 * @param isHeldOver the first chord’s bass was struck in the measure before.
 */
export function slotsOf(brief: Brief, isHeldOver: boolean): Slot[] {
  const { now, next } = brief
  const length = measureBeats(now.metre)
  const { from = 0 } = brief
  const placed = ended(pickedUp(atChords(locked(rhythmOf(brief), brief), brief), brief), brief)
  const coming = next?.chords[0]?.chord ?? null
  return placed.flatMap((note, index): Slot[] => {
    if (note.beat < from - rounding) return []
    const place = chordIndexAt(now, note.beat)
    const { chord: here, beat, isHeld } = now.chords[place] ?? { chord: null, beat: 0 }
    if (!here) return []
    const isStart = Math.abs(note.beat - beat) < rounding && !isHeld
    if (isHeldOver && note.beat < tiedBeats - rounding && !(isStart && beat > 0)) return []
    const isTied = coming !== null && isAhead(note, brief)
    const chord = isTied ? coming : here
    const after = placed[index + 1]
    const following = (after ? now.chords[chordIndexAt(now, after.beat)]?.chord : coming) ?? null
    return [
      {
        ...note,
        ...(note.kind === ahead && { kind: 'r' }),
        ...(isTied && { beats: note.beats + tiedBeats }),
        chord,
        isStart: isStart && !isTied,
        isStrong: isStrong(note.beat, length, brief),
        leads: following !== null && !isSameChord(following, chord),
        following,
        isTied,
      },
    ]
  })
}

/** The letter of a note that belongs to the next measure. */
const ahead = 'n'

/** Whether a note is played ahead of the next measure, whose chord is known. */
function isAhead({ kind, beat, beats }: PatternNote, { now, isBeforeEnd, end }: Brief): boolean {
  const isLast = beat + beats > measureBeats(now.metre) - rounding
  const isFree = now.chords.every((chord) => chord.isHeld || chord.beat === 0 || Math.abs(chord.beat - beat) > rounding)
  return kind === ahead && isLast && isFree && beat > rounding && !isBeforeEnd && !end
}

/** Where a measure is strong: its downbeat; in groups, where they begin; in even quarters, every second. */
function isStrong(beat: Beats, length: Beats, { now: { metre } }: Brief): boolean {
  if (metre.groups.some((group) => group > 1)) {
    let start = 0
    for (const group of metre.groups) {
      if (Math.abs((start * 4) / metre.denominator - beat) < rounding) return true
      start += group
    }
    return false
  }
  const unit = 4 / metre.denominator
  return beat < rounding || (metre.numerator % 2 === 0 && Math.abs(beat % (2 * unit)) < rounding && beat < length)
}

function rhythmOf(brief: Brief): PatternNote[] {
  const { now, style, intensity, seed, measure, inSection, isStopTime } = brief
  if (isStopTime) return stopTime('r')
  const { patterns } = style.bass
  return cellsOf(now.metre, lengthsOf(patterns)).flatMap((cell, index) => {
    const chance = chanceAt(seed, measure, index, 1)
    const isSteady = chance.next() < steadiness && inSection.after > 0
    const choice = isSteady ? chanceAt(seed, measure - inSection.before, index, 2) : chance
    const pattern = patternFor(patterns, cell, intensity, choice)
    return patternNotes(pattern ?? plain(cell), cell.beat)
  })
}

/** What is played where no pattern fits: a note that is held. */
function plain({ beats }: Cell): Pattern {
  return { text: 'c'.padEnd(Math.max(1, Math.round(beats * 4)), '-'), energy: 0 }
}

/** A bass drum that is struck less often in a measure marks it, and is nothing to play with. */
const fewestKicks = 2

/** The rhythm with the bass drum, in the styles that play with it. */
function locked(notes: readonly PatternNote[], brief: Brief): PatternNote[] {
  const { kicks, style, seed, measure, now } = brief
  if (!style.bass.isLocked || !kicks || kicks.length < fewestKicks) return [...notes]
  const chance = chanceAt(seed, measure, 3)
  const isKick = (beat: Beats) => kicks.some((kick) => Math.abs(kick - beat) < rounding)
  const kept = notes.filter(({ beat }) => isKick(beat) || beat === 0 || chance.next() > yielding)
  const added = kicks
    .filter((kick) => !notes.some(({ beat }) => Math.abs(kick - beat) < rounding))
    .map((beat): PatternNote => ({ beat, beats: 1 / 4, kind: 'c', isAccented: false }))
  return lengthened([...kept, ...added], measureBeats(now.metre), 1)
}

/** Notes in order: each as long as it was at least, up to the next one, but no longer than `most`. */
function lengthened(notes: readonly PatternNote[], end: Beats, most: Beats): PatternNote[] {
  const sorted = [...notes].sort((a, b) => a.beat - b.beat)
  return sorted.map((note, index) => {
    const room = (sorted[index + 1]?.beat ?? end) - note.beat
    return { ...note, beats: Math.min(room, Math.max(note.beats, Math.min(most, room))) }
  })
}

/** How often a section is led into by an eighth before it. */
const pickups = 0.6

/** The rhythm with a pickup into the section that comes, where a note would have been held up to it. */
function pickedUp(notes: readonly PatternNote[], { now, next, inSection, end, seed, measure }: Brief): PatternNote[] {
  const last = notes.at(-1)
  const length = measureBeats(now.metre)
  const isFree = last && last.kind !== ahead && last.beats >= 1 - rounding && last.beat + last.beats > length - rounding
  const isWanted = inSection.after === 0 && next && !end && chanceAt(seed, measure, 6).next() < pickups
  if (!isFree || !isWanted) return [...notes]
  const pickup: PatternNote = { beat: length - 1 / 2, beats: 1 / 2, kind: 'a', isAccented: false }
  return [...notes.slice(0, -1), { ...last, beats: pickup.beat - last.beat }, pickup]
}

/** The rhythm up to the last chord, whose bass is held. */
function ended(notes: readonly PatternNote[], { end = null }: Brief): readonly PatternNote[] {
  if (end === 'over') return []
  if (end === null) return notes
  return [...notes.filter(({ beat }) => beat < end.beat - rounding), { ...end, kind: 'r', isAccented: true }]
}

/** The rhythm with a note where each chord begins. */
function atChords(notes: readonly PatternNote[], { now }: Brief): PatternNote[] {
  const end = measureBeats(now.metre)
  const starts = now.chords.filter(
    ({ beat, chord, isHeld }) => chord && !isHeld && !notes.some((note) => Math.abs(note.beat - beat) < rounding),
  )
  const all = [
    ...notes,
    ...starts.map(({ beat }): PatternNote => ({ beat, beats: 1 / 2, kind: 'r', isAccented: false })),
  ].sort((a, b) => a.beat - b.beat)
  return all.map((note, index) => {
    const room = (all[index + 1]?.beat ?? end) - note.beat
    return { ...note, beats: Math.min(note.beats, room) }
  })
}
