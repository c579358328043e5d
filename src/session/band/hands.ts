import { isSameHarmony } from '../../band/index.ts'
import { type Beats, type Chord, type MidiPitch, mod, type Note, rounding } from '../../music/index.ts'
import { beatAt } from '../../timing/index.ts'
import type { Transaction } from '../core/index.ts'
import { bandTracks } from '../track.ts'
import { formAt, lookAheadSeconds, swingOf, swungIn, unswungIn } from '../transport/index.ts'
import { changedMeasure, measureFrom } from './harmony.ts'
import { askFor, askMeasure, isAt, jobOf, nextStart, planOf, stateAt, thisStart } from './planning.ts'
import type { BandState, PartPlan, PlannedMeasure } from './state.ts'

type Tx = Transaction<BandState>

/**
 * Hands have changed the harmony: what comes is planned anew from the first place on that schedulers have not come to. The bass
 * strikes the new chord there at once, before anybody answers. What would still sound of the old chord a beat from now ends.
 */
export function followHands(tx: Tx): void {
  const { transport, band } = tx.state
  if (!transport.playing || band.planAt === null || tx.beat < 0) return
  const { open, from } = openPlaces(tx)
  const form = formAt(transport, tx.beat)
  const swing = swingOf(tx.state)
  const now = thisStart(tx)
  const after = nextStart(tx.state, now)
  const start = from < after - rounding ? now : after
  const fresh = measureFrom(stateAt(tx, start), start)
  const place = Math.max(0, from - start)
  for (const track of bandTracks) {
    if (tx.state.settings[`source-${track}`] !== 'band') continue
    const plan = tx.state.band.plans[track]
    const { measures } = plan
    const before = measures.find((measure) => isAt(measure, start))?.now ?? fresh
    const measure = changedMeasure(before, place, fresh)
    if (isKnown(plan, start, measure, stateAt(tx, after))) continue
    tx.dismiss(jobOf[track])
    if (measures.some(ringsOn)) tx.emit({ type: 'silence', track })
    const kept = measures.filter((each) => each.start < from - rounding).map(cut)
    const struck = track === 'bass' ? strike(kept, measure.chords.find(({ beat }) => beat === place)?.chord, place) : []
    const played = kept.find((each) => isAt(each, start))?.notes ?? []
    const rest = [...kept.filter((each) => !isAt(each, start)), { start, now: measure, notes: [...played, ...struck] }]
    planOf(tx, track, { measures: rest, asked: null })
    const answered = struck[0] ? place + struck[0].beats : place
    if (answered < nextStart(tx.state, start) - start - rounding) askMeasure(tx, track, start, measure, answered)
    else askFor(tx, track)
  }

  function ringsOn({ start, notes }: PlannedMeasure): boolean {
    const ends = ({ beat, beats }: Note) => swungIn(form, start + beat + beats, swing)
    return notes.some((note) => start + note.beat < open && ends(note) > tx.beat + 1)
  }

  function cut(measure: PlannedMeasure): PlannedMeasure {
    const notes = measure.notes.filter(({ beat }) => measure.start + beat < open)
    return {
      ...measure,
      notes: notes.map((note) => ({ ...note, beats: Math.min(note.beats, from - measure.start - note.beat) })),
    }
  }
}

/**
 * The first place that no scheduler has come to, and where a new chord begins: on the next eighth from there on, on a sixteenth
 * where that would sound more than a beat away, or else there. On the straight grid.
 */
function openPlaces(tx: Tx): { open: Beats; from: Beats } {
  const { transport } = tx.state
  const swing = swingOf(tx.state)
  const form = formAt(transport, tx.beat)
  const open = unswungIn(form, beatAt(transport.timeline, tx.at + lookAheadSeconds) + rounding, swing)
  const start = thisStart(tx)
  const grids = [1 / 2, 1 / 4].map((grid) => start + Math.ceil((open - start) / grid) * grid)
  return { open, from: grids.find((each) => swungIn(form, each, swing) <= tx.beat + 1) ?? open }
}

/** Whether all that is planned from a measure on, or asked for, has the chords that it is to have. */
function isKnown({ measures, asked }: PartPlan, start: Beats, now: PlannedMeasure['now'], state: BandState): boolean {
  const coming = [...measures, ...(asked ? [asked] : [])].filter((each) => each.start > start - rounding)
  return (
    coming.some((each) => isAt(each, start)) &&
    coming.every((each) => isSameHarmony(each.now, isAt(each, start) ? now : measureFrom(state, each.start)))
  )
}

/** The lowest note that the bass strikes by itself, and the octave from there on is where it does. */
const lowest: MidiPitch = 28

/** The velocity of a bass that has played nothing yet. */
const usual = 84

/** The bass of a chord that nobody knew of, near to what was played before; it is held up to the next beat. */
function strike(measures: readonly PlannedMeasure[], chord: Chord | null | undefined, beat: Beats): Note[] {
  if (!chord) return []
  const before = measures.at(-1)?.notes.at(-1)
  const low = lowest + mod(chord.bass - lowest, 12)
  const isNearer = before !== undefined && Math.abs(low + 12 - before.pitch) < Math.abs(low - before.pitch)
  const whole = Math.ceil(beat + 1 / 4 - rounding)
  return [{ pitch: isNearer ? low + 12 : low, velocity: before?.velocity ?? usual, beat, beats: whole - beat }]
}
