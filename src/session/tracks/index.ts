/**
 * `session/tracks/`: the tracks and what is on them: loops, a chart, grooves, with undo and redo; the mixer; the click;
 * how loops fall in another metre; and the harmony that chart and chords make.
 */
import * as v from 'valibot'
import { announcement, type Feature, type Transaction, when, whenSet } from '../core/index.ts'
import { tracks as allTracks, type LoopTrack, loopTracks } from '../track.ts'
import { trackTable } from '../track-table.ts'
import { formMoves, metreComes, musicBegins } from '../transport/index.ts'
import { setChart } from './chart.ts'
import { clickNotes } from './click.ts'
import { alter, mapMaterial, redo } from './history.ts'
import { noMaterial, rewound, shifted } from './material.ts'
import { audible, noHistory, type TracksState, tracksSettings } from './state.ts'

export { placedChart } from './chart.ts'
export * from './fit.ts'
export * from './harmony.ts'
export { alter, mapMaterial, materialChanges, remember, undo, undoneAtMost } from './history.ts'
export * from './material.ts'
export * from './passes.ts'
export { audible, type TracksState } from './state.ts'

/** A chart is typed; an empty one is taken away. */
export type TracksEvent = { readonly type: 'chart'; readonly chart: string }

/** Everything is about to be cleared. */
export const allIsCleared = announcement('everything is cleared')

/** The mixer lets other tracks be heard. */
export const mixChanges = announcement('the mixer changes')

function clearLoop(tx: Transaction<TracksState>, track: LoopTrack): void {
  const loops = { ...tx.state.material.loops, [track]: null }
  // The drummer's answers are answers to the bass.
  alter(tx, track === 'bass' ? { loops, grooves: noMaterial.grooves } : { loops })
}

const clearLoops = Object.fromEntries(
  loopTracks.map((track) => [
    `clear-${track}`,
    { label: `clear ${trackTable[track].label}`, run: (tx: Transaction<TracksState>) => clearLoop(tx, track) },
  ]),
) as Record<`clear-${LoopTrack}`, { label: string; run: (tx: Transaction<TracksState>) => void }>

function shiftMaterial(tx: Transaction<TracksState>, { passed }: { readonly passed: number }): void {
  mapMaterial(tx, (material) => shifted(material, passed))
}

export const tracks = {
  initial: { material: noMaterial, history: noHistory },
  settings: tracksSettings,
  actions: {
    redo: { label: 'redo', key: 'Shift+Backspace', run: redo },
    ...clearLoops,
    'clear-all': {
      label: 'clear all',
      run: (tx) => {
        tx.announce(allIsCleared)
        alter(tx, noMaterial)
      },
    },
  },
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
    whenSet(
      (setting) => /^(mute|solo)-/.test(setting),
      (tx: Transaction<TracksState>, before) => {
        tx.announce(mixChanges)
        for (const track of allTracks) {
          if (audible(before, track) && !audible(tx.state, track)) tx.emit({ type: 'silence', track })
        }
      },
    ),
  ],
  notes: clickNotes,
} as const satisfies Feature<TracksState>
