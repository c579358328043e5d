import type { Bassline, Groove } from '../groove/index.ts'
import { drums, pitchName, type Steps, stepsPerMeasure, type Velocity } from '../music/index.ts'

/** A stroke this hard is drawn as loud. */
const loud: Velocity = 90

/** Steps side by side before a new system begins below: what a terminal of a hundred columns holds. */
const systemSteps = 72

type Stroke = { readonly step: Steps; readonly velocity: Velocity; readonly steps?: Steps }

/**
 * A bassline and its groove as text: a row a bass pitch or drum, a column a sixteenth, a bar between
 * measures. `X` is a loud stroke, `x` a softer one, `-` holds a note.
 */
export function stepGrid({ metre, measures, notes }: Bassline, { hits }: Groove): string {
  const perMeasure = stepsPerMeasure(metre)
  const perSystem = Math.max(1, Math.floor(systemSteps / perMeasure))
  const systems: string[] = []
  for (let first = 0; first < measures; first += perSystem) {
    const count = Math.min(perSystem, measures - first)
    const from = first * perMeasure
    const to = from + count * perMeasure
    const inside = <T extends Stroke>(strokes: readonly T[]) =>
      strokes.filter(({ step }) => step >= from && step < to).map((stroke) => ({ ...stroke, step: stroke.step - from }))
    const draw = (label: string, strokes: readonly Stroke[]) => row(label, strokes, count, perMeasure)

    const bass = inside(notes)
    const strokes = inside(hits)
    const pitches = [...new Set(bass.map(({ pitch }) => pitch))].sort((a, b) => b - a)
    const played = drums.filter((drum) => strokes.some((hit) => hit.drum === drum)).reverse()
    systems.push(
      [
        ruler(first, count, perMeasure),
        ...pitches.map((pitch) =>
          draw(
            pitchName(pitch),
            bass.filter((note) => note.pitch === pitch),
          ),
        ),
        ...played.map((drum) =>
          draw(
            drum,
            strokes.filter((hit) => hit.drum === drum),
          ),
        ),
      ].join('\n'),
    )
  }
  return systems.join('\n\n')
}

function ruler(first: number, count: number, perMeasure: Steps): string {
  const numbers = Array.from({ length: count }, (_, index) => `${first + index + 1}`.padEnd(perMeasure))
  return `${' '.repeat(12)} ${numbers.join(' ')}`.trimEnd()
}

function row(label: string, strokes: readonly Stroke[], measures: number, perMeasure: Steps): string {
  const cells = Array<string>(measures * perMeasure).fill('·')
  for (const { step, velocity, steps = 1 } of strokes) {
    cells.fill('-', step + 1, step + steps)
    cells[step] = velocity >= loud ? 'X' : 'x'
  }
  const bars = Array.from({ length: measures }, (_, index) =>
    cells.slice(index * perMeasure, (index + 1) * perMeasure).join(''),
  )
  return `${label.padStart(11)} |${bars.join('|')}|`
}
