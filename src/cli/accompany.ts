import {
  type ArrangedMeasure,
  type BandPart,
  type BandStyle,
  type Brief,
  measureOf,
  type PlayedMeasure,
  swingAt,
} from '../band/index.ts'
import { type Beats, countsQuarters, measureBeats, type Note } from '../music/index.ts'
import { swung } from '../timing/index.ts'
import { type BandHit, bandDrums } from './accompany-drums.ts'
import { heardIntensities } from './heard-intensity.ts'

/** What a band is to play. */
export type Commission = {
  readonly measures: readonly ArrangedMeasure[]
  readonly style: BandStyle
  readonly bpm: number
  /** From 0 to 1. */
  readonly intensity: number
  readonly seed: number
  /** What the performer plays, from the start of the music; null where nobody does. */
  readonly solo: readonly Note[] | null
}

/** What the band plays, as it sounds, in beats from the start of the music. */
export type Accompaniment = {
  readonly bass: readonly Note[]
  readonly comp: readonly Note[]
  readonly drums: readonly BandHit[]
  /** How much was going on in each measure. */
  readonly intensities: readonly number[]
  readonly notices: readonly string[]
}

/** Plays a whole accompaniment. Bass and drums hear each other: where the style locks them, the bass then plays with the kick. */
export async function accompany(commission: Commission): Promise<Accompaniment> {
  const { measures, style, bpm, seed, solo } = commission
  const swing = swingAt(style, bpm)
  const intensities = intensitiesOf(commission)
  const leads = leadsIn(solo ?? [], measures)
  const briefs = measures.map((arranged, measure): Brief => {
    const lead = leads[measure] ?? []
    return { ...arranged, measure, style, bpm, seed, intensity: intensities[measure] ?? 0.5, lead }
  })
  const first = playPart('bass', briefs)
  const drums = await bandDrums({
    measures,
    bass: placed(first, measures),
    intensity: commission.intensity,
    intensities,
    style,
    bpm,
    swing,
    seed,
  })
  const kicks = kicksOf(drums.hits, measures)
  const bass = style.bass.isLocked
    ? playPart(
        'bass',
        briefs.map((brief, at) => ({ ...brief, kicks: kicks[at] ?? [] })),
      )
    : first
  const comp = playPart(
    'comping',
    briefs.map((brief, at) => ({ ...brief, bass: bass[at] ?? [] })),
  )
  return {
    bass: sounding(placed(bass, measures), measures, swing),
    comp: sounding(placed(comp, measures), measures, swing),
    drums: drums.hits.map((hit) => ({
      ...hit,
      beat: swungIn(measures, hit.beat, swing) + (hit.offsetMs / 60_000) * bpm,
    })),
    intensities,
    notices: drums.notices,
  }
}

/** A part remembers so many measures. */
const remembered = 48

/** Each measure of a part, one after the other. */
function playPart(part: BandPart, briefs: readonly Brief[]): (readonly Note[])[] {
  const previous: PlayedMeasure[] = []
  return briefs.map((brief) => {
    const notes = measureOf(part, brief, previous)
    previous.push({ now: brief.now, notes })
    if (previous.length > remembered) previous.shift()
    return notes
  })
}

/** So much is going on more or less in the course of some choruses. */
const arc = 0.12

/** How much is going on: as was asked for, in an arc over the choruses; with a solo, as it goes. */
function intensitiesOf({ measures, intensity, solo }: Commission): number[] {
  if (solo) return heardIntensities(solo, measures, intensity)
  const choruses = (measures.at(-1)?.chorus ?? 0) + 1
  return measures.map(({ chorus }) => {
    const way = choruses < 3 || chorus === choruses - 1 ? 0 : (2 * chorus) / (choruses - 2 || 1) - 1
    return Math.min(1, Math.max(0, intensity + arc * Math.min(1, Math.max(-1, way))))
  })
}

/** What of a solo sounds in each measure, from its start. */
function leadsIn(solo: readonly Note[], measures: readonly ArrangedMeasure[]): Note[][] {
  const leads = measures.map((): Note[] => [])
  let first = 0
  for (const note of solo) {
    while (note.beat >= (measures[first + 1]?.start ?? Number.POSITIVE_INFINITY)) first++
    for (let at = first; (measures[at]?.start ?? Number.POSITIVE_INFINITY) < note.beat + note.beats; at++) {
      leads[at]?.push({ ...note, beat: note.beat - (measures[at]?.start ?? 0) })
    }
  }
  return leads
}

/** The notes of all measures, from the start of the music. A key that is struck again is let go before. */
function placed(notes: readonly (readonly Note[])[], measures: readonly ArrangedMeasure[]): Note[] {
  const all = notes.flatMap((each, measure) => {
    const start = measures[measure]?.start ?? 0
    return each.map((note) => ({ ...note, beat: start + note.beat }))
  })
  const next = new Map<number, Beats>()
  return all
    .reverse()
    .map((note) => {
      const until = next.get(note.pitch) ?? Number.POSITIVE_INFINITY
      next.set(note.pitch, note.beat)
      return { ...note, beats: Math.min(note.beats, until - note.beat) }
    })
    .reverse()
}

function sounding(notes: readonly Note[], measures: readonly ArrangedMeasure[], swing: number): Note[] {
  return notes.map((note) => {
    const beat = swungIn(measures, note.beat, swing)
    return { ...note, beat, beats: swungIn(measures, note.beat + note.beats, swing) - beat }
  })
}

/** Where a beat of the straight grid sounds: it swings where the metre counts quarters. */
export function swungIn(measures: readonly ArrangedMeasure[], beat: Beats, ratio: number): Beats {
  let [low, high] = [0, measures.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((measures[middle]?.start ?? 0) <= beat + 1e-9) low = middle + 1
    else high = middle
  }
  const measure = measures[Math.max(0, low - 1)]
  if (!measure || !countsQuarters(measure.now.metre)) return beat
  return measure.start + swung(beat - measure.start, { ratio, pair: 1 })
}

/** Where the kick is in each measure, from its start. */
function kicksOf(hits: readonly BandHit[], measures: readonly ArrangedMeasure[]): Beats[][] {
  const kicks = hits.filter(({ drum }) => drum === 'kick')
  let place = 0
  return measures.map(({ start, now }) => {
    const end = start + measureBeats(now.metre)
    const found: Beats[] = []
    for (; place < kicks.length && (kicks[place]?.beat ?? end) < end - 1e-6; place++) {
      found.push((kicks[place]?.beat ?? 0) - start)
    }
    return found
  })
}
