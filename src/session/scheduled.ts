import type { DrumHit } from '../groove/index.ts'
import { type Beats, clampVelocity, type Drum, drumPitch, measureBeats, type Note, stepBeat } from '../music/index.ts'
import { beatAt, secondsAt, tempoAt } from '../timing/index.ts'
import { bringAbout, nextDue } from './due.ts'
import { fitGroove, fitNotes, gridBeat } from './fit.ts'
import { measureStart, swingOf, swungIn, swungLength } from './form.ts'
import { drumLoop } from './grooves.ts'
import { audible, Moment } from './moment.ts'
import type { Form, Loop, SessionState } from './state.ts'
import { loopTracks, type Track } from './tracks.ts'

/** A note that is due. */
export type DueNote = Note & {
  readonly track: Track
  /** The track's volume: 1 is as played. */
  readonly gain: number
  readonly drum?: Drum
  /** Which of the three clicks it is. */
  readonly click?: Click
}

/** The clicks: where the loop starts, where a measure does, and on each other unit. */
export type Click = 'loop' | 'bar' | 'beat'

/** General MIDI's percussion for the clicks, and how hard they are struck. */
const clicks = {
  loop: { pitch: 34, velocity: 120 },
  bar: { pitch: 76, velocity: 110 },
  beat: { pitch: 77, velocity: 80 },
} as const

/** No note sounds further from its place in its loop: swing, feel and an early first note together. */
const farthest: Beats = 2

/** A window longer than this is an accident. */
const longestWindow: Beats = 100_000

/**
 * The notes of loops, drums and click that sound from a beat on, up to but without another, in order.
 *
 * It only looks, and it looks ahead: what will change by itself at a bar line, such as a take that ends, has its notes
 * here. Windows side by side give together what one window over all of them gives, for as long as the state is the
 * same. What the performer changes comes at places that nobody has asked for yet, if windows end at most
 * `lookAheadSeconds` ahead.
 */
export function notesBetween(state: SessionState, from: Beats, to: Beats): DueNote[] {
  if (!state.transport.playing || !(to > from) || to - from > longestWindow) return []
  const due: DueNote[] = []
  const add = (note: DueNote) => {
    if (note.beat >= from && note.beat < to) due.push(note)
  }
  for (const stretch of stretchesUpTo(state, to + farthest)) {
    const near = { ...stretch, from: Math.max(stretch.from, from - farthest), to: Math.min(stretch.to, to + farthest) }
    addClicks(near, add)
    addLoops(near, add)
    addDrums(near, add)
  }
  return due.sort((a, b) => a.beat - b.beat)
}

/** A state, and from where to where the places are whose notes it has; they may sound a little outside. */
type Stretch = { readonly state: SessionState; readonly from: Beats; readonly to: Beats }

type Add = (note: DueNote) => void

/** The states that follow each other by themselves, if nobody does anything, as long as the music goes on. */
function stretchesUpTo(state: SessionState, last: Beats): Stretch[] {
  const ahead = new Moment(state, state.now, null)
  const stretches: Stretch[] = []
  let from = Number.NEGATIVE_INFINITY
  for (;;) {
    const { timeline } = ahead.state.transport
    const until = secondsAt(timeline, last)
    const due = nextDue(ahead, until)
    const isLast = !due || due.at > until
    const to = isLast ? Number.POSITIVE_INFINITY : Math.max(from, onBeat(beatAt(timeline, due.at)))
    stretches.push({ state: ahead.state, from, to })
    if (isLast) return stretches
    bringAbout(ahead, due)
    const { playing, begun } = ahead.state.transport
    if (!playing || begun !== state.transport.begun) return stretches
    from = to
  }
}

/** What clocks round. */
const roundingBeats: Beats = 1e-6

/** What falls on a sixty-fourth is there, whatever a clock rounds. */
function onBeat(beat: Beats): Beats {
  const rounded = Math.round(beat * 16) / 16
  return Math.abs(beat - rounded) < roundingBeats ? rounded : beat
}

function addClicks({ state, from, to }: Stretch, add: Add): void {
  if (!audible(state, 'click')) return
  const { material, settings, transport } = state
  const { beat: start, metre } = transport.form
  const { measures, phase } = material.bass ?? { measures: settings.measures, phase: 0 }
  const unit = 4 / metre.denominator
  const gain = settings['volume-click']
  for (let count = Math.ceil((from - start) / unit); start + count * unit < to; count++) {
    const startsLoop = (count - phase * metre.numerator) % (measures * metre.numerator) === 0
    const click = startsLoop ? 'loop' : count % metre.numerator === 0 ? 'bar' : 'beat'
    add({ track: 'click', click, ...clicks[click], beat: start + count * unit, beats: unit / 4, gain })
  }
}

function addLoops(stretch: Stretch, add: Add): void {
  const { state } = stretch
  const { settings, material, transport } = state
  const { form } = transport
  const swing = swingOf(state)
  for (const track of loopTracks) {
    const loop = material[track]
    if (!loop || !audible(state, track) || isReplaced(state, track)) continue
    const gain = settings[`volume-${track}`]
    const notes = fitNotes(loop, form.metre)
    for (const pass of passes(form, loop, stretch)) {
      for (const note of notes) {
        const place = gridBeat(note.beat)
        if (!isIn(stretch, loop.from, pass + place)) continue
        const late = (note.beat - place) * (1 - settings.quantise)
        const onset = pass + place + late
        const beats = swungLength(form, onset, note.beats, swing)
        add({ ...note, track, gain, beat: swungIn(form, onset, swing), beats })
      }
    }
  }
}

/** While another take is recorded in its stead, a loop is silent. */
function isReplaced({ recorder: { take } }: SessionState, track: Track): boolean {
  return take?.track === track && !take.overdub
}

function addDrums(stretch: Stretch, add: Add): void {
  const { state } = stretch
  const { settings, grooves, material, transport } = state
  const { form, timeline } = transport
  const loop = drumLoop(material, form.metre)
  if (!loop || !audible(state, 'drums')) return
  const gain = settings['volume-drums']
  const swing = swingOf(state)
  const answer = material.grooves[grooves.playing] ?? { plain: loop.groove, felt: loop.groove }
  const plain = fitGroove(answer.plain, form.metre).hits
  const felt = fitGroove(answer.felt, form.metre).hits
  for (const pass of passes(form, { phase: loop.phase, measures: answer.plain.measures }, stretch)) {
    for (const [index, onGrid] of plain.entries()) {
      const place = pass + stepBeat(onGrid.step)
      if (!isIn(stretch, loop.from, place)) continue
      const { drum, velocity, offsetMs } = between(onGrid, felt[index] ?? onGrid, settings.feel)
      const late = clamp((offsetMs * tempoAt(timeline, place)) / 60_000, stepBeat(1) / 2)
      const beat = swungIn(form, place, swing) + late
      add({ track: 'drums', drum, pitch: drumPitch(drum), velocity, beat, beats: stroke, gain })
    }
  }
}

/** How long a stroke lasts, for those who have to end it. */
const stroke: Beats = 1 / 8

function between(plain: DrumHit, felt: DrumHit, feel: number): DrumHit {
  return {
    ...plain,
    velocity: clampVelocity(plain.velocity + feel * (felt.velocity - plain.velocity)),
    offsetMs: plain.offsetMs + feel * (felt.offsetMs - plain.offsetMs),
  }
}

/** A stroke stays nearest to its own step, at whatever tempo it was made. */
function clamp(beats: Beats, most: Beats): Beats {
  return Math.min(most, Math.max(-most, beats))
}

function isIn({ from, to }: Stretch, begins: Beats, place: Beats): boolean {
  return place >= begins && place >= from && place < to
}

/** Where the passes of a loop begin that have places in a stretch. */
function* passes(form: Form, { phase, measures }: Pick<Loop, 'phase' | 'measures'>, near: Stretch): Generator<Beats> {
  const start = measureStart(form, phase)
  const length = measures * measureBeats(form.metre)
  for (let pass = Math.floor((near.from - start) / length); start + pass * length < near.to; pass++) {
    yield start + pass * length
  }
}
