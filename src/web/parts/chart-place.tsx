import { signal, useComputed } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { useEffect } from 'preact/hooks'
import { playedForm } from '../../session/index.ts'
import { useStage } from '../controls.tsx'
import { remembered } from '../devices/remembered.ts'
import { text } from '../text.ts'
import { viewAt } from './view.ts'

/** Whether the chart is shown, where there is one. */
const isShown = remembered('shows-chart')

/** Fetched with the first chart. */
const view = signal<FunctionComponent | null>(null)

/** Whether there is a chart that is longer than what its lane above the rolls shows. */
function useLongChart(): boolean {
  const { session } = useStage()
  return useComputed(() => {
    const form = playedForm(session.value)
    return form !== null && form.measures.length > viewAt(session.value, 0).measures
  }).value
}

/** Shows the chart or hides it; nothing without a chart that is worth it. */
export function ChartButton() {
  const isLong = useLongChart()
  if (!isLong) return null
  return (
    <button
      type="button"
      class="button small"
      title={text.chart.showHint}
      aria-pressed={isShown.value}
      onClick={() => {
        isShown.value = !isShown.value
      }}
    >
      {text.chart.show}
    </button>
  )
}

/** The place of the chart over the rolls. */
export function ChartPlace() {
  const isLong = useLongChart()
  const isWanted = isLong && isShown.value
  useEffect(() => {
    if (!isWanted || view.peek()) return
    import('./chart-view.tsx').then(
      ({ ChartView }) => {
        view.value = ChartView
      },
      // Without it the chords are still in their lane.
      () => {},
    )
  }, [isWanted])
  const View = view.value
  return isWanted && View ? <View /> : null
}
