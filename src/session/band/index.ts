/**
 * `session/band/`: who plays bass and chords: the performer's loops, the band, or nobody. The band's measures are planned
 * one ahead, from the chart, the chords that were recorded, or those that hands hold now.
 */
import * as v from 'valibot'
import { longestStyle, styleFeels, swingAt } from '../../band/index.ts'
import { tempoAt } from '../../timing/index.ts'
import {
  type BandAnswer,
  type Feature,
  sevenBits,
  type Transaction,
  velocitySchema,
  when,
  whenSet,
  within,
} from '../core/index.ts'
import { ownStyleOf } from '../grooves/index.ts'
import type { BandTrack } from '../track.ts'
import { chartComes, materialChanges } from '../tracks/index.ts'
import { endIsPlanned, formMoves, metreComes, musicBegins, musicStops } from '../transport/index.ts'
import { handsChangeHarmony } from '../zones/index.ts'
import { followStyle } from './drums.ts'
import { followHands } from './hands.ts'
import { bandNotes } from './notes.ts'
import { begin, changeSources, enterSources, follow, followMetre, receive, replan, rest } from './planning.ts'
import { type BandState, bandSettings, silentBand, sourceNames } from './state.ts'

export { type BandState, isMine, type PlannedMeasure } from './state.ts'

type Tx = Transaction<BandState>

const note = v.object({ pitch: sevenBits, velocity: velocitySchema, beat: within(0, 1024), beats: within(0, 4096) })
const answer = v.object({ notes: v.pipe(v.array(note), v.maxLength(4096)) })

/** Receives the measures of a track; the schema has seen to it that they are some. */
const received = (track: BandTrack) => (tx: Tx, given: object | null, message?: string) =>
  receive(tx, track, given as BandAnswer | null, message)

/** The band plays another style: drums and swing go with it. A song may say otherwise after it. */
function changeStyle(tx: Tx): void {
  const { settings, transport } = tx.state
  const style = settings['band-style']
  const feel = style === 'own' ? tx.state.ownStyle : style === 'metre' ? null : styleFeels[style]
  if (feel) {
    tx.set('style', feel.drums)
    const ratio = swingAt(feel, tempoAt(transport.timeline, tx.beat))
    // A file that nobody checked may say anything.
    if (ratio > 0) tx.set('swing', Math.round(100 * ratio) / 100)
  }
  if (style === 'own' && !tx.state.ownStyle) tx.notify('no-style')
  replan(tx)
  followStyle(tx)
}

/** A style of the performer's own is opened: its file. */
type BandEvent = { readonly type: 'bandStyle'; readonly file: string }

/** The band plays a style of the performer's own. */
function openStyle(tx: Tx, file: string): void {
  const ownStyle = ownStyleOf(file)
  if (!ownStyle) return
  tx.update({ ownStyle })
  tx.set('band-style', 'own')
}

export const band = {
  initial: { band: silentBand },
  events: {
    bandStyle: {
      schema: v.object({ type: v.literal('bandStyle'), file: v.pipe(v.string(), v.maxLength(longestStyle)) }),
    },
  },
  receive(tx: Tx, event: BandEvent) {
    if (event.type === 'bandStyle') openStyle(tx, event.file)
    return false
  },
  settings: bandSettings,
  answers: {
    bass: { schema: answer, late: 'band-late', receive: received('bass') },
    comping: { schema: answer, late: 'band-late', receive: received('chords') },
  },
  on: [
    when(musicBegins, begin),
    when(musicStops, rest),
    when(metreComes, followMetre),
    when(formMoves, replan),
    when(materialChanges, (tx: Tx, { before }) => {
      const { chart, loops } = tx.state.material
      if (chart !== before.chart || loops.chords !== before.loops.chords) replan(tx)
    }),
    // Of a section, its metre comes first, then its chart, and last of all what follows it.
    when(chartComes, replan),
    when(handsChangeHarmony, followHands),
    whenSet(sourceNames, changeSources),
    when(endIsPlanned, replan),
    whenSet(['band-style'], changeStyle),
    whenSet(['band-pedal', 'stop-time', 'transpose'], replan),
  ],
  automatic({ band: { changes, planAt } }, plan) {
    if (changes !== null) plan.atBeat(changes, enterSources)
    if (planAt !== null) plan.atBeat(planAt, follow)
  },
  notes: bandNotes,
} as const satisfies Feature<BandState>
