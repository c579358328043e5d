import { type Chord, type MidiPitch, type PitchClass, pitchClass } from '../src/music/index.ts'
import type { Line } from './corpora/weimar.ts'
import { Mean, mean } from './mean.ts'

/**
 * What a line does against its chords, all notes alike however long: the figures by which a machine's line is held
 * beside a human's.
 */
export type LineStatistics = {
  /** The share of notes in the chord, its seventh included. */
  readonly ctr: number
  /** The share of notes in the chord's scale. */
  readonly scale: number
  /** Chord tones, and others that are left by at most two semitones (Yeh et al. 2021, as the next two). */
  readonly ctnctr: number
  /** Pitch consonance score: −1 to 1. */
  readonly pcs: number
  /** Melody-chord tonal distance. */
  readonly mctd: number
  /** Pitch-class entropy in bits over one measure and over four (Wu and Yang 2020). */
  readonly h1: number
  readonly h4: number
  /** In semitones. */
  readonly leap: number
  /** The share of intervals larger than a fifth. */
  readonly leaps: number
  /** The share of notes at the pitch of the note before. */
  readonly repeated: number
}

/** The figures of `pitches` on the rhythm and over the chords of `lines`, pooled over all notes. */
export function lineStatistics(
  lines: readonly Pick<Line, 'notes'>[],
  pitches: readonly (readonly MidiPitch[])[],
): LineStatistics {
  const [ctr, scale, ctnctr, pcs, mctd] = [new Mean(), new Mean(), new Mean(), new Mean(), new Mean()]
  const [h1, h4, leap, leaps, repeated] = [new Mean(), new Mean(), new Mean(), new Mean(), new Mean()]
  for (const [index, { notes }] of lines.entries()) {
    const line = pitches[index] as readonly MidiPitch[]
    for (const interval of intervals(line).map(Math.abs)) {
      leap.add(interval)
      leaps.add(interval > 7)
      repeated.add(interval === 0)
    }
    for (const [measures, entropies] of [
      [1, h1],
      [4, h4],
    ] as const) {
      const windows = new Map<number, MidiPitch[]>()
      for (const [at, { beat, place, measure }] of notes.entries()) {
        const window = Math.floor(Math.round((beat - place) / measure) / measures)
        windows.set(window, [...(windows.get(window) ?? []), line[at] as MidiPitch])
      }
      for (const window of windows.values()) entropies.add(entropy(window))
    }
    for (const [at, { chord }] of notes.entries()) {
      if (!chord) continue
      const pitch = line[at] as MidiPitch
      const step = Math.abs((line[at + 1] ?? pitch) - pitch)
      const inChord = chord.tones.includes(pitchClass(pitch))
      ctr.add(inChord)
      scale.add(chord.scale.includes(pitchClass(pitch)))
      ctnctr.add(inChord || (step > 0 && step <= 2))
      pcs.add(mean(chord.tones.map((tone) => consonance[pitchClass(pitch - tone)] as number)))
      mctd.add(tonalDistance(pitchClass(pitch), chord))
    }
  }
  return {
    ctr: ctr.value,
    scale: scale.value,
    ctnctr: ctnctr.value,
    pcs: pcs.value,
    mctd: mctd.value,
    h1: h1.value,
    h4: h4.value,
    leap: leap.value,
    leaps: leaps.value,
    repeated: repeated.value,
  }
}

/** From each note to the next, in semitones. */
export function intervals(pitches: readonly MidiPitch[]): number[] {
  return pitches.slice(1).map((pitch, index) => pitch - (pitches[index] as MidiPitch))
}

/** Of an interval class above a chord's tone: 1 consonant, 0 the fourth, −1 dissonant. */
const consonance = [1, -1, -1, 1, 1, 0, -1, 1, 1, 1, -1, -1]

/** The distance of tonal centroids (Harte et al. 2006). */
function tonalDistance(note: PitchClass, { tones }: Chord): number {
  const centroid = centroids[note] as number[]
  return Math.hypot(...centroid.map((value, axis) => value - mean(tones.map((tone) => centroids[tone]?.[axis] ?? 0))))
}

/** Each pitch class on the circles of fifths, minor thirds and major thirds. */
const centroids = Array.from({ length: 12 }, (_, note) =>
  [
    [1, (7 * Math.PI) / 6],
    [1, (3 * Math.PI) / 2],
    [0.5, (2 * Math.PI) / 3],
  ].flatMap(([radius = 0, angle = 0]) => [radius * Math.sin(note * angle), radius * Math.cos(note * angle)]),
)

/** Of the pitch classes, in bits. */
function entropy(pitches: readonly MidiPitch[]): number {
  const counts = new Array<number>(12).fill(0)
  for (const pitch of pitches) counts[pitchClass(pitch)] = (counts[pitchClass(pitch)] as number) + 1
  const shares = counts.filter(Boolean).map((count) => count / pitches.length)
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0)
}
