import type { ArrangedMeasure, BandStyle } from '../band/index.ts'
import { applyFeel, bassline, fixedGroove, type Groove, hitBeat, modelGroove } from '../groove/index.ts'
import { finish, type Model } from '../models/index.ts'
import { type Beats, type Drum, type Metre, measureBeats, metreText, type Note, type Velocity } from '../music/index.ts'
import { shippedModel } from './answer-groove.ts'

/** A stroke of the band's drums; its beat is on the straight grid. */
export type BandHit = {
  readonly drum: Drum
  readonly velocity: Velocity
  readonly beat: Beats
  readonly offsetMs: number
}

/** What the drummer is told. */
export type DrumsBrief = {
  readonly measures: readonly ArrangedMeasure[]
  /** What the bass plays, from the start of the music. */
  readonly bass: readonly Note[]
  readonly intensities: readonly number[]
  readonly style: BandStyle
  readonly bpm: number
  readonly swing: number
  readonly seed: number
}

/** Measures that the drummer plays in one go: a section, or a part of one, in one metre. */
type Stretch = { readonly first: number; readonly metre: Metre; measures: number; isEnd: boolean }

/** No stretch is longer. */
const longestStretch = 8

/** So many stretches are played anew; in longer music the drummer comes back to what it played before. */
const mostStretches = 64

/**
 * The band's drums: the shipped drummer over the bass, with a fill where a section ends, and a last stroke with the last
 * chord. Without the model, the fixed groove plays.
 */
export async function bandDrums(brief: DrumsBrief): Promise<{ hits: BandHit[]; notices: string[] }> {
  const drums = await shippedModel('drums')
  const feel = await shippedModel('feel')
  const known = new Map<string, Groove>()
  const hits = stretchesOf(brief.measures).flatMap((stretch) => {
    const groove = grooveOf(stretch, brief, known, drums, feel)
    const start = brief.measures[stretch.first]?.start ?? 0
    return groove.hits
      .filter(({ step }) => step >= 0)
      .map(({ step, drum, velocity, offsetMs }) => ({ drum, velocity, offsetMs, beat: start + hitBeat(groove, step) }))
  })
  const notices = drums ? [] : ['The model drums is missing, so the drums play the fixed groove.']
  return { hits: ended(hits, brief), notices }
}

function grooveOf(
  { first, metre, measures, isEnd }: Stretch,
  { measures: all, bass, intensities, style, bpm, swing, seed }: DrumsBrief,
  known: Map<string, Groove>,
  drums: Model | null,
  feel: Model | null,
): Groove {
  const start = all[first]?.start ?? 0
  const end = start + measures * measureBeats(metre)
  const under = bass
    .filter(({ beat }) => beat >= start && beat < end)
    .map((note) => ({ ...note, beat: note.beat - start }))
  const fixed = fixedGroove(bassline(under, metre, measures))
  if (!drums) return fixed
  const levels = intensities.slice(first, first + measures)
  const intensity = Math.round((10 * levels.reduce((sum, each) => sum + each, 0)) / measures) / 10
  const key = `${metreText(metre)} ${measures} ${isEnd}`
  const earlier = known.get(key)
  if (earlier && known.size >= mostStretches) return earlier
  const told = { bpm, style: style.drums, intensity }
  const answer = finish(modelGroove(drums, fixed, { ...told, seed: seed + first, swing, fill: isEnd }))
  const groove = answer.hits.length === 0 ? fixed : feel ? applyFeel(feel, answer, told, 1) : answer
  known.set(known.has(key) ? `${key} ${first}` : key, groove)
  return groove
}

/** Sections in one metre each, in pieces that a drummer thinks in. */
function stretchesOf(measures: readonly ArrangedMeasure[]): Stretch[] {
  const stretches: Stretch[] = []
  for (const [index, { now, inSection }] of measures.entries()) {
    const last = stretches.at(-1)
    const goesOn = inSection.before > 0 && last && metreText(last.metre) === metreText(now.metre)
    if (goesOn && last.measures < longestStretch) last.measures++
    else stretches.push({ first: index, metre: now.metre, measures: 1, isEnd: false })
    const stretch = stretches.at(-1)
    if (stretch) stretch.isEnd = inSection.after === 0 && stretch.measures > 1
  }
  return stretches
}

/** The drums up to the last chord, and the stroke that it begins with. */
function ended(hits: readonly BandHit[], { measures, intensities }: DrumsBrief): BandHit[] {
  const last = measures.find(({ end }) => end !== null)
  if (!last?.end || last.end === 'over') return [...hits]
  const beat = last.start + last.end.beat
  const velocity = Math.round(70 + 40 * (intensities.at(-1) ?? 0.5))
  const stroke = (drum: Drum) => ({ drum, velocity, beat, offsetMs: 0 })
  return [...hits.filter((hit) => hit.beat < beat - 1e-6), stroke('kick'), stroke('crash')]
}
