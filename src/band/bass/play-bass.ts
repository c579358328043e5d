import type { Random } from '../../models/index.ts'
import {
  clampVelocity,
  type MidiPitch,
  measureBeats,
  type Note,
  type PitchClass,
  pitchClass,
  rounding,
} from '../../music/index.ts'
import type { Brief, PlayedMeasure } from '../brief.ts'
import { chanceAt } from '../chance.ts'
import { chordIndexAt, isSameHarmony } from '../form.ts'
import { type Column, cheapestLine, type WayCost } from './lattice.ts'
import { type Step, shapeOf, wayCost } from './motion.ts'
import { centreAt, highestBass, lowestBass, registerCost, walks } from './register.ts'
import { type Slot, slotsOf } from './slots.ts'
import { isStrange, toneCost } from './tones.ts'

/** How often another line is looked for when the same one has been played before. */
const tries = 5

/** A measure of bass. @param previous what it has played, the last measure at the end. */
export function playBass(brief: Brief, previous: readonly PlayedMeasure[]): Note[] {
  const slots = slotsOf(brief, isHeldOver(brief, previous.at(-1)))
  const root = lastRoot(previous)
  if (slots.length === 0) return pedalAt(brief, root)
  const tail =
    previous
      .at(-1)
      ?.notes.slice(-2)
      .map(({ pitch }) => pitch) ?? []
  const past = previous.filter(({ now }) => isSameHarmony(now, brief.now)).map(({ notes }) => lineText(notes))
  const search = searchFor(brief, slots, past)
  let notes: Note[] = []
  for (let attempt = 0; attempt < tries; attempt++) {
    const line = lineFrom(search, tail, chanceAt(brief.seed, brief.measure, 4, attempt), attempt)
    const chance = chanceAt(brief.seed, brief.measure, 7)
    notes = slots.map((slot, index) => soundOf(slot, line[index] ?? lowestBass, brief, chance))
    if (!past.includes(lineText(notes))) break
  }
  return oneAtATime([...notes, ...pedalAt(brief, lastRoot([{ now: brief.now, notes }]) ?? root)])
}

/** Whether the bass of a measure’s first chord rings on from the measure before, struck ahead of its time. */
function isHeldOver({ now, from = 0 }: Brief, before: PlayedMeasure | undefined): boolean {
  const last = before?.notes.at(-1)
  const chord = now.chords[0]?.chord
  if (from > 0 || !before || !last || !chord) return false
  return last.beat + last.beats > measureBeats(before.now.metre) + rounding && pitchClass(last.pitch) === chord.bass
}

/** A line as a text that is the same only for the same notes in the same places. */
function lineText(notes: readonly Note[]): string {
  return notes.map(({ beat, pitch }) => `${beat}:${pitch}`).join(' ')
}

/** The bass of the last chord, as it was played; null where none was. */
function lastRoot(previous: readonly PlayedMeasure[]): MidiPitch | null {
  for (const { now, notes } of [...previous].reverse()) {
    const root = notes.findLast(({ pitch, beat }) => {
      return now.chords[chordIndexAt(now, beat)]?.chord?.bass === pitchClass(pitch)
    })
    if (root) return root.pitch
  }
  return null
}

/** Notes in order, each of which ends where the next begins, if not before. */
function oneAtATime(notes: readonly Note[]): Note[] {
  const sorted = [...notes].sort((a, b) => a.beat - b.beat)
  return sorted.map((note, index) => {
    const room = (sorted[index + 1]?.beat ?? Number.POSITIVE_INFINITY) - note.beat
    return { ...note, beats: Math.min(note.beats, room) }
  })
}

/** The pedal under the places of a measure that have no chord. */
function pedalAt({ now, style, intensity }: Brief, root: MidiPitch | null): Note[] {
  if (root === null) return []
  const end = measureBeats(now.metre)
  return now.chords.flatMap(({ beat, chord }, index) => {
    if (chord) return []
    const beats = ((now.chords[index + 1]?.beat ?? end) - beat) * style.bass.length
    return [{ pitch: root, velocity: clampVelocity(style.bass.velocity - 12 + 24 * (intensity - 0.5)), beat, beats }]
  })
}

/** What is known of a line before chance has its say. */
type Search = {
  /** What each pitch costs at each place. */
  readonly costs: readonly (readonly number[])[]
  /** Where the line goes: the first note of the next measure. */
  readonly coming: Column | null
  readonly way: WayCost
}

function searchFor(brief: Brief, slots: readonly Slot[], past: readonly string[]): Search {
  const { seed, measure } = brief
  const used = new Map<string, number>()
  for (const place of past.flatMap((line) => line.split(' '))) used.set(place, (used.get(place) ?? 0) + 1)
  const costs = slots.map((slot) => {
    const tone = toneCost(slot, slot.isStart && inverts(brief, measure, slot.beat), brief.style.bass.isDiatonic)
    const centre = centreAt(brief, slot.beat)
    return pitches.map((pitch) => {
      const repeated = Math.min(3, used.get(`${slot.beat}:${pitch}`) ?? 0) * (slot.isStart ? 0.25 : 0.5)
      return tone(pitch) + registerCost(pitch, centre) + repeated
    })
  })
  const coming = comingColumn(brief, slots)
  const shape = shapeOf(seed, measure)
  const steps = [...slots, null].map((slot, column): Step => {
    const before = slots[column - 1]
    return {
      slot: slot ?? undefined,
      before,
      isTarget: before ? before.leads : slot?.isStart === true,
      wasStrange: before ? pitchClasses.map((tone) => isStrange(before, tone)) : [],
      shape,
    }
  })
  return { costs, coming, way: (older, from, to, column) => wayCost(older, from, to, steps[column] as Step) }
}

/** What the first note of the next measure may be; null where nothing is known of it. */
function comingColumn(brief: Brief, slots: readonly Slot[]): Column | null {
  const coming = brief.next?.chords[0]
  if (!coming?.chord || slots.at(-1)?.isTied) return null
  const isStart = !coming.isHeld
  const slot: Slot = {
    ...{ beat: 0, beats: 1, kind: 'w', isAccented: false, chord: coming.chord },
    ...{ isStart, isStrong: true, leads: false, following: null, isTied: false },
  }
  const tone = toneCost(slot, isStart && inverts(brief, brief.measure + 1, 0))
  const centre = centreAt(brief, measureBeats(brief.now.metre))
  return columnOf(pitches.map((pitch) => tone(pitch) + registerCost(pitch, centre)))
}

/** A line with some chance in it: the more, the more often a line has been looked for. */
function lineFrom({ costs, coming, way }: Search, tail: readonly MidiPitch[], chance: Random, attempt: number) {
  const columns = costs.map((row) => columnOf(row.map((cost) => cost + chance.next() * freedom * (1 + attempt))))
  return cheapestLine(coming ? [...columns, coming] : columns, tail, way, hopeless)
}

const pitches: readonly MidiPitch[] = Array.from(
  { length: highestBass - lowestBass + 1 },
  (_, index) => lowestBass + index,
)

const pitchClasses: readonly PitchClass[] = Array.from({ length: 12 }, (_, tone) => tone)

/** Pitches and lines that cost this much more than the best are never played: what comes after can't make up for it. */
const hopeless = 5

/** A column of the pitches that may be played. */
function columnOf(costs: readonly number[]): Column {
  const most = Math.min(...costs) + hopeless
  const kept = pitches.filter((_, index) => (costs[index] ?? 0) <= most)
  return { pitches: kept, costs: costs.filter((each) => each <= most) }
}

/** How much chance adds to a cost; the musical costs are about 1. */
const freedom = 0.7

/** How often a chord begins with its third or fifth, for the sake of the line: in walking, and in patterns. */
const inversions = { walking: 0.25, patterns: 0.18 }

/** Whether a chord begins with its third or fifth. Forms and sections begin, and music ends, with the bass itself. */
function inverts(brief: Brief, measure: number, beat: number): boolean {
  const { seed, style, inSection, measure: now, end, isBeforeEnd } = brief
  const isFirst = measure === now && (end || (inSection.before === 0 && beat === 0))
  const isNextFirst = measure !== now && (isBeforeEnd || inSection.after === 0)
  if (isFirst || isNextFirst) return false
  const share = inversions[walks(style) ? 'walking' : 'patterns']
  return chanceAt(seed, measure, Math.round(beat * 48), 5).next() < share
}

/** A dead note is as short as this. */
const deadBeats = 0.12

function soundOf(slot: Slot, pitch: MidiPitch, { style, intensity }: Brief, chance: Random): Note {
  const { bass } = style
  const { kind, beat, beats, isAccented, isStrong } = slot
  const touch = isAccented ? 10 : kind === 'x' ? -32 : beat % 1 === 0 ? (isStrong ? 2 : 4) : -6
  const velocity = clampVelocity(bass.velocity + 36 * (intensity - 0.5) + touch + 6 * (chance.next() - 0.5))
  return { pitch, velocity, beat, beats: kind === 'x' ? deadBeats : beats * bass.length }
}
