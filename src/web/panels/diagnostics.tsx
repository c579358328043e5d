import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { PanelProps } from './panel.ts'
import './diagnostics.css'
import { text } from './text.ts'

const refreshMs = 500

/** The target for 99 of 100 keys, in milliseconds. */
const keysTargetMs = 1

type Figure = {
  readonly name: string
  readonly value: string
  /** The target in words, and whether it is met; null before anything was measured. */
  readonly target?: readonly [words: string, isMet: boolean | null]
}

/** Figures of timing, latency and errors, beside their targets. */
export function Diagnostics({ stage }: PanelProps) {
  const report = useSignal(stage.diagnostics())
  useEffect(() => {
    const timer = setInterval(() => {
      report.value = stage.diagnostics()
    }, refreshMs)
    return () => clearInterval(timer)
  }, [stage, report])
  const { keys, lateness, missed, answerMs, restarts, outputLatencyMs } = report.value
  const { milliseconds, atMost, none } = text.diagnostics
  const measured = (value: number | null) => (value === null ? none : milliseconds(value))
  const ofKeys = (share: number) => (keys.count === 0 ? none : milliseconds(keys.quantile(share)))
  const zero = (name: string, count: number): Figure => ({ name, value: String(count), target: ['0', count === 0] })
  const figures: readonly Figure[] = [
    { name: `${text.diagnostics.keys}, ${text.diagnostics.keysHalf}`, value: ofKeys(0.5) },
    {
      name: `${text.diagnostics.keys}, ${text.diagnostics.keys99}`,
      value: ofKeys(0.99),
      target: [atMost(milliseconds(keysTargetMs)), keys.count === 0 ? null : keys.quantile(0.99) <= keysTargetMs],
    },
    {
      name: text.diagnostics.lateness,
      value: lateness.count === 0 ? none : milliseconds(lateness.quantile(0.99)),
    },
    zero(text.diagnostics.missedNotes, missed),
    { name: text.diagnostics.answer, value: measured(answerMs) },
    { name: text.diagnostics.output, value: measured(outputLatencyMs) },
    zero(text.diagnostics.restarts, restarts),
    zero(text.diagnostics.refused, stage.session.peek().refused),
  ]
  return (
    <>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{text.diagnostics.figure}</th>
            <th scope="col">{text.diagnostics.value}</th>
            <th scope="col">{text.diagnostics.target}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ name, value, target }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="number">{value}</td>
              <td>{target && <Target words={target[0]} isMet={target[1]} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{text.diagnostics.hint}</p>
    </>
  )
}

function Target({ words, isMet }: { readonly words: string; readonly isMet: boolean | null }) {
  if (isMet === null) return <span class="quiet">{words}</span>
  return (
    <span class={isMet ? 'met' : 'missed'}>
      {isMet ? '✓' : '!'} {words} <span class="unseen">({isMet ? text.diagnostics.met : text.diagnostics.missed})</span>
    </span>
  )
}
