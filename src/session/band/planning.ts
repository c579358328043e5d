import { heardIntensity, isSameHarmony, type PlayedMeasure } from '../../band/index.ts'
import { type Beats, measureBeats, rounding } from '../../music/index.ts'
import {
  type BandAnswer,
  type BandQuestion,
  type DueNote,
  type FeatureSet,
  type Job,
  stateAhead,
  type Transaction,
} from '../core/index.ts'
import { chosenBandStyle, drumNotes } from '../grooves/index.ts'
import { energyOf } from '../listening/index.ts'
import { type BandTrack, bandTracks } from '../track.ts'
import { comingMeasure, formAt, measureAt, measureStart, sameMetre } from '../transport/index.ts'
import { joinDrums, leaveDrums } from './drums.ts'
import { measureFrom, placeInPhrase, withChordAt } from './harmony.ts'
import { type BandState, noPlan, type PartPlan, type PlannedMeasure, silentBand } from './state.ts'

type Tx = Transaction<BandState>

/** The job that plans each track. */
export const jobOf = { bass: 'bass', chords: 'comping' } as const satisfies Record<BandTrack, Job>

/** How many measures that were played are kept: what comes is to differ from them. */
const remembered = 48

/** How many of them go with the question for a measure: the last ones, and as many earlier ones with the same chords. */
const questionMeasures = 8

/** Begins to play where the band is to play, as the music begins. */
export function begin(tx: Tx): void {
  tx.change('band', { ...silentBand, sources: sourcesOf(tx.state) })
  rest(tx)
  follow(tx)
}

/** The music is over, or the band plays no more: what it has played can still be read. */
export function rest(tx: Tx): void {
  for (const track of bandTracks) {
    tx.dismiss(jobOf[track])
    planOf(tx, track, { ...tx.state.band.plans[track], asked: null })
  }
  tx.change('band', { planAt: null, changes: null })
}

/** Who is to play what, as it is set. */
function sourcesOf({ settings }: BandState): BandState['band']['sources'] {
  return Object.fromEntries(bandTracks.map((track) => [track, settings[`source-${track}`]])) as never
}

/** Another source is set: it comes at the next measure, or at once while nothing plays. */
export function changeSources(tx: Tx): void {
  if (!tx.state.transport.playing) {
    enterSources(tx)
    return
  }
  tx.change('band', { changes: comingMeasure(tx) })
  follow(tx)
}

/** The other sources have come. */
export function enterSources(tx: Tx): void {
  tx.change('band', { sources: sourcesOf(tx.state), changes: null })
  for (const track of bandTracks) if (tx.state.settings[`source-${track}`] !== 'band') forget(tx, track)
  if (tx.state.settings['source-bass'] !== 'band') leaveDrums(tx)
  follow(tx)
}

function forget(tx: Tx, track: BandTrack): void {
  tx.dismiss(jobOf[track])
  planOf(tx, track, noPlan)
}

/** A part is at something else. */
export function planOf(tx: Tx, track: BandTrack, plan: PartPlan): void {
  tx.change('band', { plans: { ...tx.state.band.plans, [track]: plan } })
}

/** Keeps the band planned: this measure, if it is still to come or has no notes, and the next one. */
export function follow(tx: Tx): void {
  const { transport, settings, band } = tx.state
  if (!transport.playing) return
  const plays = (track: BandTrack) => settings[`source-${track}`] === 'band' || band.sources[track] === 'band'
  if (!bandTracks.some(plays)) {
    if (band.planAt !== null) rest(tx)
    return
  }
  if (band.planAt === null) tx.change('band', { seed: tx.drawSeed() })
  for (const track of bandTracks) askFor(tx, track)
  planNext(tx)
}

/** Looks again where the next measure begins; while all that can be asked for is awaited, only once an answer has come. */
function planNext(tx: Tx): void {
  const { settings, asked } = tx.state
  const waits = bandTracks.every((track) => settings[`source-${track}`] !== 'band' || asked[jobOf[track]])
  const next = tx.beat < -rounding ? 0 : nextStart(tx.state, thisStart(tx))
  tx.change('band', { planAt: waits ? Number.POSITIVE_INFINITY : next })
}

/** Where the measure begins that it is now; the first one, during the count-in. */
export function thisStart({ state: { transport }, beat }: Tx): Beats {
  const form = formAt(transport, beat)
  return Math.max(0, measureStart(form, measureAt(form, beat + rounding).measure))
}

/** Where the measure ends that begins at a beat. */
export function nextStart(state: BandState, start: Beats): Beats {
  const { metre } = formAt(state.transport, start)
  return start + measureBeats(metre)
}

/** Asks for the first measure of this one and the next that is not planned. */
export function askFor(tx: Tx, track: BandTrack): void {
  if (tx.isAhead) return
  const { state } = tx
  const { plans, changes } = state.band
  if (state.settings[`source-${track}`] !== 'band' || state.asked[jobOf[track]]) return
  const now = thisStart(tx)
  const starts = [now, nextStart(state, now)].filter((start) => changes === null || start >= changes - rounding)
  const start = starts.find((each) => !plans[track].measures.some((measure) => isAt(measure, each)))
  if (start !== undefined) askMeasure(tx, track, start, measureFrom(stateAt(tx, start), start), 0)
}

/** Whether a measure begins at a beat. */
export function isAt({ start }: Pick<PlannedMeasure, 'start'>, beat: Beats): boolean {
  return Math.abs(start - beat) < rounding
}

/** The state at a beat, if nobody does anything: another section of a song may have come, with other chords. */
export function stateAt({ features, state, at }: Tx, beat: Beats): BandState {
  return stateAhead(features as unknown as FeatureSet<BandState>, { ...state, now: at }, beat)
}

/** Asks for a measure; of one that has begun, for what comes from a beat of it on. */
export function askMeasure(tx: Tx, track: BandTrack, start: Beats, written: PlannedMeasure['now'], from: Beats): void {
  const { state } = tx
  const { plans, seed } = state.band
  const { settings } = state
  const here = stateAt(tx, start)
  const after = nextStart(here, start)
  const end = endOf(state, start, after)
  const isLast = end.end !== undefined && end.end !== null
  const changed = isLast && from === 0 ? measureFrom(here, start, true) : written
  const now = end.end && end.end !== 'over' ? withChordAt(changed, end.end.beat) : changed
  const previous = plans[track].measures.filter((measure) => measure.start < start + (from > 0 ? rounding : -rounding))
  const bass = plans.bass.measures.find((measure) => isAt(measure, start))
  planOf(tx, track, { ...plans[track], asked: { start, now, from } })
  tx.ask(jobOf[track], {
    now,
    next: measureFrom(stateAt(tx, after), after, end.isBeforeEnd === true || isLast),
    measure: Math.round(start / measureBeats(now.metre)),
    inSection: placeInPhrase(state, start),
    style: chosenBandStyle(state),
    bpm: settings.tempo,
    intensity: heardIntensity(settings.intensity, energyOf(state)),
    isCrowded: isCrowded(state),
    ...(settings['stop-time'] && { isStopTime: true }),
    seed,
    from,
    ...end,
    ...(track === 'bass' ? { kicks: kicksIn(state, start, now) } : bass && { bass: bass.notes }),
    previous: toldOf(previous, now),
  })
}

/** What was played before, as far as it matters for a measure. */
function toldOf(previous: readonly PlannedMeasure[], measure: PlannedMeasure['now']): PlayedMeasure[] {
  const earlier = previous.slice(0, -questionMeasures).filter(({ now }) => isSameHarmony(now, measure))
  return [...earlier.slice(-questionMeasures), ...previous.slice(-questionMeasures)].map(({ now, notes }) => ({
    now,
    notes,
  }))
}

/** A line with more notes a beat is busy, and one whose middle is below this pitch is low. */
const [busy, low] = [2, 60]

/** Whether the performer's line leaves little room, as far as the last measure tells. */
function isCrowded({ listening }: BandState): boolean {
  const last = listening.listener.heard.at(-1)
  return (
    last !== undefined && last.notes > 0 && (last.notes > busy * last.beats || last.lowest + last.highest < 2 * low)
  )
}

/** The last chord of the music, where it is in a measure or begins the next one. */
function endOf(
  { transport: { ending } }: BandState,
  start: Beats,
  after: Beats,
): Pick<BandQuestion, 'end' | 'isBeforeEnd'> {
  if (!ending || ending.beat > after + rounding) return {}
  if (Math.abs(ending.beat - after) < rounding) return { isBeforeEnd: true }
  if (ending.beat < start - rounding) return { end: 'over' }
  return { end: { beat: Math.max(0, ending.beat - start), beats: ending.stop - ending.beat } }
}

/** Where the bass drum will be in a measure, on sixteenths; null where no drums play. */
function kicksIn(state: BandState, start: Beats, { metre }: PlannedMeasure['now']): Beats[] | null {
  const length = measureBeats(metre)
  const hits: DueNote[] = []
  drumNotes({ state, from: start, to: start + length }, (note) => hits.push(note))
  const kicks = hits.filter(({ drum }) => drum === 'kick').map(({ beat }) => Math.round(4 * (beat - start)) / 4)
  return hits.length === 0 ? null : [...new Set(kicks)].filter((beat) => beat >= 0 && beat < length)
}

/** Receives a measure. */
export function receive(tx: Tx, track: BandTrack, answer: BandAnswer | null, message?: string): void {
  receiveMeasure(tx, track, answer, message)
  if (tx.state.band.planAt !== null) planNext(tx)
}

function receiveMeasure(tx: Tx, track: BandTrack, answer: BandAnswer | null, message?: string): void {
  const plan = tx.state.band.plans[track]
  const { asked } = plan
  planOf(tx, track, { ...plan, asked: null })
  if (!asked) {
    // What was asked for is wanted no more.
    askFor(tx, track)
    return
  }
  if (!answer) {
    tx.notify('band-failed', message)
    return
  }
  const { start, now, from } = asked
  const kept = plan.measures.find((measure) => isAt(measure, start))?.notes.filter(({ beat }) => beat < from) ?? []
  const measures = plan.measures.filter((measure) => !isAt(measure, start))
  const played = [...measures, { start, now, notes: [...kept, ...answer.notes] }]
  planOf(tx, track, { measures: played.sort((a, b) => a.start - b.start).slice(-remembered), asked: null })
  if (track === 'bass') joinDrums(tx, { start, now, notes: answer.notes })
  askFor(tx, track)
}

/** Another metre has come: what comes is planned anew, and drums that play with the band go along where its bass is planned. */
export function followMetre(tx: Tx): void {
  replan(tx)
  const start = thisStart(tx)
  const planned = tx.state.band.plans.bass.measures.find((measure) => isAt(measure, start))
  if (planned) joinDrums(tx, planned)
}

/** Plans anew from the next measure on: the chords, the metre or the style have changed. */
export function replan(tx: Tx): void {
  const { transport, band } = tx.state
  // What was played was for other music.
  if (!transport.playing) tx.change('band', { plans: silentBand.plans })
  if (!transport.playing || band.planAt === null) return
  const coming = comingMeasure(tx)
  for (const track of bandTracks) {
    // A late worker is not asked again and again.
    if (!tx.state.asked[jobOf[track]]?.late) tx.dismiss(jobOf[track])
    const { measures: planned } = tx.state.band.plans[track]
    const measures = planned.filter(({ start, now }) => {
      return start < coming - rounding && (start < tx.beat - rounding || sameMetre(now.metre, transport.form.metre))
    })
    planOf(tx, track, { measures, asked: null })
  }
  follow(tx)
}
