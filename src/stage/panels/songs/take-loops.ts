import type { DrumHit } from '../../../groove/index.ts'
import { type Metre, metreText, type Note } from '../../../music/index.ts'
import { fitGroove, fitNotes } from '../../../session/fit.ts'
import type { Section, SessionState } from '../../../session/index.ts'

type Loops = NonNullable<Section['loops']>

/**
 * What goes round now, as a section writes it out: the loops, the chart and the metre that they are in. A fixed groove
 * is left out, for it follows from the bass.
 */
export function takeLoops(state: SessionState): Pick<Section, 'metre' | 'loops' | 'chart'> {
  const { transport, material } = state
  const { metre } = transport.form
  const { bass, chords, chart } = material
  const drums = takeDrums(state, metre)
  return {
    metre: metreText(metre),
    ...(chart && { chart: chart.text }),
    ...((bass || chords || drums) && {
      loops: {
        ...(bass && { bass: { measures: bass.measures, notes: written(fitNotes(bass, metre)) } }),
        ...(chords && { chords: { measures: chords.measures, notes: written(fitNotes(chords, metre)) } }),
        ...(drums && { drums }),
      },
    }),
  }
}

/** A first note that was played early is written at the loop's start; a thousandth of a beat is nothing to be heard. */
function written(notes: readonly Note[]): NonNullable<Loops['bass']>['notes'] {
  return notes.map(({ pitch, velocity, beat, beats }) => ({
    pitch,
    beat: thousandths(Math.max(0, beat)),
    beats: thousandths(beats),
    velocity,
  }))
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000
}

function takeDrums({ material, grooves, settings }: SessionState, metre: Metre): Loops['drums'] {
  const answer = material.grooves[grooves.playing]
  const groove = answer?.plain ?? material.drums?.groove
  if (!groove) return null
  const felt = answer && fitGroove(answer.felt, metre).hits
  const velocity = (hit: DrumHit, index: number) =>
    Math.round(hit.velocity + settings.feel * ((felt?.[index]?.velocity ?? hit.velocity) - hit.velocity))
  return {
    measures: groove.measures,
    hits: fitGroove(groove, metre).hits.map((hit, index) => ({
      step: hit.step,
      drum: hit.drum,
      velocity: velocity(hit, index),
    })),
  }
}
