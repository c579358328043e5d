import { type Beats, measureBeats, nearestStep, stepBeat } from '../../music/index.ts'
import { announcement, type Form, type Transaction } from '../core/index.ts'
import type { LoopTrack, PlayedTrack } from '../track.ts'
import {
  fitNotes,
  type Loop,
  loopIsRecorded,
  type Material,
  noMaterial,
  prepareHarmony,
  remember,
  shiftedPhase,
  undo as undoChange,
} from '../tracks/index.ts'
import {
  measureAt,
  measureStart,
  nextMeasure,
  play,
  recountFrom,
  releaseMetre,
  steadyMetre,
} from '../transport/index.ts'
import { playOn } from '../zones/index.ts'
import type { RecordingState, Take } from './state.ts'
import { closed, ended, isPast, type Played, placed, straightBeat } from './take-notes.ts'

type Tx = Transaction<RecordingState>

/**
 * A first note is early, not late, up to this long before its bar line, or half a beat: whichever is more, but no more
 * than half a measure.
 */
const earlySeconds = 0.1
const earlyBeats: Beats = 1 / 2

/** More notes than hands play in one take. */
const fullTake = 4096

/** A take has begun, and will end at a beat. */
export const takeBegins = announcement<{ readonly end: Beats }>('a take begins')

/** A take was thrown away. */
export const takeIsDropped = announcement('a take is dropped')

/**
 * Gets ready to record: the first note on the track begins the take. Asked for again, what is being recorded is
 * thrown away for another try; what only waits, waits no more. What is to be added waits until the take is over.
 */
export function arm(tx: Tx, track: LoopTrack, overdub: boolean): void {
  const { recording, material, settings } = tx.state
  const isTaken = recording.take?.track === track
  if (isTaken && !overdub) dropTake(tx)
  else if (recording.armed?.track === track && recording.armed.overdub === overdub) {
    tx.change('recording', { armed: null })
    return
  }
  const adds = overdub && (isTaken || material.loops[track] !== null)
  tx.change('recording', { armed: { track, overdub: adds } })
  if (!tx.state.recording.take) playOn(tx, track)
  if (settings['count-in'] > 0) play(tx)
}

/** Begins the take with its first note. */
function beginTake(tx: Tx): void {
  const { armed, take: running } = tx.state.recording
  if (!armed || running) return
  if (!tx.state.transport.playing) play(tx, false)
  const { settings, material } = tx.state
  const { track, overdub } = armed
  const form = formOfTake(tx.state, tx.beat)
  const start = takeStart(form, tx.beat, settings.tempo)
  if (start < 0) return
  const base = overdub ? material.loops[track] : null
  const measures = base?.measures ?? settings.measures
  const { metre } = form
  const end = start + measures * measureBeats(metre)
  if (!overdub && material.loops[track]) tx.emit({ type: 'silence', track })
  steadyMetre(tx, start, end)
  const take: Take = { track, overdub: base !== null, start, end, metre, measures, notes: [], open: {} }
  tx.change('recording', { armed: null, take })
  tx.announce(takeBegins, { end })
}

/** The measure's start that a first note belongs to. */
export function takeStart(form: Form, beat: Beats, bpm: number): Beats {
  const next = nextMeasure(form, beat)
  const early = Math.min(measureBeats(form.metre) / 2, Math.max(earlyBeats, (earlySeconds * bpm) / 60))
  return next - beat <= early ? next : measureStart(form, measureAt(form, beat).measure)
}

/** The form of a take that begins now: the coming one, if the note is early for it. */
function formOfTake({ transport: { form, next }, settings }: RecordingState, beat: Beats): Form {
  return next && takeStart(form, beat, settings.tempo) >= next.beat ? next : form
}

/**
 * Records a note of a voice, if its track is recorded. It is not where it is early for the next pass, or where a clock
 * was set back to long before the take.
 */
export function recordNote(tx: Tx, track: PlayedTrack, voice: number, note: Played): void {
  if (recordLateNote(tx, track, note)) return
  if (tx.state.recording.armed?.track === track) beginTake(tx)
  const { take } = tx.state.recording
  if (take?.track !== track) return
  const taken = placed(tx, take, note)
  if (!taken || take.notes.length >= fullTake) return
  const notes = [...take.notes, taken]
  tx.change('recording', { take: { ...take, notes, open: { ...take.open, [voice]: take.notes.length } } })
  if (notes.length === fullTake) tx.notify('take-full')
}

/**
 * A note that is reported after its take has ended, as a microphone does, still goes into that loop, as long as the loop is
 * as it was played: even while the keys wait for another take.
 *
 * @returns whether it does.
 */
function recordLateNote(tx: Tx, track: PlayedTrack, note: Played): boolean {
  const { recording, material } = tx.state
  const { over } = recording
  if (!over || tx.at >= over.at || (track !== over.take.track && track !== recording.armed?.track)) return false
  const loop = material.loops[over.take.track]
  const taken = placed(tx, over.take, note)
  if (!taken || !loop || loop.notes !== over.notes || loop.notes.length >= fullTake) return false
  const notes = [...loop.notes, taken]
  setLoop(tx, over.take.track, { ...loop, notes })
  tx.change('recording', { over: { ...over, notes } })
  tx.announce(loopIsRecorded, { track: over.take.track, isNew: false })
  return true
}

function setLoop(tx: Tx, track: LoopTrack, loop: Loop, rest: Partial<Material> = {}): void {
  const { material } = tx.state
  tx.change('material', { ...rest, loops: { ...material.loops, [track]: loop } })
  prepareHarmony(tx.state.material)
}

/** A note that is early for the take that waits for this one's end begins it. */
export function endForArmed(tx: Tx): void {
  const { armed, take } = tx.state.recording
  if (armed && take && isPast(take, straightBeat(tx, take))) endTake(tx)
}

/** Ends the note of a voice whose key has come up, if it is recorded. */
export function recordRelease(tx: Tx, voice: number): void {
  const { take } = tx.state.recording
  const index = take?.open[voice]
  if (!take || index === undefined) return
  const { [voice]: _, ...open } = take.open
  tx.change('recording', { take: { ...take, notes: ended(take, index, straightBeat(tx, take)), open } })
}

/** The take is over and goes round. Keys that are still down end with it. */
export function endTake(tx: Tx): void {
  const { recording, transport, material } = tx.state
  const { take } = recording
  if (!take) return
  const { track, overdub } = take
  const notes = closed(take, Math.min(take.end - take.start, straightBeat(tx, take)))
  tx.change('recording', { take: null })
  releaseMetre(tx, false)
  remember(tx)
  const isAlone = Object.entries(material.loops).every(([other, loop]) => other === track || !loop)
  if (!overdub && isAlone && transport.playing) recountFrom(tx, take.start)
  const loop = loopOf(tx.state, { ...take, notes })
  const isNewBass = track === 'bass' && !overdub
  // Another bassline has other drums.
  setLoop(tx, track, loop, isNewBass ? { grooves: noMaterial.grooves, drums: null } : {})
  tx.change('recording', { over: overdub ? null : { take, at: tx.at, notes } })
  tx.announce(loopIsRecorded, { track, isNew: !overdub })
  const { armed } = tx.state.recording
  if (armed) playOn(tx, armed.track)
}

/** What a take makes of its track. */
function loopOf({ transport: { form }, material }: RecordingState, take: Take): Loop {
  const base = take.overdub ? material.loops[take.track] : null
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
function dropTake(tx: Tx): void {
  tx.change('recording', { take: null })
  releaseMetre(tx, true)
  tx.announce(takeIsDropped)
}

/** Stops recording, without a trace. */
export function disarm(tx: Tx): void {
  dropTake(tx)
  tx.change('recording', { armed: null })
}

/** Throws away the take that is under way, or else goes back to what was before the last change. */
export function undo(tx: Tx): void {
  const { take, armed } = tx.state.recording
  if (take || armed) disarm(tx)
  else undoChange(tx)
}
