import type { Random } from '../../models/index.ts'
import { clampVelocity, type MidiPitch, measureBeats, type Note, pitchClass } from '../../music/index.ts'
import type { Brief, PlayedMeasure } from '../brief.ts'
import { chanceAt } from '../chance.ts'
import { chordIndexAt, isSameHarmony } from '../form.ts'
import { type ChordParts, chordPartsOf } from '../harmony.ts'
import { type Column, cheapestLine } from './lattice.ts'
import { type Slot, slotsOf } from './slots.ts'

/** A bass guitar's low E, and the highest note that a bass in a band plays, G3. */
const lowestBass: MidiPitch = 28
const highestBass: MidiPitch = 55

/** So often a line that has been played before is looked for anew. */
const tries = 5

/** A measure of bass. @param previous what it has played, the last measure at the end. */
export function playBass(brief: Brief, previous: readonly PlayedMeasure[]): Note[] {
  const slots = slotsOf(brief)
  const root = lastRoot(previous)
  if (slots.length === 0) return pedalAt(brief, root)
  const before = previous.at(-1)?.notes.at(-1)?.pitch ?? null
  const past = previous.filter(({ now }) => isSameHarmony(now, brief.now)).map(({ notes }) => lineText(notes))
  let notes: Note[] = []
  for (let attempt = 0; attempt < tries; attempt++) {
    const line = search(brief, slots, before, past, attempt)
    const chance = chanceAt(brief.seed, brief.measure, 7)
    notes = slots.map((slot, index) => soundOf(slot, line[index] ?? lowestBass, brief, chance))
    if (!past.includes(lineText(notes))) break
  }
  return oneAtATime([...notes, ...pedalAt(brief, lastRoot([{ now: brief.now, notes }]) ?? root)])
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

function search(
  brief: Brief,
  slots: readonly Slot[],
  from: MidiPitch | null,
  past: readonly string[],
  attempt: number,
): MidiPitch[] {
  const { seed, measure, next, style } = brief
  const used = new Map<string, number>()
  for (const place of past.flatMap((line) => line.split(' '))) used.set(place, (used.get(place) ?? 0) + 1)
  const chance = chanceAt(seed, measure, 4, attempt)
  const columns = slots.map((slot): Column => {
    const parts = chordPartsOf(slot.chord)
    const isInverted = slot.isStart && inverts(brief, measure, slot.beat)
    const rate = ratesFor(slot, parts, isInverted)
    const costs = pitches.map((pitch) => {
      const repeated = Math.min(3, used.get(`${slot.beat}:${pitch}`) ?? 0) * (slot.isStart ? 0.25 : 0.6)
      const noise = chance.next() * freedom * (1 + attempt)
      return rate(pitch) + height(pitch, style.bass.centre) + repeated + noise
    })
    return thinned(costs)
  })
  const coming = next?.chords[0]?.chord
  if (coming) {
    const isStart = !next?.chords[0]?.isHeld
    const slot: Slot = {
      ...{ beat: 0, beats: 1, kind: 'w', isAccented: false, chord: coming },
      ...{ isStart, isStrong: true, leads: false },
    }
    const rate = ratesFor(slot, chordPartsOf(coming), isStart && inverts(brief, measure + 1, 0))
    columns.push(thinned(pitches.map((pitch) => rate(pitch) + height(pitch, style.bass.centre))))
  }
  return cheapestLine(columns, from, (from, to, direction, column) => {
    const slot = slots[column]
    const before = slots[column - 1]
    const isTarget = before ? before.leads : slot?.isStart === true
    return way(from, to, direction, slot, isTarget, before?.kind === 'a' || slot?.kind === 'a')
  })
}

const pitches: readonly MidiPitch[] = Array.from(
  { length: highestBass - lowestBass + 1 },
  (_, index) => lowestBass + index,
)

/** Pitches that cost so much more than the best are never played. */
const hopeless = 6

/** A column of the pitches that may be played. */
function thinned(costs: readonly number[]): Column {
  const most = Math.min(...costs) + hopeless
  const kept = pitches.filter((_, index) => (costs[index] ?? 0) <= most)
  return { pitches: kept, costs: costs.filter((cost) => cost <= most) }
}

/** How much chance has to say, beside what costs of music are about 1. */
const freedom = 0.9

/** How often a chord begins with another tone than its bass. */
const inversions = { walking: 0.25, patterns: 0.25 }

/** Whether a chord begins with its third or fifth, for the sake of the line. Forms and sections begin with the bass itself. */
function inverts({ seed, style, inSection, measure: now }: Brief, measure: number, beat: number): boolean {
  const isFirst = measure === now && inSection.before === 0 && beat === 0
  const isNextFirst = measure !== now && inSection.after === 0
  if (isFirst || isNextFirst) return false
  const isWalking = style.bass.patterns.some(({ text }) => text.includes('w'))
  return (
    chanceAt(seed, measure, Math.round(beat * 48), 5).next() < (isWalking ? inversions.walking : inversions.patterns)
  )
}

/** What a pitch costs as a tone of its slot’s chord. */
function ratesFor(
  slot: Slot,
  { third, fifth, seventh }: ChordParts,
  isInverted: boolean,
): (pitch: MidiPitch) => number {
  const { chord, kind, isStart, isStrong } = slot
  const isSlash = chord.bass !== chord.root
  const tones = new Set([...chord.tones, chord.bass])
  const scale = new Set(chord.scale)
  return (pitch) => {
    const tone = pitchClass(pitch)
    const isBass = tone === chord.bass
    const isInner = tones.has(tone)
    if (isStart && !isSlash && isInverted) {
      return tone === third ? 0 : tone === fifth ? 0.3 : isBass ? 1.3 : isInner ? 2 : 8
    }
    if (isStart || kind === 'r' || isSlash) return isBass ? 0 : isSlash && !isStart && isInner ? 1.2 : 8
    switch (kind) {
      case 'o':
        return isBass ? (pitch < 40 ? 1.5 : 0) : 5
      case '5':
        return tone === fifth ? 0 : fifth === null && isBass ? 0 : isBass ? 1.6 : tone === seventh ? 2 : 5
      case '3':
        return tone === third ? 0 : tone === fifth ? 1 : isBass ? 1.5 : 5
      case 'x':
        return isBass || tone === fifth ? 0 : 3
      case 'c':
        return isBass ? 0.1 : tone === fifth ? 0.2 : isInner ? 0.7 : 6
      case 'a':
        return isInner ? 0.6 : scale.has(tone) ? 0.5 : 0.7
      default:
        if (isStrong) return isBass ? 0.6 : isInner ? (tone === third || tone === fifth ? 0 : 0.4) : 4
        return isInner ? 0.3 : scale.has(tone) ? 0.4 : 1.4
    }
  }
}

/** What it costs to be far from the middle of the instrument. */
function height(pitch: MidiPitch, centre: MidiPitch): number {
  return 0.6 * ((pitch - centre) / 8) ** 2
}

/** What intervals cost, from the repeated note to the octave. */
const intervals = [2.6, 0.1, 0, 0.25, 0.35, 0.45, 1.6, 0.6, 1.5, 1.6, 2.4, 3, 0.9]

/** What the way from one note to the next costs. */
function way(
  from: MidiPitch,
  to: MidiPitch,
  direction: number,
  slot: Slot | undefined,
  isTarget: boolean,
  isApproach: boolean,
): number {
  const size = Math.abs(to - from)
  const kind = slot?.kind ?? 'w'
  const isRoot = (kind === 'r' && !slot?.isStart) || kind === 'c'
  let cost = intervals[size] ?? 9
  if (kind === 'x') return size === 0 ? 0 : size <= 7 || size === 12 ? 0.8 : 4
  // A root that is struck again is the bass of rock and funk, not a walking line standing still.
  if (isRoot && size === 0) cost = 0.3
  if (kind === 'o') cost = size === 12 ? 0 : cost + 1
  if (isTarget) cost += size === 1 ? -0.7 : size === 2 ? -0.5 : size === 5 || size === 7 ? -0.3 : isApproach ? 2 : 0.7
  const turn = Math.sign(to - from)
  if (direction !== 0 && turn !== 0 && kind === 'w') cost += turn === direction ? (size <= 4 ? -0.25 : 0.4) : 0.4
  return cost
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
