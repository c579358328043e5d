import { drumEvent, eventDrums, type ModelEvent } from '../models/index.ts'
import { clampVelocity, type Drum, drums, type Steps } from '../music/index.ts'
import { isBackbeat } from './emphasis.ts'
import { type DrumHit, type Groove, grooveSteps, sortHits, type TouchedGroove } from './groove.ts'

/**
 * How a groove thins out and thickens: which strokes go first, and which come first, by the model's own probabilities. So
 * parts get emptier and fuller without becoming other parts.
 */
export type Dynamics = {
  /** For each hit, the energy from which on it is played: from 0 to 0.5, where all of them are. */
  readonly levels: readonly number[]
  /** What is added from an energy above 0.5 on. */
  readonly more: readonly ExtraHit[]
}

/** A stroke that is added from an energy on. */
type ExtraHit = DrumHit & { readonly level: number }

/** The usual energy: a groove is played as it is. */
const usual = 0.5

/** The share of a measure's strokes that is left at the lowest energy, and the share that is added at the highest. */
const [core, added] = [0.4, 0.6]

/** The least chance of a stroke that is added. */
const leastChance = 0.01

/**
 * What is added to the chance of strokes that keep the time and tell the form, so that they stay when it gets quiet: hat or ride
 * on the beats, the backbeat, and a crash on the one.
 */
const keepsTime = 0.5
const timekeepers: ReadonlySet<Drum> = new Set(['closed-hat', 'ride'])

/** The velocity of strokes that are added, as a share of that of the groove's own. */
const softer = 0.85

/** A drummer's limbs, and the hands among them; the feet have the kick and can close the hat. */
const [limbs, hands] = [4, 2]
const footDrums: ReadonlySet<Drum> = new Set(['kick', 'closed-hat'])
const hats = drumEvent(['closed-hat', 'open-hat'])

/** The chance of each drum at each step, after each other. */
export type DrumChances = Float32Array

/** Room for the chances of a number of steps. */
export function drumChances(steps: Steps): DrumChances {
  return new Float32Array(steps * drums.length)
}

/** Notes the chance of each drum at a step, from a model's scores of all events. */
export function noteChances(chances: DrumChances, step: Steps, logits: Float32Array): void {
  let most = Number.NEGATIVE_INFINITY
  for (const logit of logits) most = Math.max(most, logit)
  const weights = Float64Array.from(logits, (logit) => Math.exp(logit - most))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  // Each drum in turn is the lowest bit of what is left of the events.
  for (const bit of drums.keys()) {
    const events = weights.length >> (bit + 1)
    let struck = 0
    for (let event = 0; event < events; event++) {
      const [without, having] = [weights[2 * event] as number, weights[2 * event + 1] as number]
      struck += having
      weights[event] = without + having
    }
    chances[step * drums.length + bit] = struck / total
  }
}

/** How a groove thins out and thickens. */
export function dynamicsOf(groove: Groove, chances: DrumChances): Dynamics {
  const { hits, stepsPerBeat = 4 } = groove
  const chance = (step: Steps, bit: number) => chances[step * drums.length + bit] ?? 0
  const levels = new Array<number>(hits.length).fill(0)
  for (const measure of measuresOf(groove)) {
    const ranked = measure
      .map(({ hit: { step, drum }, index }) => {
        const beat = (step % grooveSteps(groove)) / stepsPerBeat
        const isTime =
          (timekeepers.has(drum) && Number.isInteger(beat)) ||
          (drum === 'snare' && isBackbeat(groove.metre, beat)) ||
          (drum === 'crash' && beat === 0)
        return { index, chance: chance(step, drums.indexOf(drum)) + (isTime ? keepsTime : 0) }
      })
      .sort((a, b) => b.chance - a.chance || a.index - b.index)
    for (const [rank, { index }] of ranked.entries()) levels[index] = rounded(usual * climb(rank / ranked.length, core))
  }

  const loudness = hits.reduce((sum, { velocity }) => sum + velocity, 0) / Math.max(1, hits.length)
  const velocity = Math.max(1, Math.round(softer * loudness))
  const more = measuresOf(groove).flatMap((measure, index) => {
    const played = new Map<Steps, ModelEvent>()
    for (const { hit } of measure) played.set(hit.step, (played.get(hit.step) ?? 0) | drumEvent([hit.drum]))
    const most = Math.floor(added * measure.length)
    return likeliest(index * grooveSteps(groove), grooveSteps(groove), chances, played)
      .slice(0, most)
      .map(({ step, drum }, rank): ExtraHit => {
        const level = rounded(usual + (1 - usual) * ((rank + 1) / (most + 1)))
        return { step, drum, velocity, offsetMs: 0, level }
      })
  })
  return { levels, more }
}

/** What a drummer may add to a measure, the likeliest first: as many at once as there are limbs for. */
function likeliest(
  from: Steps,
  steps: Steps,
  chances: DrumChances,
  before: ReadonlyMap<Steps, ModelEvent>,
): { readonly step: Steps; readonly drum: Drum }[] {
  const played = new Map(before)
  return Array.from({ length: steps }, (_, place) => from + place)
    .flatMap((step) => drums.map((drum, bit) => ({ step, drum, chance: chances[step * drums.length + bit] ?? 0 })))
    .filter(({ drum, chance }) => drum !== 'crash' && chance >= leastChance)
    .sort((a, b) => b.chance - a.chance || a.step - b.step)
    .filter(({ step, drum }) => {
      const now = played.get(step) ?? 0
      const event = now | drumEvent([drum])
      if (event === now || !isPlayable(eventDrums(event)) || (event & hats) === hats) return false
      played.set(step, event)
      return true
    })
}

function isPlayable(struck: readonly Drum[]): boolean {
  return struck.length <= limbs && struck.filter((drum) => !footDrums.has(drum)).length <= hands
}

/** How much harder or softer the strokes are at the ends of the energy, as a share of their velocity. */
const force = 0.25

/**
 * A groove as it is played at an energy from 0 to 1; 0.5 leaves it as it is. At more energy it has all strokes that it has at
 * less, and they are harder. What is added has the time of what is struck with it.
 */
export function atEnergy(
  groove: TouchedGroove,
  energy: number,
  { levels, more }: Dynamics = { levels: [], more: [] },
): TouchedGroove {
  if (energy === usual) return groove
  const { plain, felt } = groove
  const extra = more.filter(({ level }) => level <= energy).map(({ level, ...hit }) => hit)
  const offsets = new Map(felt.hits.map(({ step, offsetMs }) => [step, offsetMs]))
  const driven = 1 + (2 * energy - 1) * force
  const played = (groove: Groove, extras: readonly DrumHit[]): Groove => {
    const hits = [...groove.hits.filter((_, index) => (levels[index] ?? 0) <= energy), ...extras]
    return {
      ...groove,
      hits: sortHits(hits.map((hit) => ({ ...hit, velocity: clampVelocity(hit.velocity * driven) }))),
    }
  }
  return {
    plain: played(plain, extra),
    felt: played(
      felt,
      extra.map((hit) => ({ ...hit, offsetMs: offsets.get(hit.step) ?? 0 })),
    ),
  }
}

/** The hits of each measure, with their places in the groove. */
function measuresOf(groove: Groove): { hit: DrumHit; index: number }[][] {
  const measures = Array.from({ length: groove.measures }, (): { hit: DrumHit; index: number }[] => [])
  for (const [index, hit] of groove.hits.entries()) {
    measures[Math.floor(hit.step / grooveSteps(groove))]?.push({ hit, index })
  }
  return measures
}

/** 0 up to a share, and from there evenly up to 1. */
function climb(rank: number, from: number): number {
  return Math.max(0, (rank - from) / (1 - from))
}

function rounded(level: number): number {
  return Math.round(1000 * level) / 1000
}
