import { signal } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { useEffect } from 'preact/hooks'
import { useStage } from '../controls.tsx'
import { remembered } from '../devices/remembered.ts'
import { text } from '../text.ts'

/** Whether the chart is shown, where there is one. */
const isShown = remembered('shows-chart')

/** Fetched with the first chart. */
const view = signal<FunctionComponent | null>(null)

/** Shows the chart or hides it; nothing without a chart. */
export function ChartButton() {
  const { session } = useStage()
  if (session.value.material.chart === null) return null
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
  const { session } = useStage()
  const isWanted = session.value.material.chart !== null && isShown.value
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
