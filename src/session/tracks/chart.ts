import { parseChart, readChart } from '../../music/index.ts'
import type { Transaction } from '../core/index.ts'
import { alter } from './history.ts'
import type { PlacedChart } from './material.ts'
import type { TracksState } from './state.ts'

/** Takes a chart that somebody typed: it begins with the form. An empty one takes the chart away. */
export function setChart(tx: Transaction<TracksState>, text: string): void {
  const { chart } = tx.state.material
  if (chart?.text === text && chart.phase === 0) return
  if (text.trim() === '') {
    alter(tx, { chart: null })
    return
  }
  try {
    alter(tx, { chart: placedChart(text, 0) })
    if (readChart(text).doubts.length > 0) tx.notify('chart-doubt', text)
  } catch {
    tx.notify('bad-chart', text)
  }
}

/**
 * A chart whose first pass begins `phase` measures after the form's start.
 *
 * @throws ChartError where it can't be read.
 */
export function placedChart(text: string, phase: number): PlacedChart {
  const chart = parseChart(text)
  return { text, chart, phase: phase % chart.length }
}
