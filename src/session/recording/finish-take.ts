import { type Beats, type Metre, measureBeats, type Note } from '../../music/index.ts'
import type { Transaction } from '../core/index.ts'
import type { LoopTrack } from '../track.ts'
import {
  fitNotes,
  type Loop,
  loopIsRecorded,
  type Material,
  mapMaterial,
  noMaterial,
  prepareHarmony,
  remember,
  shiftedPhase,
} from '../tracks/index.ts'
import { measureAt, measureStart, recountFrom, releaseMetre, sameMetre } from '../transport/index.ts'
import { playOn } from '../zones/index.ts'
import { hearSwing, setsSwing } from './hear-swing.ts'
import type { HeldNote, RecordingState, Take } from './state.ts'
import { around, ended, isPast, type LoopedNotes, looped, mapNotes, replaced, straightBeat } from './take-notes.ts'

type Tx = Transaction<RecordingState>

/**
 * The take is over and goes round. Keys that are still down sound on, and their notes in the loop with them. The hands are
 * back on the lead, unless another track waits for them.
 */
export function endTake(tx: Tx): void {
  const { take, armed } = tx.state.recording
  if (!take) return
  tx.change('recording', { take: null })
  releaseMetre(tx, false)
  if (take.notes.length > 0 || !take.overdub) layTake(tx, take)
  if (armed) playOn(tx, armed.track)
  else if (take.isWhole && !take.overdub) playOn(tx, 'lead')
}

/** Makes a take the loop of its track, or a layer of it. */
function layTake(tx: Tx, played: Take): void {
  const { track, overdub, isWhole, start, end } = played
  const { transport } = tx.state
  const until = Math.min(end - start, straightBeat(tx, played))
  const open = new Set(Object.values(played.open))
  const closed = mapNotes(played, (note) => (open.has(note) ? ended(note, until) : note))
  remember(tx)
  if (!overdub && isAlone(tx.state.material, track) && transport.playing) recountFrom(tx, start)
  const heard = isWhole && setsSwing(tx.state.material, closed) ? hearSwing(tx, closed) : closed
  const base = overdub ? tx.state.material.loops[track] : null
  // Meanwhile a song may have laid a loop of another length.
  const take = base ? { ...heard, measures: base.measures } : heard
  const ahead = base ? start - measureStart(tx.state.transport.form, base.phase) : 0
  const { notes, of } = isWhole ? looped(take.notes, lengthOf(take), ahead) : asInVersion1(take, ahead)
  const laid = base ? withLayer(base, take.metre, notes) : loopOf(tx.state, take, notes)
  const loop = take.swing ? { ...laid, swing: take.swing } : laid
  const isNewBass = track === 'bass' && !overdub
  // Another bassline has other drums.
  setLoop(tx, track, loop, isNewBass ? { grooves: noMaterial.grooves, drums: null } : {})
  const pitches = take.notes.filter(({ beat }) => isPast(take, beat)).map(({ pitch }) => pitch)
  tx.change('recording', {
    over: overdub ? null : { take, at: tx.at, notes },
    held: { ...tx.state.recording.held, ...heldNotes(take, of) },
    pushed: { track, beat: end, pitches },
    reading: overdub ? tx.state.recording.reading : null,
  })
  tx.announce(loopIsRecorded, { track, isNew: !overdub })
}

function isAlone({ loops }: Material, track: LoopTrack): boolean {
  return Object.entries(loops).every(([other, loop]) => other === track || !loop)
}

/** How long the loop of a take is. */
export function lengthOf({ measures, metre }: Pick<Take, 'measures' | 'metre'>): Beats {
  return measures * measureBeats(metre)
}

/** Version 0.1 had neither pickups nor notes that are held over the end: its recordings stay as they were. */
function asInVersion1(take: Take, ahead: Beats): LoopedNotes {
  const { notes, overdub } = take
  const placed = overdub ? notes.map((note) => ({ ...note, beat: around(note.beat + ahead, lengthOf(take)) })) : notes
  return { notes: placed, of: new Map() }
}

function loopOf({ transport: { form } }: RecordingState, take: Take, notes: Loop['notes']): Loop {
  const { metre, measures, start, end, isFree } = take
  const { measure } = measureAt(form, start)
  return { metre, measures, phase: shiftedPhase(measure, measures, 0), from: end, notes, ...(isFree && { isFree }) }
}

/** A loop with notes that were played over it. Of two metres it takes the longer one, in which nothing is lost. */
function withLayer(base: Loop, played: Metre, notes: Loop['notes']): Loop {
  if (sameMetre(base.metre, played)) return { ...base, notes: [...base.notes, ...notes] }
  const metre = measureBeats(base.metre) < measureBeats(played) ? played : base.metre
  const fitted = [base, { ...base, metre: played, notes }].flatMap((loop) => fitNotes(loop, metre))
  return { ...base, metre, notes: fitted.map(({ place: _, ...note }) => note) }
}

/** The notes of a loop whose keys are still down. */
function heldNotes(take: Take, of: LoopedNotes['of']): Record<string, HeldNote> {
  return Object.fromEntries(
    Object.entries(take.open).flatMap(([voice, { beat }]) => {
      const note = of.get(take.open[Number(voice)] as Note)
      return note ? [[voice, { note, beat, take }]] : []
    }),
  )
}

function setLoop(tx: Tx, track: LoopTrack, loop: Loop, rest: Partial<Material>): void {
  const { material } = tx.state
  tx.change('material', { ...rest, loops: { ...material.loops, [track]: loop } })
  prepareHarmony(tx.state.material)
}

/** A note that was held over the end of its take has ended: it is as long in its loop, up to the loop's length. */
export function endHeld(tx: Tx, voice: number): void {
  const { [voice]: ending, ...held } = tx.state.recording.held
  if (!ending) return
  tx.change('recording', { held })
  const { note, beat, take } = ending
  const { beats } = ended({ ...note, beat }, straightBeat(tx, take))
  if (beats <= note.beats) return
  const longer = { ...note, beats: Math.min(beats, lengthOf(take)) }
  amend(tx, take.track, (notes) => replaced(notes, note, longer))
}

/** Changes the notes of loops on a track, also of those that undo and redo would bring back. */
export function amend(tx: Tx, track: LoopTrack, change: (notes: Loop['notes']) => Loop['notes']): void {
  const known = new Map<Loop['notes'], Loop['notes']>()
  const changed = (notes: Loop['notes']) => {
    const now = known.get(notes) ?? change(notes)
    known.set(notes, now)
    return now
  }
  mapMaterial(tx, (material) => {
    const loop = material.loops[track]
    if (!loop || changed(loop.notes) === loop.notes) return material
    return { ...material, loops: { ...material.loops, [track]: { ...loop, notes: changed(loop.notes) } } }
  })
  const { over } = tx.state.recording
  if (over?.take.track === track) tx.change('recording', { over: { ...over, notes: changed(over.notes) } })
  prepareHarmony(tx.state.material)
}
