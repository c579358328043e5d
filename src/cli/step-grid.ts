import { drums, pitchName, type Steps, type Velocity } from '../music/index.ts'
import type { SongHit, SongNote } from './song-groove.ts'

/** A stroke this hard is drawn as loud. */
const loud: Velocity = 90

/** Steps side by side before a new system begins below: what a terminal of a hundred columns holds. */
const systemSteps = 72

/** Measures of one length in a row. */
export type GridRun = {
  /** The number of its first measure; a pickup has 0. */
  readonly bar: number
  readonly firstStep: Steps
  readonly measures: number
  readonly stepsPerMeasure: Steps
}

type Stroke = { readonly step: Steps; readonly velocity: Velocity; readonly steps?: Steps }

/**
 * A bassline and its groove as text: a row a bass pitch or drum, a column a step, a bar between measures. `X` is a loud
 * stroke, `x` a softer one, `-` holds a note. Notes and strokes are sorted by step.
 */
export function stepGrid(
  runs: readonly GridRun[],
  notes: readonly Pick<SongNote, 'step' | 'steps' | 'pitch' | 'velocity'>[],
  hits: readonly Pick<SongHit, 'step' | 'drum' | 'velocity'>[],
): string {
  return runs
    .flatMap((run) => systemsOf(run))
    .map((system) => draw(system, notes, hits))
    .join('\n\n')
}

/** A run in pieces that fit side by side. */
function systemsOf({ bar, firstStep, measures, stepsPerMeasure }: GridRun): GridRun[] {
  const perSystem = Math.max(1, Math.floor(systemSteps / stepsPerMeasure))
  return Array.from({ length: Math.ceil(measures / perSystem) }, (_, index) => ({
    bar: bar + index * perSystem,
    firstStep: firstStep + index * perSystem * stepsPerMeasure,
    measures: Math.min(perSystem, measures - index * perSystem),
    stepsPerMeasure,
  }))
}

function draw(system: GridRun, notes: Parameters<typeof stepGrid>[1], hits: Parameters<typeof stepGrid>[2]): string {
  const { firstStep, measures, stepsPerMeasure } = system
  const end = firstStep + measures * stepsPerMeasure
  const inside = <T extends Stroke>(strokes: readonly T[]) =>
    strokes
      .slice(firstFrom(strokes, firstStep), firstFrom(strokes, end))
      .map((stroke) => ({ ...stroke, step: stroke.step - firstStep }))
  const bass = inside(notes)
  const strokes = inside(hits)
  const pitches = [...new Set(bass.map(({ pitch }) => pitch))].sort((a, b) => b - a)
  const played = drums.filter((drum) => strokes.some((hit) => hit.drum === drum)).reverse()
  const rows = [
    ...pitches.map((pitch) => ({ label: pitchName(pitch), strokes: bass.filter((note) => note.pitch === pitch) })),
    ...played.map((drum) => ({ label: drum, strokes: strokes.filter((hit) => hit.drum === drum) })),
  ]
  return [ruler(system), ...rows.map(({ label, strokes }) => row(label, strokes, system))].join('\n')
}

/** The index of the first stroke at a step or later, by halving: a file may have a million. */
function firstFrom(strokes: readonly Stroke[], step: Steps): number {
  let [low, high] = [0, strokes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((strokes[middle]?.step ?? step) < step) low = middle + 1
    else high = middle
  }
  return low
}

function ruler({ bar, measures, stepsPerMeasure }: GridRun): string {
  const numbers = Array.from({ length: measures }, (_, index) => `${bar + index}`.padEnd(stepsPerMeasure))
  return `${' '.repeat(12)} ${numbers.join(' ')}`.trimEnd()
}

function row(label: string, strokes: readonly Stroke[], { measures, stepsPerMeasure }: GridRun): string {
  const cells = Array<string>(measures * stepsPerMeasure).fill('·')
  for (const { step, velocity, steps = 1 } of strokes) {
    cells.fill('-', step + 1, step + steps)
    cells[step] = velocity >= loud ? 'X' : 'x'
  }
  const bars = Array.from({ length: measures }, (_, index) =>
    cells.slice(index * stepsPerMeasure, (index + 1) * stepsPerMeasure).join(''),
  )
  return `${label.padStart(11)} |${bars.join('|')}|`
}
