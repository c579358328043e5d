/**
 * `session/band/`: who plays bass and chords: the performer's loops, the band, or nobody. The band's measures are planned
 * one ahead, from the chart, the chords that were recorded, or those that hands hold now.
 */
import * as v from 'valibot'
import { styleFeels, swingAt } from '../../band/index.ts'
import { tempoAt } from '../../timing/index.ts'
import { type BandAnswer, type Feature, type Transaction, when, whenSet } from '../core/index.ts'
import type { BandTrack } from '../track.ts'
import { chartComes, materialChanges } from '../tracks/index.ts'
import { endIsPlanned, formMoves, metreComes, musicBegins, musicStops } from '../transport/index.ts'
import { handsChangeHarmony } from '../zones/index.ts'
import { followHands } from './hands.ts'
import { bandNotes } from './notes.ts'
import { begin, changeSources, enterSources, follow, receive, replan, rest } from './planning.ts'
import { type BandState, bandSettings, silentBand } from './state.ts'

export { type BandState, isMine } from './state.ts'

type Tx = Transaction<BandState>

const finite = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most))
const count = (least: number, most: number) => v.pipe(finite(least, most), v.integer())
const note = v.object({
  pitch: count(0, 127),
  velocity: count(1, 127),
  beat: finite(0, 1024),
  beats: finite(0, 4096),
})
const answer = v.object({ notes: v.pipe(v.array(note), v.maxLength(4096)) })

/** Receives the measures of a track; the schema has seen to it that they are some. */
const received = (track: BandTrack) => (tx: Tx, given: object | null, message?: string) =>
  receive(tx, track, given as BandAnswer | null, message)

/** The band plays another style: drums and swing go with it. A song may say otherwise after it. */
function changeStyle(tx: Tx): void {
  const { settings, transport } = tx.state
  const style = settings['band-style']
  if (style !== 'metre') {
    tx.set('style', styleFeels[style].drums)
    tx.set('swing', Math.round(100 * swingAt(styleFeels[style], tempoAt(transport.timeline, tx.beat))) / 100)
  }
  replan(tx)
}

export const band = {
  initial: { band: silentBand },
  settings: bandSettings,
  answers: {
    bass: { schema: answer, late: 'band-late', receive: received('bass') },
    comping: {
      schema: answer,
      late: 'band-late',
      receive: received('chords'),
    },
  },
  on: [
    when(musicBegins, begin),
    when(musicStops, rest),
    when(metreComes, replan),
    when(formMoves, replan),
    when(materialChanges, (tx: Tx, { before }) => {
      const { chart, loops } = tx.state.material
      if (chart !== before.chart || loops.chords !== before.loops.chords) replan(tx)
    }),
    // Of a section, its metre comes first, then its chart, and last of all what follows it.
    when(chartComes, replan),
    when(handsChangeHarmony, followHands),
    whenSet((setting) => setting.startsWith('source-'), changeSources),
    when(endIsPlanned, replan),
    whenSet((setting) => setting === 'band-style', changeStyle),
    whenSet((setting) => ['band-pedal', 'transpose'].includes(setting), replan),
  ],
  automatic({ band: { changes, planAt } }, plan) {
    if (changes !== null) plan.atBeat(changes, enterSources)
    if (planAt !== null) plan.atBeat(planAt, follow)
  },
  notes: bandNotes,
} as const satisfies Feature<BandState>
