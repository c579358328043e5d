import { type Chart, type Chord, keySignature, transposeChord } from '../../music/index.ts'

/** A chart moved by semitones, its chords named for the key that it is moved to; the same chart for the same move. */
export function transposedChart(chart: Chart, by: number): Chart {
  if (by === 0) return chart
  const moves = transposed.get(chart) ?? new Map<number, Chart>()
  transposed.set(chart, moves)
  const known = moves.get(by)
  if (known) return known
  const key = keySignature(chart.flat().flatMap((chord) => chord?.tones.map((tone) => tone + by) ?? []))
  const moved = chart.map((chords) => chords.map((chord) => chord && transposeChord(chord, by, key)))
  moves.set(by, moved)
  return moved
}

const transposed = new WeakMap<Chart, Map<number, Chart>>()

/** A chord that was played, moved by semitones; the same chord for the same move. */
export function transposedChord(chord: Chord | null, by: number): Chord | null {
  return chord && (transposedChart(chartOf(chord), by)[0]?.[0] ?? null)
}

function chartOf(chord: Chord): Chart {
  const chart = charts.get(chord) ?? [[chord]]
  charts.set(chord, chart)
  return chart
}

const charts = new WeakMap<Chord, Chart>()
