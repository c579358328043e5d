import { useComputed } from '@preact/signals'
import { accentAt, type Metre, measureBeats, rounding } from '../../music/index.ts'
import { formMeasureAt, playedForm, type SessionState } from '../../session/index.ts'
import { useStage } from '../controls.tsx'
import type { Stage } from '../stage.ts'
import { text } from '../text.ts'
import { type SongPlace, songPlace } from './song-place.ts'
import { useFramed } from './use-frames.ts'
import { chordName, viewAt } from './view.ts'

/** Where the music is and what comes, in words; each is read again in each frame. */
export function usePlaceText(stage: Stage) {
  const state = () => stage.session.peek()
  return {
    unit: useFramed(() => (state().transport.playing ? stage.position().unit : 0)),
    bar: useFramed(() => barText(state(), stage.position().beat)),
    isCountIn: useFramed(() => state().transport.playing && stage.position().measure < 1),
    chord: useFramed(() => chordName(state(), stage.position().beat, 'chord')),
    next: useFramed(() => nextText(chordName(state(), stage.position().beat, 'nextChord'))),
    title: useFramed(() => songPlace(state(), stage.position().beat).title),
    section: useFramed(() => sectionText(songPlace(state(), stage.position().beat))),
  }
}

/** Beat, bar and chord, at the top of the page. */
export function BeatDisplay() {
  const stage = useStage()
  const { unit, bar, isCountIn, chord, next, title, section } = usePlaceText(stage)
  const metre = useComputed(() => stage.session.value.transport.form.metre)
  return (
    <section class="beat" aria-label={text.bar.beat} data-count-in={isCountIn.value}>
      <span class="count">{unit.value === 0 ? '–' : unit.value}</span>
      <span class="bar-of">{bar.value}</span>
      <span class="song">
        {title.value}
        <br />
        {section.value}
      </span>
      <span class="chord" aria-live="polite" data-long={(chord.value?.length ?? 0) > 5}>
        {chord.value}
      </span>
      <span class="next">{next.value}</span>
      <Units now={unit.value} metre={metre.value} />
    </section>
  )
}

/** A measure with more units than this shows its groups instead. */
const mostUnits = 16

/** The units of the measure, in groups, with the current one lit. */
export function Units({ now, metre }: { readonly now: number; readonly metre: Metre }) {
  return (
    <span class="units" aria-hidden="true">
      {unitsOf(metre).map(({ first, last, isStrong }) => (
        <i key={first} data-strong={isStrong} data-now={now >= first && now <= last} />
      ))}
    </span>
  )
}

type Unit = { readonly first: number; readonly last: number; readonly isStrong: boolean }

function unitsOf(metre: Metre): Unit[] {
  const { numerator, denominator, groups } = metre
  if (numerator > mostUnits) {
    let first = 1
    return groups.map((length) => {
      first += length
      return { first: first - length, last: first - 1, isStrong: first - length === 1 }
    })
  }
  return Array.from({ length: numerator }, (_, index) => {
    const accent = accentAt(metre, (index * 4) / denominator)
    const isPulse = accent === 'pulse' && groups.length < numerator
    return { first: index + 1, last: index + 1, isStrong: accent === 'downbeat' || isPulse }
  })
}

/** The bar, counted from the start of the chart, or else of the view. */
function barText(state: SessionState, beat: number): string {
  const { start, metre, measures } = viewAt(state, beat)
  const form = playedForm(state)
  if (!state.transport.playing) return text.bar.barOf(1, form?.measures.length ?? measures)
  if (beat < start) return text.bar.countingIn
  if (form) return text.bar.barOf(formMeasureAt(state, form, beat) + 1, form.measures.length)
  return text.bar.barOf(1 + Math.floor((beat - start) / measureBeats(metre) + rounding), measures)
}

/** The section, and the one that comes. */
function sectionText({ section, next }: SongPlace): string | null {
  return next === null ? section : `${section ?? ''} → ${next}`
}

function nextText(symbol: string | null): string | null {
  return symbol && `→ ${symbol}`
}
