import type { Beats } from '../../music/index.ts'
import type { Click, DueNote, Stretch } from '../core/index.ts'
import { audible } from '../mixer/index.ts'
import type { TracksState } from './state.ts'

/** General MIDI's percussion for the clicks, and how hard they are struck. */
const clicks = {
  loop: { pitch: 34, velocity: 120 },
  bar: { pitch: 76, velocity: 110 },
  beat: { pitch: 77, velocity: 80 },
} as const satisfies Record<Click, object>

/** The click: each unit of the measures that are counted. */
export function clickNotes({ state, from, to }: Stretch<TracksState>, add: (note: DueNote) => void): void {
  if (!audible(state, 'click')) return
  const until = state.settings.click === 'always' ? Number.POSITIVE_INFINITY : drumsFrom(state)
  const { material, settings, transport } = state
  const { beat: start, metre } = transport.form
  const { measures, phase } = material.loops.bass ?? { measures: settings.measures, phase: 0 }
  const unit = 4 / metre.denominator
  const gain = settings['volume-click']
  for (let count = Math.ceil((from - start) / unit); start + count * unit < Math.min(to, until); count++) {
    const startsLoop = (count - phase * metre.numerator) % (measures * metre.numerator) === 0
    const click = startsLoop ? 'loop' : count % metre.numerator === 0 ? 'bar' : 'beat'
    add({ track: 'click', click, ...clicks[click], beat: start + count * unit, beats: unit / 4, gain })
  }
}

/** The beat from which the drums keep the time. */
function drumsFrom(state: TracksState): Beats {
  const { drums, loops } = state.material
  const isHeard = audible(state, 'drums') && state.settings['volume-drums'] > 0
  return (isHeard ? (drums ?? loops.bass)?.from : undefined) ?? Number.POSITIVE_INFINITY
}
