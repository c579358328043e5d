import { type Groove, onSixteenths } from '../../../groove/index.ts'
import {
  type Beats,
  type ChordChange,
  type MidiPitch,
  measureBeats,
  mod,
  type Note,
  rounding,
  stepBeat,
} from '../../../music/index.ts'
import {
  chordsBetween,
  drumLoop,
  drumPhase,
  measureAt,
  type PlannedMeasure,
  type SessionState,
} from '../../../session/index.ts'
import { grooveOf } from '../unrolled.ts'
import { type Figure, spoken } from './figure.ts'
import { type KeySignature, keySignature } from './spelling.ts'
import { type Staff, systemsToAbc, valuesInLine } from './to-abc.ts'

/** A system of the band's score: measures of the form, from 1 on. */
export type BandFigure = Figure & { readonly first: number; readonly last: number }

/** Where no chart says how long the form is, it is one phrase. */
const phrase = 8

/**
 * What the band plays, system by system through the form: each measure as it was played last, or as it is planned. Rhythms
 * that swing are written straight, as charts are.
 *
 * @param values how many note values fit a system.
 */
export function bandFigures(
  state: SessionState,
  names: Readonly<Record<'bass' | 'chords' | 'drums', string>>,
  values: number = valuesInLine.wide,
): BandFigure[] {
  const { metre, beat: begins } = state.transport.form
  const { chart } = state.material
  const length = chart?.chart.length ?? phrase
  const perMeasure = measureBeats(metre)
  const placeOf = ({ start }: PlannedMeasure) =>
    mod(measureAt(state.transport.form, start + rounding).measure - (chart?.phase ?? 0), length)
  const written = (track: 'bass' | 'chords'): Written => {
    const known = state.band.plans[track].measures.filter(({ start }) => start >= begins - rounding)
    return new Map(known.map((measure) => [placeOf(measure), measure]))
  }
  const [bass, chords] = [written('bass'), written('chords')]
  const places = [...bass.keys(), ...chords.keys()]
  if (places.length === 0) return []
  const measures = Math.min(length, Math.max(...places) + 1)
  const changes = changesIn(new Map([...chords, ...bass]), perMeasure)
  const groove = grooveIn(state, measures)
  const [low, high] = [notesOf(bass, perMeasure), notesOf(chords, perMeasure)]
  const staves: Staff[] = [
    ...(chords.size > 0 ? [{ name: names.chords, ...inHands(high) }] : []),
    ...(bass.size > 0 ? [{ name: names.bass, notes: low }] : []),
    ...(groove ? [{ name: names.drums, groove }] : []),
  ]
  const onsets = mostOnsets(staves, perMeasure)
  const inLine = [4, 2].find((count) => count * onsets <= values) ?? 1
  return systemsToAbc({ metre, measures, key: keyOf(state, changes), chords: changes, staves }, inLine).map(
    (abc, line) => {
      const [first, last] = [line * inLine, Math.min((line + 1) * inLine, measures)]
      const isHere = ({ beat }: Note) => beat >= first * perMeasure && beat < last * perMeasure
      return { abc, first: first + 1, last, spoken: spoken(low.filter(isHere).map(({ pitch }) => pitch)) }
    },
  )
}

/** What is written in the measures of the form, by their places from 0. */
type Written = ReadonlyMap<number, PlannedMeasure>

/** The notes of all measures, from the start of the form. */
function notesOf(written: Written, perMeasure: Beats): Note[] {
  return [...written].flatMap(([place, { notes }]) =>
    notes.map((note) => ({ ...note, beat: place * perMeasure + note.beat })),
  )
}

/** Where other chords begin. */
function changesIn(written: Written, perMeasure: Beats): ChordChange[] {
  const all = [...written]
    .sort(([one], [other]) => one - other)
    .flatMap(([place, { now }]) => now.chords.map(({ beat, chord }) => ({ beat: place * perMeasure + beat, chord })))
  return all.filter(({ chord }, index) => chord?.symbol !== all[index - 1]?.chord?.symbol)
}

/** The key of the chart, or of the chords that are known. */
function keyOf(state: SessionState, changes: readonly ChordChange[]): KeySignature {
  const { form } = state.transport
  const { chart } = state.material
  const length = (chart?.chart.length ?? 0) * measureBeats(form.metre)
  const chords = chart ? chordsBetween(state, form.beat, form.beat + length) : changes
  return keySignature(chords.flatMap(({ chord }) => chord?.tones ?? []))
}

/** The drums as they go through the form; null where none play. */
function grooveIn(state: SessionState, measures: number): Groove | null {
  const { material, transport, grooves, settings } = state
  const { metre } = transport.form
  const loop = drumLoop(material, metre, settings)
  if (!loop) return null
  const chosen = material.grooves[grooves.playing]
  const groove = (chosen && grooves.rounds?.answer)?.plain ?? chosen?.plain ?? loop.groove
  const start = (material.chart?.phase ?? 0) - drumPhase(state, loop)
  return grooveOf(onSixteenths(groove), { metre, measures, start })
}

/** Below this, a voicing that reaches lower is for two hands; middle C parts them. */
const lowestInTreble: MidiPitch = 55
const middle: MidiPitch = 60

/** Chords on one staff, or on two where they are low. */
function inHands(notes: readonly Note[]): { readonly notes: readonly Note[] } | { readonly hands: [Note[], Note[]] } {
  const lowest = new Map<Beats, MidiPitch>()
  for (const { beat, pitch } of notes) lowest.set(beat, Math.min(pitch, lowest.get(beat) ?? pitch))
  const isUpper = ({ beat, pitch }: Note) => pitch >= middle || (lowest.get(beat) ?? 0) >= lowestInTreble
  const lower = notes.filter((note) => !isUpper(note))
  return lower.length === 0 ? { notes } : { hands: [notes.filter(isUpper), lower] }
}

/** The most places in a measure where something begins on one staff. */
function mostOnsets(staves: readonly Staff[], perMeasure: Beats): number {
  const places = staves.map((staff) =>
    'groove' in staff
      ? staff.groove.hits.map(({ step }) => stepBeat(step))
      : ('hands' in staff ? staff.hands.flat() : staff.notes).map(({ beat }) => beat),
  )
  const counts = places.flatMap((beats) => {
    const perPlace = new Map<number, number>()
    for (const beat of new Set(beats)) {
      const measure = Math.floor(beat / perMeasure + rounding)
      perPlace.set(measure, (perPlace.get(measure) ?? 0) + 1)
    }
    return [...perPlace.values()]
  })
  return Math.max(0, ...counts)
}
