import type { Random } from '../../models/index.ts'
import { clampVelocity, type MidiPitch, measureBeats, type Note, pitchClass } from '../../music/index.ts'
import type { Brief } from '../brief.ts'
import { chanceAt } from '../chance.ts'
import { type ChordParts, chordPartsOf } from '../harmony.ts'
import { type Column, cheapestLine } from './lattice.ts'
import { type Slot, slotsOf } from './slots.ts'

/** What a bass keeps in mind from measure to measure. */
export type BassMemory = {
  /** Its last pitch. */
  readonly pitch: MidiPitch | null
  /** The bass of the last chord, as it was played. */
  readonly root: MidiPitch | null
  /** Where its line was going. */
  readonly target: MidiPitch | null
  /** What it played lately, and over which chords. */
  readonly past: readonly { readonly over: string; readonly line: string }[]
}

export const noBassMemory: BassMemory = { pitch: null, root: null, target: null, past: [] }

/** A bass guitar's low E, and the highest note that a bass in a band plays, G3. */
const lowestBass: MidiPitch = 28
const highestBass: MidiPitch = 55

/** So many measures are remembered. */
const mostPast = 48

/** So often a line that has been played before is looked for anew. */
const tries = 5

/** A measure of bass. */
export function playBass(brief: Brief, memory: BassMemory): { notes: Note[]; memory: BassMemory } {
  const slots = slotsOf(brief)
  if (slots.length === 0) return pedal(brief, memory)
  const over = brief.now.chords.map(({ beat, chord }) => `${chord?.symbol}@${beat}`).join(' ')
  const past = memory.past.filter((each) => each.over === over).map(({ line }) => line)
  let line: MidiPitch[] = []
  let text = ''
  for (let attempt = 0; attempt < tries; attempt++) {
    line = search(brief, slots, memory, past, attempt)
    text = slots.map(({ beat }, index) => `${beat}:${line[index]}`).join(' ')
    if (!past.includes(text)) break
  }
  const chance = chanceAt(brief.seed, brief.measure, 7)
  const notes = slots.map((slot, index) => soundOf(slot, line[index] ?? lowestBass, brief, chance))
  const roots = slots.flatMap(({ chord }, index) => {
    const pitch = line[index]
    return pitch !== undefined && pitchClass(pitch) === chord.bass ? [pitch] : []
  })
  return {
    notes: oneAtATime([...notes, ...pedalAt(brief, roots.at(-1) ?? memory.root)]),
    memory: {
      pitch: line[slots.length - 1] ?? null,
      root: roots.at(-1) ?? memory.root,
      target: line[slots.length] ?? null,
      past: [...memory.past, { over, line: text }].slice(-mostPast),
    },
  }
}

/** Notes in order, each of which ends where the next begins, if not before. */
function oneAtATime(notes: readonly Note[]): Note[] {
  const sorted = [...notes].sort((a, b) => a.beat - b.beat)
  return sorted.map((note, index) => {
    const room = (sorted[index + 1]?.beat ?? Number.POSITIVE_INFINITY) - note.beat
    return { ...note, beats: Math.min(note.beats, room) }
  })
}

/** A measure without chords: the last bass is held as a pedal. */
function pedal(brief: Brief, memory: BassMemory): { notes: Note[]; memory: BassMemory } {
  return { notes: pedalAt(brief, memory.root), memory: { ...memory, pitch: memory.root, target: null } }
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

function search(brief: Brief, slots: readonly Slot[], memory: BassMemory, past: readonly string[], attempt: number) {
  const { seed, measure, next, style } = brief
  const used = new Map<string, number>()
  for (const place of past.flatMap((line) => line.split(' '))) used.set(place, (used.get(place) ?? 0) + 1)
  const chance = chanceAt(seed, measure, 4, attempt)
  const columns = slots.map((slot, index): Column => {
    const parts = chordPartsOf(slot.chord)
    const isInverted = slot.isStart && inverts(brief, measure, slot.beat)
    const rate = ratesFor(slot, parts, isInverted)
    const pull = index === 0 && slot.isStart ? memory.target : null
    const costs = pitches.map((pitch) => {
      const repeated = Math.min(3, used.get(`${slot.beat}:${pitch}`) ?? 0) * (slot.isStart ? 0.25 : 0.6)
      const noise = chance.next() * freedom * (1 + attempt)
      return rate(pitch) + height(pitch, style.bass.centre) + repeated + noise - (pitch === pull ? 1 : 0)
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
  return cheapestLine(columns, memory.pitch, (from, to, direction, column) => {
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
  if (direction !== 0 && turn !== 0 && kind === 'w') cost += turn === direction ? (size <= 4 ? -0.25 : 0.4) : 0.15
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
