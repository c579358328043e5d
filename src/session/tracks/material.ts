import type { Groove } from '../../groove/index.ts'
import { type Beats, type Chart, type Metre, mod, type Note } from '../../music/index.ts'
import type { GrooveAnswer } from '../core/index.ts'
import { type LoopTrack, loopTracks } from '../track.ts'

/** What the performer has made: what undo goes back over. */
export type Material = {
  readonly loops: Readonly<Record<LoopTrack, Loop | null>>
  readonly chart: PlacedChart | null
  /** Answers of the drum model to this bassline, oldest first. */
  readonly grooves: readonly GrooveAnswer[]
  /** Drums that a song brings; they stand in for the fixed groove. */
  readonly drums: DrumLoop | null
}

/** A take that goes round. */
export type Loop = {
  readonly metre: Metre
  readonly measures: number
  /** How many measures after the form's start a pass begins; less than its length. */
  readonly phase: number
  /** Nothing of it sounds before this beat. */
  readonly from: Beats
  /** As they were played, on the straight grid, from the loop's start; the first may be early, and so below 0. */
  readonly notes: readonly Note[]
  /** The swing that was heard of its last take, which undo takes back with it. */
  readonly swing?: HeardSwing
  /** It was recorded freely: it may be heard in another tempo or metre. */
  readonly isFree?: true
}

/** A swing that a take has set. */
export type HeardSwing = {
  readonly is: number
  /** What it was before, and what had been heard last then. */
  readonly was: number
  readonly heard: number | null
}

/** A groove that goes round. */
export type DrumLoop = {
  readonly groove: Groove
  /** It goes with the band's bass, and gives way to a loop of the performer's. */
  readonly withBand?: true
  /** How many measures after the form's start a pass begins; less than its length. */
  readonly phase: number
  /** Nothing of it sounds before this beat. */
  readonly from: Beats
}

/** A chart that goes round, as it was typed and as it was read. */
export type PlacedChart = {
  readonly text: string
  readonly chart: Chart
  /** How many measures after the form's start a pass begins; less than its length. */
  readonly phase: number
}

/** Nothing on any track that is recorded. */
const noLoops = Object.fromEntries(loopTracks.map((track) => [track, null])) as Material['loops']

/** Nothing has been played. */
export const noMaterial: Material = { loops: noLoops, chart: null, grooves: [], drums: null }

/** What goes round and is listened to for its end: the bass before the other loops, the drums and the chart. */
export function roundOf({ loops, drums, chart }: Material): Pick<Loop, 'phase' | 'measures'> | null {
  const loop = loopTracks.map((track) => loops[track]).find((each) => each !== null)
  if (loop) return loop
  if (drums && !drums.withBand) return { phase: drums.phase, measures: drums.groove.measures }
  return chart && { phase: chart.phase, measures: chart.chart.length }
}

/** Material whose form begins `by` measures later. */
export function shifted(material: Material, by: number): Material {
  const moved = (phase: number, measures: number) => ({ phase: shiftedPhase(phase, measures, by) })
  const { drums, chart } = material
  return {
    ...material,
    loops: mapLoops(material.loops, (loop) => ({ ...loop, ...moved(loop.phase, loop.measures) })),
    drums: drums && { ...drums, ...moved(drums.phase, drums.groove.measures) },
    chart: chart && { ...chart, ...moved(chart.phase, chart.chart.length) },
  }
}

/** Material that sounds from the first beat on, where the bass, or else what there is, begins its pass. */
export function rewound(material: Material): Material {
  const { loops, drums, ...rest } = shifted(material, roundOf(material)?.phase ?? 0)
  const from = 0
  return { ...rest, loops: mapLoops(loops, (loop) => ({ ...loop, from })), drums: drums && { ...drums, from } }
}

function mapLoops(loops: Material['loops'], change: (loop: Loop) => Loop): Material['loops'] {
  return Object.fromEntries(
    loopTracks.map((track) => {
      const loop = loops[track]
      return [track, loop && change(loop)]
    }),
  ) as Material['loops']
}

/** The phase of something of `measures` measures after the form has begun again `by` measures later. */
export function shiftedPhase(phase: number, measures: number, by: number): number {
  return mod(phase - by, measures)
}
