/**
 * `session/transport/`: where the music is: play and stop, tempo and taps, the metre and its measures, swing.
 */
import * as v from 'valibot'
import { type Feature, performanceResumes, settingSet, type Transaction, when } from '../core/index.ts'
import { arriveInMetre, changeMetre, setMetre } from './metre.ts'
import { panic, play, stop } from './playing.ts'
import { type TransportState, transportSettings } from './state.ts'
import { followTempo, tapTempo } from './tempo.ts'

export * from './form.ts'
export { arriveInMetre, formMoves, metreComes, recountFrom, releaseMetre, setMetre, steadyMetre } from './metre.ts'
export {
  comingMeasure,
  endIsPlanned,
  endMusic,
  lookAheadSeconds,
  musicBegins,
  musicStops,
  play,
  playFrom,
  stop,
} from './playing.ts'
export type { TransportState } from './state.ts'
export { planHasCome, planTempo } from './tempo.ts'

/** Another metre is typed. */
export type TransportEvent = { readonly type: 'metre'; readonly metre: string }

export const transport = {
  settings: transportSettings,
  actions: {
    play: {
      label: 'play or stop',
      key: 'Space',
      run: (tx) => (tx.state.transport.playing ? stop(tx) : play(tx)),
    },
    stop: { label: 'stop', run: stop },
    panic: { label: 'silence everything', key: 'Escape', run: panic },
    tap: { label: 'tap the tempo', key: 'Digit0', run: tapTempo },
    'longer-measure': { label: 'a unit more in the measure', run: (tx) => changeMetre(tx, 1, 1) },
    'shorter-measure': { label: 'a unit less in the measure', run: (tx) => changeMetre(tx, -1, 1) },
    'shorter-units': { label: 'count in shorter units', run: (tx) => changeMetre(tx, 0, 2) },
    'longer-units': { label: 'count in longer units', run: (tx) => changeMetre(tx, 0, 1 / 2) },
  },
  events: {
    metre: { schema: v.object({ type: v.literal('metre'), metre: v.pipe(v.string(), v.maxLength(10_000)) }) },
  },
  receive(tx, event: TransportEvent) {
    if (event.type === 'metre') setMetre(tx, event.metre)
    return false
  },
  on: [
    when(performanceResumes, panic),
    when(settingSet, (tx: Transaction<TransportState>, { setting }) => {
      if (setting === 'tempo') followTempo(tx)
    }),
  ],
  automatic({ transport: { next, steadyUntil, ending } }, plan) {
    if (ending) plan.atBeat(ending.stop, stop)
    // A take that ends where the metre comes ends first.
    if (next && (steadyUntil === null || next.beat < steadyUntil))
      plan.atBeat(next.beat, (tx) => arriveInMetre(tx, next))
  },
} as const satisfies Feature<TransportState>
