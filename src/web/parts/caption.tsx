import { useStage } from '../controls.tsx'
import { text } from '../text.ts'

/** The demonstration's caption, with a button that ends it. */
export function Caption({ line }: { readonly line: string }) {
  const { demo, performances } = useStage()
  return (
    <section class="caption" aria-label={text.demo.name}>
      <p aria-live="polite">{line}</p>
      <button type="button" class="button primary" onClick={demo.takeOver}>
        {text.demo.takeOver}
      </button>
      {line === text.demo.over && (
        <button type="button" class="button" onClick={() => void performances.startAnew()}>
          {text.demo.startAnew}
        </button>
      )}
    </section>
  )
}
