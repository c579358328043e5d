import { type ArrangedMeasure, type BandStyle, swingAt } from '../band/index.ts'
import {
  applyFeel,
  atEnergy,
  bassline,
  type FormPart,
  fixedGroove,
  formParts,
  type Groove,
  grooveSteps,
  hitBeat,
  type ModelGroove,
  modelGroove,
} from '../groove/index.ts'
import { finish, type Model } from '../models/index.ts'
import {
  type Beats,
  type Drum,
  type Metre,
  measureBeats,
  metreText,
  type Note,
  rounding,
  stepsPerMeasure,
  type Velocity,
} from '../music/index.ts'
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
  /** How much is to go on, and how much goes on in each measure. */
  readonly intensity: number
  readonly intensities: readonly number[]
  readonly styleOf: (measure: ArrangedMeasure) => BandStyle
  readonly bpm: number
  readonly seed: number
}

/** Measures of one metre and one style that the drummer plays in one go: a chorus, or a part of one. */
export type Stretch = {
  readonly first: number
  readonly metre: Metre
  /** In words, where it has a style of its own. */
  readonly style: string | null
  readonly parts: FormPart[]
}

/** A groove on the grid and with a drummer's touch. */
type Played = { readonly plain: ModelGroove; readonly felt: Groove }

/** The longest stretch, in measures. */
const longestStretch = 96

/** How many measures are made anew; in longer music the drummer comes back to what was played before. */
const mostMeasures = 512

/**
 * The band's drums: the shipped drummer over the bass, chorus by chorus. Each is like the first, with fills where sections
 * end, and in each measure as full and as loud as it goes there; the last stroke is with the last chord. Without the model, the
 * fixed groove plays.
 */
export async function bandDrums(brief: DrumsBrief): Promise<{ hits: BandHit[]; notices: string[] }> {
  const drums = await shippedModel('drums')
  const feel = await shippedModel('feel')
  const known = new Map<string, Played[]>()
  let anew = 0
  const hits = stretchesOf(brief.measures).flatMap((stretch, index) => {
    const form = JSON.stringify([metreText(stretch.metre), stretch.parts, stretch.style])
    const before = known.get(form) ?? []
    const earlier = anew < mostMeasures ? undefined : before[index % Math.max(1, before.length)]
    const played = earlier ?? play(stretch, brief, before[0], drums, feel)
    if (!earlier) anew += lengthOf(stretch)
    known.set(form, earlier ? before : [...before, played])
    return hitsOf(played, stretch, brief)
  })
  const notices = drums ? [] : ['The model drums is missing, so the drums play the fixed groove.']
  return { hits: ended(hits, brief), notices }
}

function play(
  stretch: Stretch,
  { measures: all, bass, styleOf, bpm, seed }: DrumsBrief,
  before: Played | undefined,
  drums: Model | null,
  feel: Model | null,
): Played {
  const { first, metre, parts } = stretch
  const begins = all[first]
  if (!begins) throw new RangeError('A stretch begins with a measure.')
  const { start } = begins
  const style = styleOf(begins)
  const end = start + lengthOf(stretch) * measureBeats(metre)
  const under = bass
    .filter(({ beat }) => beat >= start && beat < end)
    .map((note) => ({ ...note, beat: note.beat - start }))
  const fixed = fixedGroove(bassline(under, metre, lengthOf(stretch)))
  if (!drums) return { plain: fixed, felt: fixed }
  const told = { bpm, style: style.drums, ...(style.drumming && { patterns: style.drumming }) }
  const like = before && { like: before.plain }
  const plain = finish(
    modelGroove(drums, fixed, { ...told, ...like, seed: seed + first, swing: swingAt(style, bpm), form: parts }),
  )
  if (plain.hits.length === 0) return { plain: fixed, felt: fixed }
  return { plain, felt: feel ? applyFeel(feel, plain, told, 1) : plain }
}

/** The strokes of a groove, in each measure as full and as loud as it goes there. */
function hitsOf(
  { plain, felt }: Played,
  { first }: Stretch,
  { measures, intensity, intensities }: DrumsBrief,
): BandHit[] {
  const start = measures[first]?.start ?? 0
  return Array.from({ length: plain.measures }, (_, measure) => {
    const played = atEnergy({ plain, felt }, intensities[first + measure] ?? intensity, plain.dynamics).felt
    const inMeasure = played.hits.filter(({ step }) => Math.floor(step / grooveSteps(plain)) === measure)
    return inMeasure.map(({ step, drum, velocity, offsetMs }) => {
      return { drum, velocity, offsetMs, beat: start + hitBeat(plain, step) }
    })
  }).flat()
}

/** Choruses, or what of them is in one metre and one style, with their sections. */
export function stretchesOf(measures: readonly ArrangedMeasure[]): Stretch[] {
  const stretches: (Stretch & Pick<ArrangedMeasure, 'chorus'> & { readonly isTag: boolean })[] = []
  for (const [index, { now, chorus, part: played }] of measures.entries()) {
    const last = stretches.at(-1)
    const isTag = played === 'tag' || (played === 'ending' && last?.isTag === true)
    const goesOn =
      last?.chorus === chorus &&
      last.isTag === isTag &&
      last.style === (now.style ?? null) &&
      metreText(last.metre) === metreText(now.metre) &&
      lengthOf(last) < longestStretch
    const stretch = goesOn
      ? last
      : { first: index, metre: now.metre, style: now.style ?? null, parts: [], chorus, isTag }
    if (!goesOn) stretches.push(stretch)
    const part = stretch.parts.at(-1)
    const name = now.section ?? part?.name ?? ''
    if (part?.name === name) stretch.parts[stretch.parts.length - 1] = { name, measures: part.measures + 1 }
    else stretch.parts.push({ name, measures: 1 })
  }
  return stretches.map(({ chorus, isTag, ...stretch }) => ({ ...stretch, parts: partsOf(stretch, measures) }))
}

/** A section of this many measures, or of twice as many and so on, is one that is played again. */
const usualSection = 8

/**
 * The sections of a stretch; where it has none, the parts that its chords tell. A measure that begins with the last chord is
 * a part of its own: a fill leads to it.
 */
function partsOf(stretch: Stretch, measures: readonly ArrangedMeasure[]): FormPart[] {
  const { first, metre, parts } = stretch
  const whole = measures.slice(first, first + lengthOf(stretch))
  const [last, isEnding] = [parts.at(-1), whole.at(-2)?.isBeforeEnd]
  if (last && isEnding) {
    const before = [...parts.slice(0, -1), ...(last.measures > 1 ? [{ ...last, measures: last.measures - 1 }] : [])]
    return [...partsOf({ ...stretch, parts: before }, measures), { name: 'ending', measures: 1 }]
  }
  const perMeasure = stepsPerMeasure(metre)
  const chords = whole.flatMap(({ now }, measure) =>
    now.chords.flatMap(({ beat, chord }) =>
      chord ? [{ step: measure * perMeasure + Math.floor(4 * beat), root: chord.root }] : [],
    ),
  )
  const sections = parts.flatMap(({ name, measures }) => {
    const isAgain = parts.length > 1 && measures % usualSection === 0
    return isAgain
      ? Array.from({ length: measures / usualSection }, () => ({ name, measures: usualSection }))
      : [{ name, measures }]
  })
  return formParts(sections, metre, chords)
}

function lengthOf({ parts }: Pick<Stretch, 'parts'>): number {
  return parts.reduce((sum, { measures }) => sum + measures, 0)
}

/** The drums up to the last chord, and the stroke that it begins with. */
function ended(hits: readonly BandHit[], { measures, intensities }: DrumsBrief): BandHit[] {
  const last = measures.find(({ end }) => end !== null)
  if (!last?.end || last.end === 'over') return [...hits]
  const beat = last.start + last.end.beat
  const velocity = Math.round(70 + 40 * (intensities.at(-1) ?? 0.5))
  const stroke = (drum: Drum) => ({ drum, velocity, beat, offsetMs: 0 })
  return [...hits.filter((hit) => hit.beat < beat - rounding), stroke('kick'), stroke('crash')]
}
