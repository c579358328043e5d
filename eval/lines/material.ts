import { type Random, type Sampling, seeded } from '../../src/models/index.ts'
import type { MidiPitch } from '../../src/music/index.ts'
import { type Line, weimarSolos } from '../corpora/weimar.ts'
import { bestNgram } from '../ngram.ts'
import type { Options } from '../options.ts'
import type { Table } from '../report/report.ts'
import { shipped } from '../shipped.ts'
import type { LineStatistics } from '../statistics.ts'
import { intervalClasses, intervalTokens } from './baselines.ts'
import { figureNames } from './targets.ts'

/** The models, the solos held out from their training, and the others. */
export async function material({ data, quick }: Options) {
  const [solo, melody] = [await shipped('solo'), await shipped('melody')]
  const solos = weimarSolos(data).filter(({ notes }) => notes.length > 1)
  const heldOut = solos.filter(({ id }) => solo.validation.has(id))
  const training = solos.filter(({ id }) => !solo.validation.has(id))
  return { solo, melody, training, lines: quick ? heldOut.slice(0, 8) : heldOut }
}

/** The n-gram of intervals that is surprised least. */
export function intervalNgram({ training, lines }: { training: readonly Line[]; lines: readonly Line[] }) {
  return bestNgram(intervalClasses, training.map(intervalTokens), lines.map(intervalTokens))
}

/** What a player makes of each line. */
export function playAll(
  lines: readonly Line[],
  seed: number,
  player: (line: Line, random: Random) => MidiPitch[],
): MidiPitch[][] {
  const random = seeded(seed)
  return lines.map((line) => player(line, random))
}

/** A table of figures, with the nats a note where a model has them. */
export function statisticsTable(
  title: string,
  rows: readonly (readonly [name: string, figures: LineStatistics, nll: number | null])[],
): Table {
  return {
    title,
    columns: [...statisticsColumns, ['nats', 3]],
    rows: rows.map(([name, figures, nll]) => [name, ...valuesOf(figures), nll]),
  }
}

/** The headings of a row of statistics, and their decimals. */
export const statisticsColumns = Object.values(figureNames).map((name) => [name, 3] as const)

/** The cells below them. */
export function valuesOf(figures: LineStatistics): number[] {
  return (Object.keys(figureNames) as (keyof LineStatistics)[]).map((figure) => figures[figure])
}

/** How a model was sampled, in words. */
export function settingsOf({ temperature, topP = 1 }: Sampling): string {
  return `temperature ${temperature}${topP < 1 ? `, top ${topP}` : ''}`
}
