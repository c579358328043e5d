/**
 * `session/tracks/`: what is on the tracks: loops, a chart, grooves, with undo and redo; the click; how loops are fitted to
 * another metre; and the harmony that a chart or chords make.
 */
import * as v from 'valibot'
import { type Feature, type Transaction, when } from '../core/index.ts'
import { formMoves, metreComes, musicBegins } from '../transport/index.ts'
import { setChart } from './chart.ts'
import { clickNotes } from './click.ts'
import { mapMaterial } from './history.ts'
import { noMaterial, rewound, shifted } from './material.ts'
import { noHistory, type TracksState, tracksSettings } from './state.ts'

export { placedChart } from './chart.ts'
export * from './fit.ts'
export * from './harmony.ts'
export { recogniseChords } from './harmony-played.ts'
export {
  alter,
  type ComingChart,
  chartComes,
  chartFollows,
  loopIsRecorded,
  mapMaterial,
  materialChanges,
  redo,
  remember,
  undo,
  undoneAtMost,
} from './history.ts'
export * from './material.ts'
export * from './passes.ts'
export { type GridSettings, gridBeat, isSameGrid, transposed } from './placed-notes.ts'
export { fastRuns } from './runs.ts'
export type { TracksState } from './state.ts'
export { transposedChart } from './transposed.ts'

/** A chart is typed; an empty one is taken away. */
export type TracksEvent = { readonly type: 'chart'; readonly chart: string }

function shiftMaterial(tx: Transaction<TracksState>, { passed }: { readonly passed: number }): void {
  mapMaterial(tx, (material) => shifted(material, passed))
}

export const tracks = {
  initial: { material: noMaterial, history: noHistory },
  settings: tracksSettings,
  events: {
    chart: { schema: v.object({ type: v.literal('chart'), chart: v.pipe(v.string(), v.maxLength(10_000)) }) },
  },
  receive(tx, event: TracksEvent) {
    if (event.type === 'chart') setChart(tx, event.chart)
    return false
  },
  on: [
    when(musicBegins, (tx: Transaction<TracksState>) => mapMaterial(tx, rewound)),
    when(formMoves, shiftMaterial),
    when(metreComes, shiftMaterial),
  ],
  notes: clickNotes,
} as const satisfies Feature<TracksState>
