import { type Beats, measureBeats, type Note, nearestStep, stepBeat } from '../music/index.ts'
import { dials } from './dials.ts'
import { fitNotes } from './fit.ts'
import { measureAt, measureStart, nextMeasure, shiftedPhase, swingOf, unswungIn } from './form.ts'
import { changeGroove } from './grooves.ts'
import { chordsOf } from './harmony.ts'
import { keep } from './history.ts'
import type { Moment } from './moment.ts'
import { awaitSection } from './stand.ts'
import { type Form, type Loop, type Material, noMaterial, type SessionState, type Take } from './state.ts'
import type { LoopTrack } from './tracks.ts'
import { comingMeasure, play, recountFrom } from './transport.ts'

/**
 * A first note is early, not late, up to this long before its bar line, or half a beat: whichever is more, but no more
 * than half a measure.
 */
const earlySeconds = 0.1
const earlyBeats: Beats = 1 / 2

/** No first note is earlier than this, at any tempo and swing. */
const earliest: Beats = -1

/** More notes than hands play in one take. */
const fullTake = 4096

/**
 * Gets ready to record: the first note on the track begins the take. Asked for again, what is being recorded is
 * thrown away for another try; what only waits, waits no more. What is to be added waits until the take is over.
 */
export function arm(moment: Moment, track: LoopTrack, overdub: boolean): void {
  const { recorder, material, settings } = moment.state
  const isTaken = recorder.take?.track === track
  if (isTaken && !overdub) dropTake(moment)
  else if (recorder.armed?.track === track && recorder.armed.overdub === overdub) {
    moment.change('recorder', { armed: null })
    return
  }
  moment.change('recorder', { armed: { track, overdub: overdub && (isTaken || material[track] !== null) } })
  if (!moment.state.recorder.take) playOn(moment, track)
  if (settings['count-in'] > 0) play(moment)
}

/** Lets the keys play on a track. */
export function playOn(moment: Moment, track: LoopTrack | 'solo'): void {
  moment.change('settings', { keys: dials.keys.words.indexOf(track) })
}

/** Begins the take with its first note. */
function beginTake(moment: Moment): void {
  const { recorder, material } = moment.state
  const { armed } = recorder
  if (!armed || recorder.take) return
  if (!moment.state.transport.playing) play(moment, false)
  const { transport, settings, stand } = moment.state
  const { track, overdub } = armed
  const form = formOfTake(moment.state, moment.beat)
  const start = takeStart(form, moment.beat, settings.tempo)
  if (start < 0) return
  const base = overdub ? material[track] : null
  const measures = base?.measures ?? settings.measures
  const end = start + measures * measureBeats(form.metre)
  if (!overdub && material[track]) moment.do({ type: 'silence', track })
  if (transport.next && transport.next.beat > start)
    moment.change('transport', { next: { ...transport.next, beat: Math.max(transport.next.beat, end) } })
  const { metre } = form
  const take = { track, overdub: base !== null, start, end, metre, measures, notes: [] }
  moment.change('recorder', { armed: null, take })
  if (stand.next && stand.next.beat < end) awaitSection(moment, stand.next.section)
}

/** The measure's start that a first note belongs to. */
export function takeStart(form: Form, beat: Beats, bpm: number): Beats {
  const next = nextMeasure(form, beat)
  const early = Math.min(measureBeats(form.metre) / 2, Math.max(earlyBeats, (earlySeconds * bpm) / 60))
  return next - beat <= early ? next : measureStart(form, measureAt(form, beat).measure)
}

/** The form of a take that begins now: the coming one, if the note is early for it. */
function formOfTake({ transport: { form, next }, settings }: SessionState, beat: Beats): Form {
  return next && takeStart(form, beat, settings.tempo) >= next.beat ? next : form
}

/**
 * Puts a note into the take.
 *
 * @returns its place there, or null where it is not recorded: nothing is, it is early for the next pass, or a clock was
 *   set back to long before the take.
 */
export function recordNote(moment: Moment, track: string, note: Pick<Note, 'pitch' | 'velocity'>): number | null {
  if (recordLateNote(moment, track, note)) return null
  if (moment.state.recorder.armed?.track === track) beginTake(moment)
  const { take } = moment.state.recorder
  if (take?.track !== track) return null
  const taken = placed(moment, take, note)
  if (!taken || take.notes.length >= fullTake) return null
  const notes = [...take.notes, taken]
  moment.change('recorder', { take: { ...take, notes } })
  if (notes.length === fullTake) moment.tell('take-full')
  return take.notes.length
}

/**
 * A note that is told of when its take is over already still belongs to it, while that goes round as it was played,
 * though the keys may wait for another take by now.
 *
 * @returns whether it does.
 */
function recordLateNote(moment: Moment, track: string, note: Pick<Note, 'pitch' | 'velocity'>): boolean {
  const { recorder, material } = moment.state
  const { over } = recorder
  if (!over || moment.at >= over.at || (track !== over.take.track && track !== recorder.armed?.track)) return false
  const loop = material[over.take.track]
  const taken = placed(moment, over.take, note)
  if (!taken || !loop || loop.notes !== over.notes || loop.notes.length >= fullTake) return false
  const notes = [...loop.notes, taken]
  moment.change('material', { [over.take.track]: { ...loop, notes } })
  moment.change('recorder', { over: { ...over, notes } })
  changeGroove(moment)
  return true
}

/** A note that is played now, in its place in a take; null where it has none. */
function placed(moment: Moment, take: Take, note: Pick<Note, 'pitch' | 'velocity'>): Note | null {
  const beat = straightBeat(moment, take)
  return beat < earliest || isPast(take, beat) ? null : { ...note, beat, beats: stepBeat(1) }
}

/** Whether a place is nearer to what comes after a take. */
function isPast({ start, end }: Take, beat: Beats): boolean {
  return nearestStep(beat) >= nearestStep(end - start)
}

/** A note that is early for the take that waits for this one's end begins it. */
export function endForArmed(moment: Moment): void {
  const { armed, take } = moment.state.recorder
  if (armed && take && isPast(take, straightBeat(moment, take))) endTake(moment)
}

/** Ends a note of the take, whose key has come up. */
export function recordRelease(moment: Moment, index: number): void {
  const { take } = moment.state.recorder
  const note = take?.notes[index]
  if (!take || !note) return
  const beats = Math.max(shortest, straightBeat(moment, take) - note.beat)
  moment.change('recorder', { take: { ...take, notes: take.notes.with(index, { ...note, beats }) } })
}

/** A note that a finger only brushed. */
const shortest: Beats = 1 / 32

/** The moment on the straight grid, from the start of a take, in whose metre it counts. */
function straightBeat({ state, beat }: Moment, { start, metre }: Take): Beats {
  return unswungIn({ beat: start, metre }, beat, swingOf(state)) - start
}

/** The take is over and goes round. Keys that are still down end with it. */
export function endTake(moment: Moment): void {
  const { recorder, keys, transport, material } = moment.state
  const { take } = recorder
  if (!take) return
  const open = new Set(keys.voices.flatMap(({ taken }) => (taken === null ? [] : [taken])))
  const now = Math.min(take.end - take.start, straightBeat(moment, take))
  const notes = take.notes.map((note, index) =>
    open.has(index) ? { ...note, beats: Math.max(shortest, now - note.beat) } : note,
  )
  leaveTake(moment)
  keep(moment)
  const others = take.track === 'bass' ? material.chords : material.bass
  if (!take.overdub && !others && transport.playing) recountFrom(moment, take.start)
  const loop = loopOf(moment.state, { ...take, notes })
  moment.change('material', take.track === 'bass' ? { bass: loop, ...newBass(take) } : { chords: loop })
  if (take.track === 'chords') chordsOf(loop)
  moment.change('recorder', { over: take.overdub ? null : { take, at: moment.at, notes } })
  if (take.track === 'bass' && !take.overdub) forgetGrooves(moment)
  changeGroove(moment)
  const { armed } = moment.state.recorder
  if (armed) playOn(moment, armed.track)
}

/** Another bassline has other drums. */
function newBass({ overdub }: Take): Partial<Material> {
  return overdub ? {} : { grooves: noMaterial.grooves, drums: null }
}

/** The drummer starts from the fixed groove again, at once: it belongs to the bassline that begins now. */
function forgetGrooves(moment: Moment): void {
  moment.change('settings', { 'fixed-groove': 1 })
  moment.change('grooves', { chosen: -1, playing: -1, next: null, asked: null })
}

/** What a take makes of its track. */
function loopOf({ transport: { form }, material }: SessionState, take: Take): Loop {
  const base = take.overdub ? material[take.track] : null
  if (base) return overdubbed(base, take, take.start - measureStart(form, base.phase))
  const { metre, measures, start, end, notes } = take
  const { measure } = measureAt(form, start)
  return { metre, measures, phase: shiftedPhase(measure, measures, 0), from: end, notes }
}

/**
 * A loop with notes that were played over it. Of two metres it takes the longer one, in which nothing is lost.
 *
 * @param ahead how far from the start of a pass the take began.
 */
function overdubbed(base: Loop, { metre: played, notes }: Take, ahead: Beats): Loop {
  const length = base.measures * measureBeats(played)
  const metre = measureBeats(base.metre) < measureBeats(played) ? played : base.metre
  const around = (beat: Beats) => beat - Math.floor(stepBeat(nearestStep(beat)) / length) * length
  const layer = { ...base, metre: played, notes: notes.map((note) => ({ ...note, beat: around(note.beat + ahead) })) }
  return { ...base, metre, notes: [...fitNotes(base, metre), ...fitNotes(layer, metre)] }
}

/** Throws a take away. What waits for its end waits for the next measure. */
function dropTake(moment: Moment): void {
  const { transport, stand } = moment.state
  leaveTake(moment)
  const coming = comingMeasure(moment)
  if (transport.next && transport.next.beat > coming)
    moment.change('transport', { next: { ...transport.next, beat: coming } })
  if (stand.next && stand.next.beat > coming) awaitSection(moment, stand.next.section)
}

/** Nothing is recorded any more, no key that is down either. */
function leaveTake(moment: Moment): void {
  const { voices } = moment.state.keys
  moment.change('keys', { voices: voices.map((voice) => ({ ...voice, taken: null })) })
  moment.change('recorder', { take: null })
}

/** Stops recording, without a trace. */
export function disarm(moment: Moment): void {
  dropTake(moment)
  moment.change('recorder', { armed: null })
}
