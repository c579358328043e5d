import { chordIndexAt, type FormMeasure, isSameChord } from '../../band/index.ts'
import { type Beats, type Chord, measureBeats, mod, type PitchClass, rounding } from '../../music/index.ts'
import { chordsBetween } from '../tracks/index.ts'
import { formAt, measureAt } from '../transport/index.ts'
import { harmonyNow } from '../zones/index.ts'
import type { BandState } from './state.ts'

/**
 * The measure that begins at a beat, with the chords that hands hold, that are written or that were recorded.
 *
 * @param isLast the music ends in it: no pedal is held any more.
 */
export function measureFrom(state: BandState, start: Beats, isLast = false): FormMeasure {
  const { metre } = formAt(state.transport, start)
  const live = liveChord(state, start)
  const written = live ? [{ beat: 0, chord: live }] : chordsBetween(state, start, start + measureBeats(metre))
  const chords = written[0]?.beat === 0 ? written : [{ beat: 0, chord: null }, ...written]
  const pedal = state.settings['band-pedal'] && !isLast ? pedalOf(state, start) : null
  return { metre, section: null, chords: pedal === null ? chords : chords.map((each) => over(each, pedal)) }
}

/** The pedal under the chords: the fifth of the key, which is that of the form's first chord. */
function pedalOf(state: BandState, beat: Beats): PitchClass | null {
  const { chart } = state.material
  const first = chart ? chart.chart[0]?.[0] : harmonyNow(state, beat).chord
  return first ? mod(first.root + fifth + (chart ? state.settings.transpose : 0), 12) : null
}

const fifth = 7

function over({ beat, chord }: FormMeasure['chords'][number], bass: PitchClass): FormMeasure['chords'][number] {
  return { beat, chord: chord && { ...chord, bass } }
}

/** A measure whose chords are those of another one from a beat on. */
export function changedMeasure(measure: FormMeasure, from: Beats, other: FormMeasure): FormMeasure {
  const before = measure.chords.filter(({ beat }) => beat < from)
  const chord = other.chords[chordIndexAt(other, from)]?.chord ?? null
  const begins = isSameChord(before.at(-1)?.chord, chord) ? [] : [{ beat: from, chord }]
  return { ...measure, chords: [...before, ...begins, ...other.chords.filter(({ beat }) => beat > from)] }
}

/** A measure in which the music ends: where it is silent there, the chord that comes then is struck, or else its first. */
export function withChordAt(measure: FormMeasure, beat: Beats): FormMeasure {
  const isSilent = !measure.chords[chordIndexAt(measure, beat)]?.chord
  const sounding = measure.chords.filter(({ chord }) => chord)
  const last = sounding.find((each) => each.beat >= beat) ?? sounding[0]
  if (!isSilent || !last) return measure
  return { ...measure, chords: [...measure.chords.filter((each) => each.beat < beat), { ...last, beat }] }
}

/** The chord of the hands, where that counts. */
function liveChord(state: BandState, beat: Beats): Chord | null {
  const { chord } = state.liveHarmony
  return chord && harmonyNow(state, beat).chord === chord ? chord : null
}

/** How many measures a phrase has. */
const phrase = 8

/** How many measures of its phrase are before a measure, and how many come after it. */
export function placeInPhrase(state: BandState, start: Beats): { before: number; after: number } {
  const form = formAt(state.transport, start)
  const { measure } = measureAt(form, start + rounding)
  const { chart } = state.material
  const length = chart ? chart.chart.length : phrase
  const place = mod(measure - (chart?.phase ?? 0), length)
  const before = place % phrase
  return { before, after: Math.min(phrase - 1 - before, length - 1 - place) }
}
