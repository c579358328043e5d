import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { PanelProps } from './panel-list.ts'
import './diagnostics.css'
import { text } from './text.ts'

const refreshMs = 500

/** What the page promises of 99 keys in 100, in milliseconds. */
const keysBudgetMs = 1

type Figure = {
  readonly name: string
  readonly value: string
  /** What has been promised, and whether that is kept; null before there is anything to tell. */
  readonly promise?: readonly [words: string, kept: boolean | null]
}

/** How well the page keeps its promises. */
export function Trust({ stage }: PanelProps) {
  const report = useSignal(stage.trust())
  useEffect(() => {
    const timer = setInterval(() => {
      report.value = { ...stage.trust() }
    }, refreshMs)
    return () => clearInterval(timer)
  }, [stage, report])
  const { trust, answerMs, restarts, outputLatencyMs } = report.value
  const { milliseconds, atMost, none } = text.trust
  const measured = (value: number | null) => (value === null ? none : milliseconds(value))
  const ofKeys = (share: number) => (trust.keys.count === 0 ? none : milliseconds(trust.keys.quantile(share)))
  const zero = (name: string, count: number): Figure => ({ name, value: String(count), promise: ['0', count === 0] })
  const figures: readonly Figure[] = [
    { name: `${text.trust.keys}, ${text.trust.keysHalf}`, value: ofKeys(0.5) },
    {
      name: `${text.trust.keys}, ${text.trust.keys99}`,
      value: ofKeys(0.99),
      promise: [
        atMost(milliseconds(keysBudgetMs)),
        trust.keys.count === 0 ? null : trust.keys.quantile(0.99) <= keysBudgetMs,
      ],
    },
    {
      name: text.trust.lateness,
      value: trust.lateness.count === 0 ? none : milliseconds(trust.lateness.quantile(0.99)),
    },
    zero(text.trust.missed, trust.missed),
    { name: text.trust.answer, value: measured(answerMs) },
    { name: text.trust.output, value: measured(outputLatencyMs) },
    zero(text.trust.restarts, restarts),
    zero(text.trust.refused, stage.session.peek().refused),
  ]
  return (
    <>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{text.trust.measure}</th>
            <th scope="col">{text.trust.value}</th>
            <th scope="col">{text.trust.promise}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ name, value, promise }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="number">{value}</td>
              <td>{promise && <Promised words={promise[0]} kept={promise[1]} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{text.trust.hint}</p>
    </>
  )
}

function Promised({ words, kept }: { readonly words: string; readonly kept: boolean | null }) {
  if (kept === null) return <span class="quiet">{words}</span>
  return (
    <span class={kept ? 'kept' : 'broken'}>
      {kept ? '✓' : '!'} {words} <span class="unseen">({kept ? text.trust.kept : text.trust.broken})</span>
    </span>
  )
}
