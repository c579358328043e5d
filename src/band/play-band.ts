import { type Beats, countsQuarters, type Note, rounding } from '../music/index.ts'
import { type Bpm, swung } from '../timing/index.ts'
import type { ArrangedMeasure } from './arrange.ts'
import type { Brief, PlayedMeasure } from './brief.ts'
import { type BandPart, measureOf } from './measure-of.ts'
import type { BandStyle } from './style.ts'
import { swingAt } from './style-names.ts'

/** How a whole band is to play. */
export type BandRequest = {
  readonly style: BandStyle
  readonly bpm: Bpm
  /** How much is going on, from 0 to 1. */
  readonly intensity: number
  /** The same seed gives the same music. */
  readonly seed: number
}

/** How many measures a part remembers. */
const remembered = 48

/** Bass and chords over a whole form, as they sound, in beats from the start of the music. */
export function playBand(
  measures: readonly ArrangedMeasure[],
  request: BandRequest,
): { readonly bass: readonly Note[]; readonly comping: readonly Note[] } {
  const swing = swingAt(request.style, request.bpm)
  const briefs = measures.map((arranged, measure): Brief => ({ ...arranged, ...request, measure }))
  const bass = playPart('bass', briefs)
  const comping = playPart(
    'comping',
    briefs.map((brief, at) => ({ ...brief, bass: bass[at] ?? [] })),
  )
  return { bass: soundingNotes(bass, measures, swing), comping: soundingNotes(comping, measures, swing) }
}

/** What a part plays in each measure, one after the other, by what it has played before. */
export function playPart(part: BandPart, briefs: readonly Brief[]): (readonly Note[])[] {
  const previous: PlayedMeasure[] = []
  return briefs.map((brief) => {
    const notes = measureOf(part, brief, previous)
    previous.push({ now: brief.now, notes })
    if (previous.length > remembered) previous.shift()
    return notes
  })
}

/** The notes of all measures, from the start of the music, on the straight grid. A key that is struck again is let go before. */
export function notesInOrder(played: readonly (readonly Note[])[], measures: readonly ArrangedMeasure[]): Note[] {
  const all = played.flatMap((notes, measure) => {
    const start = measures[measure]?.start ?? 0
    return notes.map((note) => ({ ...note, beat: start + note.beat }))
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

/** Where in a beat its second eighth sounds, in every measure or in each. */
export type SwingIn = number | ((measure: ArrangedMeasure) => number)

/** The notes of all measures as they sound, in beats from the start of the music. */
export function soundingNotes(
  played: readonly (readonly Note[])[],
  measures: readonly ArrangedMeasure[],
  swing: SwingIn,
): Note[] {
  return notesInOrder(played, measures).map((note) => {
    const beat = soundingBeat(measures, note.beat, swing)
    return { ...note, beat, beats: soundingBeat(measures, note.beat + note.beats, swing) - beat }
  })
}

/** Where a beat of the straight grid sounds: it swings where the metre counts quarters. */
export function soundingBeat(measures: readonly ArrangedMeasure[], beat: Beats, swing: SwingIn): Beats {
  let [low, high] = [0, measures.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((measures[middle]?.start ?? 0) <= beat + rounding) low = middle + 1
    else high = middle
  }
  const measure = measures[Math.max(0, low - 1)]
  if (!measure || !countsQuarters(measure.now.metre)) return beat
  const ratio = typeof swing === 'number' ? swing : swing(measure)
  return measure.start + swung(beat - measure.start, { ratio, pair: 1 })
}
