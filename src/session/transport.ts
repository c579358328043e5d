import { shiftTurn } from '../improv/index.ts'
import { type Beats, type Metre, measureBeats, parseMetre } from '../music/index.ts'
import { beatAt, type Seconds, type Timeline, tap, tappedTempo, timeline, withTempo } from '../timing/index.ts'
import { dialValue } from './dials.ts'
import { measureAt, nextMeasure, pruned, sameMetre, shiftedPhase } from './form.ts'
import { changeGroove } from './grooves.ts'
import { beginMeasuredTurn, recountTurn } from './improvise.ts'
import { endVoices } from './keys.ts'
import type { Moment } from './moment.ts'
import { endTake } from './recorder.ts'
import { awaitSection } from './stand.ts'
import type { Form, Material, Stand } from './state.ts'

/** How far ahead of the clock schedulers may ask for notes: what changes at a bar line leaves them this long. */
export const lookAheadSeconds: Seconds = 0.15

/** A performer who has tapped counts on from the last tap for so many beats. */
const tapsCount: Beats = 2.5

/**
 * Starts the music: on the tapped beat, where there is one, or after the count-in.
 *
 * @param counted false where the performer's first note is beat one.
 */
export function play(moment: Moment, counted = true): void {
  const { at, state, beat } = moment
  if (state.transport.playing) return
  const { tempo } = state.settings
  const tapped = tappedTempo(state.transport.taps)
  const since = tapped ? ((at - tapped.downbeat) * tapped.bpm) / 60 : Number.POSITIVE_INFINITY
  const countIn = state.settings['count-in'] * measureBeats(state.transport.form.metre)
  let start = at
  if (counted)
    start = tapped && since < tapsCount ? at + ((Math.round(since) - since) * 60) / tempo : at + (countIn * 60) / tempo
  const form = { beat: 0, metre: state.transport.form.metre }
  const begun = state.transport.begun + 1
  moment.change('transport', { playing: true, begun, timeline: timeline(tempo, start), form, next: null, taps: [] })
  moment.change('improv', { trade: shiftTurn(state.improv.trade, moment.beat - beat) })
  mapMaterial(moment, rewound)
  changeGroove(moment)
  beginMeasuredTurn(moment)
}

/** Stops the music and ends all that sounds. A take that is under way is kept as far as it got. */
export function stop(moment: Moment): void {
  if (moment.state.recorder.take) endTake(moment)
  planSection(moment, null)
  const { form, next } = moment.state.transport
  moment.change('transport', { playing: false, form: { beat: 0, metre: next?.metre ?? form.metre }, next: null })
  moment.change('recorder', { armed: null })
  moment.change('improv', { boundary: null })
  changeGroove(moment)
  endVoices(moment, () => true)
  moment.change('keys', { pedal: false })
  moment.do({ type: 'silence', track: null })
}

/** Lets a section come at a beat, or none: the one that was to come does not, nor its tempo. */
export function planSection(moment: Moment, next: Stand['next']): void {
  const { stand, transport, settings } = moment.state
  const { timeline } = transport
  moment.change('stand', { next })
  goBy(moment, stand.next ? withTempo(pruned(timeline, moment.beat), stand.next.beat, settings.tempo) : timeline)
}

/** Goes by a timeline up to the section that comes. Schedulers look past where that begins: its tempo is planned. */
function goBy(moment: Moment, timeline: Timeline): void {
  const { songs, song, next } = moment.state.stand
  const tempo = next && songs[song]?.sections[next.section]?.tempo
  moment.change('transport', { timeline: next && tempo ? withTempo(timeline, next.beat, tempo) : timeline })
}

/** Goes on at another tempo from now on. */
export function setTempo(moment: Moment, bpm: number): void {
  const { timeline } = moment.state.transport
  const tempo = dialValue('tempo', bpm)
  moment.change('settings', { tempo })
  goBy(moment, withTempo(pruned(timeline, moment.beat), moment.beat, tempo))
}

/**
 * A tap of the tempo. While the music plays, it is led to where the taps are within a beat, without a jump: so a tap
 * says where the beat is, too.
 */
export function tapTempo(moment: Moment): void {
  const { at } = moment
  const taps = tap(moment.state.transport.taps, at)
  moment.change('transport', { taps })
  const tapped = tappedTempo(taps)
  if (!tapped) return
  setTempo(moment, tapped.bpm)
  const { transport, settings } = moment.state
  if (!transport.playing) return
  const bpm = settings.tempo
  const arrival = tapped.downbeat + 60 / bpm
  const target = Math.round(beatAt(transport.timeline, tapped.downbeat)) + 1
  if (arrival <= at || target <= moment.beat) return
  const leading = ((target - moment.beat) * 60) / (arrival - at)
  const led = withTempo(transport.timeline, moment.beat, Math.min(2 * bpm, Math.max(bpm / 2, leading)))
  goBy(moment, withTempo(led, target, bpm))
}

/** Counts in another metre: from the next measure on, or, in the middle of a take, when that is over. */
export function setMetre(moment: Moment, text: string): void {
  let metre: Metre
  try {
    metre = parseMetre(text)
  } catch {
    moment.tell('bad-metre', text)
    return
  }
  const { transport, recorder } = moment.state
  if (!transport.playing) moment.change('transport', { form: { ...transport.form, metre } })
  else if (sameMetre(metre, transport.form.metre)) moment.change('transport', { next: null })
  else if (recorder.take) {
    moment.change('transport', { next: { beat: Math.max(recorder.take.end, comingMeasure(moment)), metre } })
    moment.tell('metre-waits')
  } else moment.change('transport', { next: { beat: comingMeasure(moment), metre } })
}

/** The next bar line that schedulers have not come to yet. */
export function comingMeasure({ state: { transport }, at }: Moment): Beats {
  return Math.max(0, nextMeasure(transport.form, beatAt(transport.timeline, at + lookAheadSeconds)))
}

/** The metre that was to come has come. */
export function arriveInMetre(moment: Moment, next: Form): void {
  const passed = measureAt(moment.state.transport.form, next.beat).measure
  moment.change('transport', { form: next, next: null })
  mapMaterial(moment, (material) => shifted(material, passed))
  changeGroove(moment)
  beginMeasuredTurn(moment)
  const { next: section } = moment.state.stand
  if (section && section.beat > next.beat) awaitSection(moment, section.section)
}

/** Counts the form from a beat on, where so many of its measures have passed. */
export function recountFrom(moment: Moment, beat: Beats): void {
  const { form } = moment.state.transport
  const passed = measureAt(form, beat).measure
  moment.change('transport', { form: { ...form, beat } })
  mapMaterial(moment, (material) => shifted(material, passed))
  recountTurn(moment)
}

/** Material whose form begins so many measures later. */
function shifted(material: Material, by: number): Material {
  const { bass, chords, drums, chart } = material
  const moved = (phase: number, measures: number) => ({ phase: shiftedPhase(phase, measures, by) })
  return {
    ...material,
    bass: bass && { ...bass, ...moved(bass.phase, bass.measures) },
    chords: chords && { ...chords, ...moved(chords.phase, chords.measures) },
    drums: drums && { ...drums, ...moved(drums.phase, drums.groove.measures) },
    chart: chart && { ...chart, ...moved(chart.phase, chart.chart.length) },
  }
}

/** Material that sounds from the first beat on, where the bass, or else what there is, begins its pass. */
function rewound(material: Material): Material {
  const { phase } = material.bass ?? material.chords ?? material.drums ?? material.chart ?? { phase: 0 }
  const { bass, chords, drums, ...rest } = shifted(material, phase)
  const from = 0
  return {
    ...rest,
    bass: bass && { ...bass, from },
    chords: chords && { ...chords, from },
    drums: drums && { ...drums, from },
  }
}

/** Changes what there is, and what undo and redo would bring back. */
function mapMaterial(moment: Moment, change: (material: Material) => Material): void {
  const { material, history } = moment.state
  moment.set({
    material: change(material),
    history: { past: history.past.map(change), future: history.future.map(change) },
  })
}
