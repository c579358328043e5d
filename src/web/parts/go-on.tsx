import { useSignal } from '@preact/signals'
import { useStage } from '../controls.tsx'
import type { StoredPerformance } from '../stage.ts'
import { text } from '../text.ts'

/** What somebody who comes back can do at once. It looks like the demonstration's caption. */
export function GoOn({ last }: { readonly last: StoredPerformance }) {
  const { performances } = useStage()
  const trouble = useSignal<string | null>(null)
  const when = last.begunAt.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  const goOn = async () => {
    trouble.value = await performances.continue(last.name)
  }
  return (
    <section class="caption" aria-label={text.goOn.name}>
      <p>{text.goOn.when(when)}</p>
      {trouble.value === null ? <p class="quiet">{text.goOn.or}</p> : <p role="alert">{trouble.value}</p>}
      <button type="button" class="button primary" onClick={() => void goOn()}>
        {text.goOn.button}
      </button>
    </section>
  )
}
