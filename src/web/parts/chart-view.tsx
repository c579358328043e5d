import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import './chart-view.css'
import { type Beats, type Metre, measureBeats, measureShares, metreText, mod, rounding } from '../../music/index.ts'
import { type FormMeasure, formMeasureAt, type PlayedForm, playedForm, type SessionState } from '../../session/index.ts'
import { ActionButton, Menu, useStage } from '../controls.tsx'
import { text } from '../panels/text.ts'
import { formLine } from './form-line.ts'
import { prefersReducedMotion } from './reduced-motion.ts'
import { songPlace } from './song-place.ts'
import { useChanged, useFramed, useFrames } from './use-frames.ts'
import { chordName, engraved } from './view.ts'

/** The chart, as long as it is: where the music is in it, what comes next, and how it is transposed. */
export function ChartView() {
  const stage = useStage()
  const form = useSignal<PlayedForm | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const shown = useRef(-1)
  const hasChanged = useChanged()
  useFrames(() => {
    const state = stage.session.peek()
    const { songs, material, settings, transport } = state
    if (hasChanged(songs.list, songs.song, songs.section, material.chart, settings.transpose, transport.form.metre)) {
      form.value = playedForm(state)
    }
    const { beat, playing } = stage.position()
    const at = form.value && playing ? formMeasureAt(state, form.value, beat) : -1
    if (list.current) shown.current = showPlace(list.current, at, placeInMeasure(state, beat), shown.current)
  })
  return (
    <section class="chart-view" aria-label={text.chart.name}>
      <Head />
      {form.value && (
        <ol class="measures" ref={list}>
          <Measures measures={form.value.measures} />
        </ol>
      )}
    </section>
  )
}

/** Marks the measure that sounds and the place in it, and brings it into sight. @returns the measure that is marked. */
function showPlace(list: HTMLOListElement, at: number, place: number, before: number): number {
  const measure = list.children[at] as HTMLElement | undefined
  const marked = list.querySelector('[data-now]')
  if (measure !== marked) {
    marked?.removeAttribute('data-now')
    measure?.setAttribute('data-now', '')
  }
  measure?.style.setProperty('--place', `${(100 * place).toFixed(1)}%`)
  if (measure && at !== before) {
    const { offsetTop, offsetHeight } = measure
    const isInSight =
      offsetTop >= list.scrollTop &&
      offsetTop + 2 * offsetHeight <= list.scrollTop + list.clientHeight + offsetHeight / 2
    if (!isInSight) list.scrollTop = offsetTop - offsetHeight / 2
  }
  return measure ? at : -1
}

/** How much of the measure is over, from 0 to 1; where motion is reduced, in whole units. */
function placeInMeasure({ transport }: SessionState, beat: number): number {
  const { beat: start, metre } = transport.form
  const length = measureBeats(metre)
  const unit = 4 / metre.denominator
  const place = mod(beat - start, length)
  return (prefersReducedMotion() ? Math.floor(place / unit + rounding) * unit : place) / length
}

/** The song, where the form is, what comes next, and how it is to end. */
function Head() {
  const stage = useStage()
  const place = () => songPlace(stage.session.peek(), stage.position().beat)
  const title = useFramed(() => place().title)
  const section = useFramed(() => place().section)
  const next = useFramed(() => place().next)
  const form = useFramed(() => formLine(stage.session.peek(), stage.position().beat))
  const chord = useFramed(() => chordName(stage.session.peek(), stage.position().beat, 'nextChord'))
  return (
    <header>
      <p class="song">
        {title.value !== null && <strong>{title.value}</strong>}
        {form.value !== null ? (
          <span class="section">{form.value}</span>
        ) : (
          <Sections now={section.value} next={next.value} />
        )}
      </p>
      <ActionButton id="last-chorus" class="small" label="Last chorus" />
      <ActionButton id="end" class="small" label="End" />
      <Menu id="transpose" name={text.chart.transpose} least={-11} most={11} />
      <p class="next-chord">
        <span class="then">{chord.value && text.chart.next}</span> {chord.value}
      </p>
    </header>
  )
}

/** The section that is to be played, and the one after it. */
function Sections({ now, next }: { readonly now: string | null; readonly next: string | null }) {
  return (
    <>
      {now !== null && <span class="section">{now}</span>}
      {next !== null && <span class="then">→ {next}</span>}
    </>
  )
}

function Measures({ measures }: Pick<PlayedForm, 'measures'>) {
  return (
    <>
      {measures.map((measure, index) => (
        <MeasureItem key={index} measure={measure} before={measures[index - 1]} />
      ))}
    </>
  )
}

/** The width of a letter, as a share of its height, and the measures in a row. */
const [letterWidth, inRow] = [0.72, 4]

/** The share of a measure that its chords have beside the name of a section. */
function besideLetter(section: string): number {
  return Math.max(0.45, 0.75 - 0.08 * section.length)
}

function MeasureItem({ measure, before }: { readonly measure: FormMeasure; readonly before: FormMeasure | undefined }) {
  const { section, metre, chords } = measure
  const isSame = section === null && before !== undefined && isLike(measure, before)
  const names = isSame ? [{ name: '%', beat: 0, beats: measureBeats(metre) }] : namesOf(chords, metre)
  const room = (100 / inRow) * (section === null ? 1 : besideLetter(section))
  const height = ({ name, beats }: Name) => (room * beats) / measureBeats(metre) / (letterWidth * (name.length + 1))
  const fitting = `${Math.min(...names.map(height)).toFixed(2)}cqw`
  const isOtherMetre = before !== undefined && metreText(before.metre) !== metreText(metre)
  return (
    <li data-begins={section !== null} style={{ '--fitting': fitting }}>
      {section !== null && <span class="letter">{section}</span>}
      {isOtherMetre && <span class="metre">{metreText(metre)}</span>}
      {names.map(({ name, beat, beats }) => (
        <span class={isSame || name === hold ? 'chord quiet' : 'chord'} key={beat} style={{ flexGrow: beats }}>
          {name}
          {beat > 0 && name !== hold && <span class="unseen">{text.chart.onBeat(beat, metre.denominator)}</span>}
        </span>
      ))}
    </li>
  )
}

/** What stands in a measure, from where on, and for how long. */
type Name = { readonly name: string; readonly beat: Beats; readonly beats: Beats }

/** What stands where a chord goes on. */
const hold = '·'

/** The chords of a measure's shares. */
function namesOf(chords: FormMeasure['chords'], metre: Metre): Name[] {
  const shares = measureShares(metre, chords.length)
  return chords.map((chord, index) => {
    const symbol = chord?.symbol ?? text.chart.noChord
    const isHeld = index > 0 && symbol === (chords[index - 1]?.symbol ?? text.chart.noChord)
    const [beat = 0, end = measureBeats(metre)] = shares.slice(index, index + 2)
    return { name: isHeld ? hold : engraved(symbol), beat, beats: end - beat }
  })
}

function isLike(one: FormMeasure, other: FormMeasure): boolean {
  const [a, b] = [one, other].map(({ chords, metre }) => namesOf(chords, metre))
  return JSON.stringify(a) === JSON.stringify(b)
}
