import {
  type ArrangedMeasure,
  type BandStyle,
  type Brief,
  notesInOrder,
  playPart,
  soundingBeat,
  soundingNotes,
  swingAt,
} from '../band/index.ts'
import { type Beats, measureBeats, type Note, rounding } from '../music/index.ts'
import { type BandHit, bandDrums } from './accompany-drums.ts'
import { heardIntensities } from './heard-intensity.ts'

/** What a band is to play. */
export type Commission = {
  readonly measures: readonly ArrangedMeasure[]
  /** The style of each measure. */
  readonly styleOf: (measure: ArrangedMeasure) => BandStyle
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
  const { measures, styleOf, bpm, seed, solo } = commission
  const swing = (measure: ArrangedMeasure) => swingAt(styleOf(measure), bpm)
  const intensities = intensitiesOf(commission)
  const leads = leadsIn(solo ?? [], measures)
  const briefs = measures.map((arranged, measure): Brief => {
    const lead = leads[measure] ?? []
    return { ...arranged, measure, style: styleOf(arranged), bpm, seed, intensity: intensities[measure] ?? 0.5, lead }
  })
  const first = playPart('bass', briefs)
  const drums = await bandDrums({
    measures,
    bass: notesInOrder(first, measures),
    intensity: commission.intensity,
    intensities,
    styleOf,
    bpm,
    seed,
  })
  const kicks = kicksOf(drums.hits, measures)
  const isLocked = ({ style }: Brief) => style.bass.isLocked === true
  const bass = briefs.some(isLocked)
    ? playPart(
        'bass',
        briefs.map((brief, at) => (isLocked(brief) ? { ...brief, kicks: kicks[at] ?? [] } : brief)),
      )
    : first
  const comp = playPart(
    'comping',
    briefs.map((brief, at) => ({ ...brief, bass: bass[at] ?? [] })),
  )
  return {
    bass: soundingNotes(bass, measures, swing),
    comp: soundingNotes(comp, measures, swing),
    drums: drums.hits.map((hit) => ({
      ...hit,
      beat: soundingBeat(measures, hit.beat, swing) + (hit.offsetMs / 60_000) * bpm,
    })),
    intensities,
    notices: drums.notices,
  }
}

/** How much the intensity rises and falls over the choruses. */
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

/** Where the kick is in each measure, from its start. */
function kicksOf(hits: readonly BandHit[], measures: readonly ArrangedMeasure[]): Beats[][] {
  const kicks = hits.filter(({ drum }) => drum === 'kick')
  let place = 0
  return measures.map(({ start, now }) => {
    const end = start + measureBeats(now.metre)
    const found: Beats[] = []
    for (; place < kicks.length && (kicks[place]?.beat ?? end) < end - rounding; place++) {
      found.push((kicks[place]?.beat ?? 0) - start)
    }
    return found
  })
}
