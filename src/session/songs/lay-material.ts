import { sortHits } from '../../groove/index.ts'
import { type Metre, measureBeats, parseMetre, type Velocity } from '../../music/index.ts'
import type { Transaction } from '../core/index.ts'
import { around, nearMeasureStart } from '../recording/index.ts'
import { loopTracks } from '../track.ts'
import {
  alter,
  chartFollows,
  type DrumLoop,
  type Loop,
  type Material,
  mapMaterial,
  noMaterial,
  placedChart,
} from '../tracks/index.ts'
import { measureAt, measureStart } from '../transport/index.ts'
import type { Section, SongDrums, SongLoop } from './song.ts'
import type { SongsState } from './state.ts'

/** How hard notes are struck that are written without it. */
const usualVelocity: Velocity = 96

/**
 * Lays the loops and the chart of a section, from the measure on that a note of this moment belongs to.
 *
 * @param byItself a chart that follows another by itself leaves nothing to undo.
 */
export function layMaterial(tx: Transaction<SongsState>, section: Section, byItself: boolean): void {
  const { loops, chart, metre: text } = section
  const { transport, settings, material } = tx.state
  const { form, playing } = transport
  const start = nearMeasureStart(form, tx.beat, settings.tempo)
  const phase = playing ? Math.max(0, measureAt(form, start).measure) : 0
  const metre = text === undefined ? form.metre : parseMetre(text)
  const place = { phase, from: measureStart(form, phase) }
  const { bass, drums } = loops ?? {}
  const patch: { -readonly [Part in keyof Material]?: Material[Part] } = {}
  const laid = loopTracks.filter((track) => loops?.[track] !== undefined)
  if (laid.length > 0) {
    const written = laid.map((track) => {
      const loop = loops?.[track] ?? null
      return [track, loop && loopOf(loop, metre, place)]
    })
    patch.loops = { ...material.loops, ...Object.fromEntries(written) }
  }
  if (drums !== undefined) patch.drums = drums && drumsOf(drums, metre, place)
  if (bass !== undefined || drums !== undefined) patch.grooves = noMaterial.grooves
  if (chart !== undefined) patch.chart = chart === null ? null : placedChart(chart, phase)
  if (byItself && !loops) {
    mapMaterial(tx, (each) => ({ ...each, ...patch }))
    tx.announce(chartFollows)
  } else alter(tx, patch)
}

type Place = Pick<Loop, 'phase' | 'from'>

function loopOf({ measures, notes }: SongLoop, metre: Metre, { phase, from }: Place): Loop {
  const length = measures * measureBeats(metre)
  const struck = notes.map(({ beat, ...note }) => ({
    ...note,
    beat: around(beat, length),
    velocity: note.velocity ?? usualVelocity,
  }))
  return { metre, measures, phase: phase % measures, from, notes: struck }
}

function drumsOf({ measures, hits, stepsPerBeat }: SongDrums, metre: Metre, { phase, from }: Place): DrumLoop {
  const struck = hits.map((hit) => ({ ...hit, velocity: hit.velocity ?? usualVelocity, offsetMs: 0 }))
  const groove = { metre, measures, ...(stepsPerBeat && { stepsPerBeat }), hits: sortHits(struck) }
  return { groove, phase: phase % measures, from }
}
