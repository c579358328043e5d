/**
 * `session/arrangement/`: the plan of a performance: the head, choruses of solos until the last one is called, the head out,
 * and an ending. A chorus is the chart, or all charts of sections that follow each other by themselves.
 */
import { type Feature, when, whenSet } from '../core/index.ts'
import { chartFollows, materialChanges } from '../tracks/index.ts'
import { formMoves, metreComes, musicBegins, musicStops } from '../transport/index.ts'
import { begin, callLast, countSolos, end, endOtherwise, leadBack, locate, move, rest } from './plan.ts'
import { roadMapOf, tagAt } from './road-map.ts'
import { type ArrangementState, arrangementSettings, firstChorus } from './state.ts'

export { chorusAt, chorusEnd, type RoadMap, roadMapOf } from './road-map.ts'
export type { ArrangementState } from './state.ts'

export const arrangement = {
  initial: { arrangement: firstChorus },
  settings: arrangementSettings,
  actions: {
    'last-chorus': { label: 'last chorus', key: 'Home', run: callLast },
    end: { label: 'end the music', key: 'End', run: end },
  },
  on: [
    when(musicBegins, begin),
    when(musicStops, rest),
    when(metreComes, move),
    when(formMoves, move),
    when(materialChanges, move),
    when(chartFollows, move),
    whenSet(['solo-choruses'], countSolos),
    whenSet(['ending', 'ritardando'], endOtherwise),
  ],
  automatic(state, plan) {
    if (state.arrangement.isMoved) plan.at(state.now, locate)
    const roadMap = state.arrangement.last === null ? null : roadMapOf(state)
    const tag = roadMap && tagAt(state.arrangement, roadMap)
    if (tag !== null) plan.atBeat(tag, leadBack)
  },
} as const satisfies Feature<ArrangementState>
