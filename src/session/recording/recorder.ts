import { type Beats, measureBeats, type Note, stepBeat } from '../../music/index.ts'
import { beatAt, type Seconds } from '../../timing/index.ts'
import { announcement, type Form, type Transaction } from '../core/index.ts'
import type { LoopTrack, PlayedTrack } from '../track.ts'
import {
  type Loop,
  loopIsRecorded,
  passStart,
  redo as redoChange,
  transposed,
  undo as undoChange,
} from '../tracks/index.ts'
import { play, releaseMetre, steadyMetre } from '../transport/index.ts'
import { playOn, zoneTracks } from '../zones/index.ts'
import { amend, endHeld, endTake, lengthOf } from './finish-take.ts'
import { beginFree, dropFree, endFree, endFreeNote, recordFreeNote } from './free-take.ts'
import { followSwing } from './hear-swing.ts'
import type { Armed, RecordingState, Take } from './state.ts'
import { around, ended, fullTake, isPast, type Played, replaced, straightBeat } from './take-notes.ts'
import { early, nearMeasureStart, takeStart } from './take-start.ts'

type Tx = Transaction<RecordingState>

/** Where version 0.1 began a take, no first note was earlier than this. */
const earliestInVersion1: Beats = -1

/** A take has begun, and will end at a beat. */
export const takeBegins = announcement<{ readonly end: Beats }>('a take begins')

/** A track waits for the first note of its take, while the music plays. */
export const trackWaits = announcement<{ readonly track: LoopTrack }>('a track waits for its first note')

/** A take ends sooner than was planned, or was thrown away. */
export const takeEndsSooner = announcement('a take ends sooner')

/** How long after a take has ended by itself a press of Record still means to end it. */
const handSeconds: Seconds = 0.2

/** Whether a track's take was over only just now, by itself: who asks for Record now means to end it. */
function isJustOver(tx: Tx, track: LoopTrack): boolean {
  const { over, armed } = tx.state.recording
  if (!over?.take.isWhole || over.take.track !== track || armed || !tx.state.transport.playing) return false
  return tx.at - over.at < handSeconds
}

/**
 * Gets ready to record: the first note on the track begins the take. Asked for again, what is recorded ends here, and
 * what only waits, waits no more. What is to be added waits until the take is over.
 */
export function arm(tx: Tx, track: LoopTrack, overdub: boolean): void {
  const { free } = tx.state.recording
  if (free && (!endFree(tx) || (free.track === track && !overdub))) return
  const { recording, material, settings } = tx.state
  const { take, armed } = recording
  const isTaken = take?.track === track
  if (!overdub && isJustOver(tx, track)) return
  if (isTaken && (take.overdub || !overdub) && take.isWhole) {
    endHere(tx, take)
    return
  }
  if (isTaken && !overdub) dropTake(tx)
  else if (armed?.track === track && (armed.overdub === overdub || armed.goesOn)) {
    tx.change('recording', { armed: null })
    if (armed.goesOn) playOn(tx, 'lead')
    return
  }
  const adds = overdub && (isTaken || material.loops[track] !== null)
  tx.change('recording', { armed: { track, overdub: adds, counted: false, goesOn: false } })
  if (!tx.state.recording.take) playOn(tx, track)
  if (settings['count-in'] > 0) play(tx)
  hearCountIn(tx)
  if (settings['whole-takes'] && tx.state.transport.playing && !tx.state.recording.take)
    tx.announce(trackWaits, { track })
}

/** Whether somebody who played at a moment was on beat one: the foot that goes with it may be a little late. */
export function isOnOne({ state: { transport, settings } }: Tx, at: Seconds): boolean {
  const beat = beatAt(transport.timeline, at)
  const { form } = transport
  return beat >= form.beat - early && Math.abs(beat - nearMeasureStart(form, beat, settings.tempo)) <= early
}

/**
 * The foot goes down: a free take begins, or is over. While the music plays it has a tempo, and what is recorded goes
 * along with it.
 */
export function pressFree(tx: Tx, track: LoopTrack): void {
  const { recording, transport } = tx.state
  if (recording.free) endFree(tx)
  else if (!transport.playing) beginFree(tx, track)
  else {
    if (!recording.take && !recording.armed) tx.notify('free-in-tempo')
    arm(tx, track, false)
  }
}

/** What is armed before beat one begins there. */
export function hearCountIn(tx: Tx): void {
  const { armed } = tx.state.recording
  if (armed) tx.change('recording', { armed: { ...armed, counted: tx.state.transport.playing && tx.beat < 0 } })
}

/** Ends a take here, to the nearest measure; what is added ends at once, and the hands are back on the lead. */
function endHere(tx: Tx, take: Take): void {
  if (take.overdub) {
    endTake(tx)
    if (!tx.state.recording.armed) playOn(tx, 'lead')
  } else {
    const measure = measureBeats(take.metre)
    const played = Math.round((tx.beat - take.start) / measure)
    const measures = Math.min(take.measures, Math.max(1, played))
    const end = take.start + measures * measure
    tx.change('recording', { take: { ...take, measures, end } })
    releaseMetre(tx, true)
    if (end > tx.beat) steadyMetre(tx, take.start, end)
    else endTake(tx)
  }
  tx.announce(takeEndsSooner)
}

/** Begins the take with its first note, which was played at a moment. */
function beginTake(tx: Tx, armed: Armed, at: Seconds): void {
  if (!tx.state.transport.playing) play(tx, false)
  const { material, settings, transport } = tx.state
  const { form, next } = transport
  const { track, overdub } = armed
  const base = overdub ? material.loops[track] : null
  const begun = next && (startIn(tx, form, armed, base, at) ?? 0) >= next.beat ? next : form
  const start = startIn(tx, begun, armed, base, at)
  if (start === null) return
  if (!overdub && material.loops[track]) tx.emit({ type: 'silence', track })
  const { metre } = begun
  const measures = base?.measures ?? settings.measures
  const end = start + measures * measureBeats(metre)
  const isWhole = settings['whole-takes']
  steadyMetre(tx, start, end)
  const take: Take = { track, overdub: base !== null, start, end, metre, measures, isWhole, notes: [], open: {} }
  tx.change('recording', { armed: null, take })
  tx.announce(takeBegins, { end })
}

/** Beat one of a take that begins now in a form; of what is added, the start of the pass that it is added to. */
function startIn({ state }: Tx, form: Form, { counted }: Armed, base: Loop | null, at: Seconds): Beats | null {
  const { tempo, 'whole-takes': isWhole } = state.settings
  const beat = beatAt(state.transport.timeline, at)
  if (isWhole && base) return passStart(form, base, beat)
  if (isWhole) return takeStart(form, beat, tempo, counted)
  const start = nearMeasureStart(form, beat, tempo)
  return start < 0 ? null : start
}

/** The place of a note that is played now in a take; none where a clock was set back to before its first note. */
function placeIn({ state }: Tx, take: Take, at: Seconds): Beats | null {
  const beat = straightBeat({ state, beat: beatAt(state.transport.timeline, at) }, take)
  const first = take.notes[0]?.beat ?? -measureBeats(take.metre)
  const isIn = take.isWhole ? beat >= Math.min(0, first) - early : beat >= earliestInVersion1 && !isPast(take, beat)
  return isIn ? beat : null
}

/** Records a note of a voice, if its track is recorded. @param at when it was played: now, or a little before. */
export function recordNote(tx: Tx, track: PlayedTrack, voice: number, played: Played, at: Seconds = tx.at): void {
  const { pitch, velocity } = played
  const note = { pitch: transposed(pitch, -tx.state.settings.transpose), velocity, beats: stepBeat(1) }
  if (recordFreeNote(tx, track, voice, note) || joinLoop(tx, track, voice, note)) return
  const { armed, take: running } = tx.state.recording
  if (armed?.track === track && !running) beginTake(tx, armed, at)
  const { take } = tx.state.recording
  const beat = take?.track === track ? placeIn(tx, take, at) : null
  if (!take || beat === null) return
  const before = take.overdub ? (tx.state.material.loops[take.track]?.notes.length ?? 0) : 0
  if (before + take.notes.length >= fullTake) return
  const taken = { ...note, beat }
  const notes = [...take.notes, taken]
  tx.change('recording', { take: { ...take, notes, open: { ...take.open, [voice]: taken } } })
  if (before + notes.length === fullTake) tx.notify('take-full')
}

/**
 * A note that is reported after its take has ended, as a microphone does, still goes into that loop, as long as the loop is
 * as it was played: even while the keys wait for another take.
 *
 * @returns whether it does.
 */
function joinLoop(tx: Tx, track: PlayedTrack, voice: number, note: Omit<Note, 'beat'>): boolean {
  const { recording, material } = tx.state
  const { over, held } = recording
  if (!over || tx.at >= over.at) return false
  const { take, notes } = over
  // Where no hand is on its track any more, the one that was there has moved on.
  const hand = take.isWhole && !zoneTracks(tx.state).includes(take.track) ? tx.state.settings.keys : take.track
  if (track !== hand && track !== recording.armed?.track) return false
  const beat = placeIn(tx, take, tx.at)
  if (beat === null || material.loops[take.track]?.notes !== notes || notes.length >= fullTake) return false
  const joining = { ...note, beat: take.isWhole ? around(beat, lengthOf(take)) : beat }
  amend(tx, take.track, (each) => (each === notes ? [...each, joining] : each))
  if (take.isWhole) tx.change('recording', { held: { ...held, [voice]: { note: joining, beat, take } } })
  tx.announce(loopIsRecorded, { track: take.track, isNew: false })
  return true
}

/** A note that is early for the take that waits for this one's end begins it. */
export function endForArmed(tx: Tx): void {
  const { armed, take } = tx.state.recording
  if (armed && take && isPast(take, straightBeat(tx, take))) endTake(tx)
}

/** Ends the note of a voice whose key has come up, if it is recorded. */
export function recordRelease(tx: Tx, voice: number): void {
  endFreeNote(tx, voice)
  const { take } = tx.state.recording
  const note = take?.open[voice]
  if (!take || !note) {
    endHeld(tx, voice)
    return
  }
  const { [voice]: _, ...open } = take.open
  const notes = replaced(take.notes, note, ended(note, straightBeat(tx, take)))
  tx.change('recording', { take: { ...take, notes, open } })
}

/** A pass is over, and goes round. What is added goes on with the next note, unless another take waits. */
export function endPass(tx: Tx): void {
  const { take } = tx.state.recording
  endTake(tx)
  if (!take?.overdub || !take.isWhole || tx.state.recording.armed) return
  tx.change('recording', { armed: { track: take.track, overdub: true, counted: false, goesOn: true } })
}

/** Throws a take away. What waits for its end waits for the next measure. */
function dropTake(tx: Tx): void {
  tx.change('recording', { take: null })
  releaseMetre(tx, true)
  tx.announce(takeEndsSooner)
}

/** Stops recording, without a trace. */
export function disarm(tx: Tx): void {
  dropTake(tx)
  dropFree(tx)
  tx.change('recording', { armed: null })
}

/** Throws away what is being recorded, or else goes back to what was before the last change. */
export function undo(tx: Tx): void {
  const { take, armed, free } = tx.state.recording
  if (take || armed || free) disarm(tx)
  if (take || free || (armed && !armed.goesOn)) return
  const { material } = tx.state
  undoChange(tx)
  followSwing(tx, material)
}

/** Brings back what was undone. */
export function redo(tx: Tx): void {
  const { material } = tx.state
  redoChange(tx)
  followSwing(tx, material)
}
