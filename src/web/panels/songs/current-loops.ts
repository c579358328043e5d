import type { DrumHit } from '../../../groove/index.ts'
import { type Metre, metreText, mod, type Note } from '../../../music/index.ts'
import {
  drumLoop,
  drumPhase,
  type Loop,
  loopTracks,
  type PlacedChart,
  roundOf,
  type Section,
  type SessionState,
} from '../../../session/index.ts'
import { grooveOf, lineOf } from '../unrolled.ts'

type Loops = NonNullable<Section['loops']>

/**
 * The current loops, chart and metre, as a section has them: all start in the measure in which the bass starts. The
 * fixed groove is left out, because it follows from the bass.
 */
export function currentLoops(state: SessionState): Pick<Section, 'metre' | 'loops' | 'chart'> {
  const { transport, material, settings } = state
  const { metre } = transport.form
  const { loops, chart } = material
  const start = roundOf(material)?.phase ?? 0
  const line = (loop: Loop) => {
    const { measures } = loop
    return { measures, notes: written(lineOf(loop, { metre, measures, start }, settings)) }
  }
  const lines = loopTracks.flatMap((track) => {
    const loop = loops[track]
    return loop ? [[track, line(loop)] as const] : []
  })
  const drums = currentDrums(state, metre, start)
  return {
    metre: metreText(metre),
    ...(chart && { chart: chartText(chart, start) }),
    ...((lines.length > 0 || drums) && { loops: { ...Object.fromEntries(lines), ...(drums && { drums }) } }),
  }
}

/** What the band plays now, as settings of a section; a style of the performer's own is in no song. */
export function currentBand({ settings }: SessionState): NonNullable<Section['set']> {
  const sources = (['source-bass', 'source-chords'] as const).filter((id) => settings[id] === 'band')
  if (sources.length === 0) return {}
  const style = settings['band-style']
  return {
    ...Object.fromEntries(sources.map((id) => [id, 'band'])),
    ...(style !== 'metre' && style !== 'own' && { 'band-style': style }),
  }
}

/** Notes rounded to inaudible thousandths of a beat. An early first note is moved to the start of the loop. */
function written(notes: readonly Note[]): NonNullable<Loops['bass']>['notes'] {
  return notes
    .map(({ pitch, velocity, beat, beats }) => ({
      pitch,
      beat: thousandths(Math.max(0, beat)),
      beats: thousandths(beats),
      velocity,
    }))
    .sort((a, b) => a.beat - b.beat)
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000
}

function currentDrums(state: SessionState, metre: Metre, start: number): Loops['drums'] {
  const { material, grooves, settings } = state
  // The band's own drums come with it.
  if (material.drums?.withBand) return null
  const answer = material.grooves[grooves.playing]
  const groove = answer?.plain ?? material.drums?.groove
  if (!groove) return null
  const { measures, stepsPerBeat } = groove
  const touched = groove.hits.map((hit, index): DrumHit => {
    const felt = answer?.felt.hits[index]?.velocity ?? hit.velocity
    return { ...hit, velocity: Math.round(hit.velocity + settings.feel * (felt - hit.velocity)) }
  })
  const loop = drumLoop(state.material, metre, settings)
  const phase = loop ? drumPhase(state, loop) : 0
  const { hits } = grooveOf({ ...groove, hits: touched }, { metre, measures, start: start - phase })
  return {
    measures,
    hits: hits.map(({ step, drum, velocity }) => ({ step, drum, velocity })),
    ...(stepsPerBeat && { stepsPerBeat }),
  }
}

/** A chart from a measure of the form on; as it was typed, if it starts there. */
function chartText({ text, chart, phase }: PlacedChart, start: number): string {
  const first = mod(start - phase, chart.length)
  if (first === 0) return text
  const measures = [...chart.slice(first), ...chart.slice(0, first)]
  return measures.map((chords) => chords.map((chord) => chord?.symbol ?? 'N.C.').join(' ')).join(' | ')
}
