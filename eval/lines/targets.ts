import type { Target } from '../report/report.ts'
import type { LineStatistics } from '../statistics.ts'

/** From the least to the most that a figure may be. */
type Band = readonly [figure: keyof LineStatistics, least: number, most: number]

/** The bands around the human's figures in which `solo` has to be, in all of them at once. */
export function soloBands(human: LineStatistics): Band[] {
  const share = (figure: keyof LineStatistics, part: number): Band => [
    figure,
    human[figure] * (1 - part),
    human[figure] * (1 + part),
  ]
  return [
    ...(['ctr', 'scale', 'ctnctr', 'h1', 'h4'] as const).map((figure) => share(figure, 0.06)),
    ['mctd', human.mctd - 0.03, human.mctd + 0.03],
    share('pcs', 0.15),
    share('leap', 0.15),
    ['leaps', 0.025, 0.06],
    ['repeated', 0.03, 0.08],
  ]
}

/** The bands of one standard deviation between human solos. */
export function humanBands(
  human: LineStatistics,
  solos: readonly LineStatistics[],
  figures: readonly (keyof LineStatistics)[],
): Band[] {
  return figures.map((figure) => {
    const values = solos.map((solo) => solo[figure]).filter(Number.isFinite)
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1))
    return [figure, human[figure] - deviation, human[figure] + deviation]
  })
}

/** How far off the middles of its bands a line is: up to 1 is inside of all. */
export function distance(line: LineStatistics, bands: readonly Band[]): number {
  return Math.max(
    ...bands.map(([figure, least, most]) => Math.abs(line[figure] - (least + most) / 2) / ((most - least) / 2)),
  )
}

/** Each band as a target. */
export function bandTargets(model: string, line: LineStatistics, bands: readonly Band[]): Target[] {
  return bands.map(([figure, least, most]) => ({
    says: `${model}: ${figureNames[figure]} from ${least.toFixed(3)} to ${most.toFixed(3)}`,
    figure: line[figure].toFixed(3),
    met: line[figure] >= least && line[figure] <= most,
  }))
}

/** What the tables call the figures, in their order. */
export const figureNames: Readonly<Record<keyof LineStatistics, string>> = {
  ctr: 'CTR7',
  scale: 'SCALE',
  ctnctr: 'CTnCTR',
  pcs: 'PCS',
  mctd: 'MCTD',
  h1: 'H1',
  h4: 'H4',
  leap: 'mean leap',
  leaps: 'leaps > 7',
  repeated: 'repeated',
}
