import { chordChanges, farthestChord } from '../../improv/index.ts'
import {
  type Beats,
  type Chart,
  type Chord,
  type ChordChange,
  type Metre,
  measureBeats,
  measureShares,
  mod,
} from '../../music/index.ts'
import { formAt, measureAt, measureStart } from '../transport/index.ts'
import { fitBeat } from './fit.ts'
import { chordsOf, roundMeasures } from './harmony-played.ts'
import type { Loop, Material } from './material.ts'
import type { TracksState } from './state.ts'
import { transposedChart, transposedChord } from './transposed.ts'

/** Chords that go round: changes from beat 0 of a cycle, in rising order. */
type Cycle = { readonly length: Beats; readonly changes: readonly ChordChange[] }

/** What is known of the harmony at a beat. */
export type Harmony = {
  readonly chord: Chord | null
  /** The next different chord; null where none comes within {@link farthestChord}. */
  readonly nextChord: Chord | null
  readonly beatsToNextChord: Beats
}

const noHarmony: Harmony = { chord: null, nextChord: null, beatsToNextChord: 0 }

/** What the harmony depends on. */
type HarmonyState = Pick<TracksState, 'transport' | 'material'> & {
  readonly settings: Pick<TracksState['settings'], 'transpose'>
}

/** The harmony at a beat: that of the chart, or else of the chords that were played. */
export function harmonyAt({ transport, material, settings }: HarmonyState, beat: Beats): Harmony {
  const form = formAt(transport, beat)
  const { measure: passed } = measureAt(transport.form, form.beat)
  const { chart } = material
  const { chords, bass } = material.loops
  if (chart) {
    const cycle = chartCycle(transposedChart(chart.chart, settings.transpose), form.metre)
    return inCycle(cycle, beat - measureStart(form, chart.phase - passed))
  }
  if (!chords) return noHarmony
  const played = inCycle(loopCycle(chords, bass, form.metre), beat - measureStart(form, chords.phase - passed))
  const [chord, nextChord] = [played.chord, played.nextChord].map((each) => transposedChord(each, settings.transpose))
  return { ...played, chord: chord ?? null, nextChord: nextChord ?? null }
}

/** Chords may change on any sixteenth. */
export const chordGrid: Beats = 1 / 4

/** The changes of harmony from a beat on up to another, counted from it: a chord that sounds there already is the first. */
export function chordsBetween(state: HarmonyState, from: Beats, to: Beats): ChordChange[] {
  const changes = chordChanges([0, to - from], chordGrid, (beat) => harmonyAt(state, from + beat).chord)
  return changes[0]?.chord ? changes : changes.slice(1)
}

function inCycle({ length, changes }: Cycle, beat: Beats): Harmony {
  if (changes.length === 0) return noHarmony
  const place = mod(beat, length)
  const found = changes.findLastIndex((change) => change.beat <= place)
  const index = found < 0 ? changes.length - 1 : found
  const chord = changes[index]?.chord ?? null
  for (let step = 1; step <= changes.length; step++) {
    const next = changes[(index + step) % changes.length] as ChordChange
    const ahead = mod(next.beat - place, length)
    if (ahead > farthestChord) break
    if (next.chord && next.chord.symbol !== chord?.symbol) {
      return { chord, nextChord: next.chord, beatsToNextChord: ahead }
    }
  }
  return { chord, nextChord: null, beatsToNextChord: 0 }
}

function chartCycle(chart: Chart, metre: Metre): Cycle {
  return remembered(chart, metre, () => {
    const length = measureBeats(metre)
    const changes = chart.flatMap((chords, measure) =>
      measureShares(metre, chords.length).map((share, index) => ({
        beat: measure * length + share,
        chord: chords[index] ?? null,
      })),
    )
    return { length: chart.length * length, changes }
  })
}

/** The chords of a loop over the bass, which come round when both loops do. */
function loopCycle(loop: Loop, bass: Loop | null, metre: Metre): Cycle {
  const chords = chordsOf(loop, bass)
  return remembered(chords, metre, () => {
    const changes = chords.flatMap(({ beat, chord }) => {
      const fitted = fitBeat(beat, loop.metre, metre)
      return fitted === null ? [] : [{ beat: fitted, chord }]
    })
    return { length: roundMeasures(loop, bass) * measureBeats(metre), changes }
  })
}

/** Recognises the chords of loops before a key asks for them: that takes longer than a key may wait. */
export function prepareHarmony({ chart, loops: { chords, bass } }: Material): void {
  if (chords && !chart) chordsOf(chords, bass)
}

/** Makes a cycle once for a chart, or for a loop's chords, in a metre. */
function remembered(of: object, metre: Metre, make: () => Cycle): Cycle {
  const known = cycles.get(of)?.get(metre)
  if (known) return known
  const cycle = make()
  cycles.set(of, (cycles.get(of) ?? new WeakMap<Metre, Cycle>()).set(metre, cycle))
  return cycle
}

const cycles = new WeakMap<object, WeakMap<Metre, Cycle>>()
