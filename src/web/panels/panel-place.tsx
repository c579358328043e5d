import { type Signal, useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { handleOwnKeys } from '../parts/own-keys.ts'
import type { Stage } from '../stage.ts'
import { loadPanel } from './load-panel.ts'
import type { PanelId, PanelProps } from './panel.ts'
import { panels } from './panel-list.ts'
import './panels.css'
import { text } from './text.ts'
import { useFocusTrap } from './use-focus-trap.ts'

/** The open panel. It covers the rows only, so that transport, turn, keys and panic can still be reached. */
export function PanelPlace({ stage, open }: { readonly stage: Stage; readonly open: Signal<PanelId | null> }) {
  const id = open.value
  const show = (next: PanelId | null) => {
    open.value = next
  }
  return id === null ? null : <Sheet key={id} id={id} stage={stage} show={show} />
}

type SheetProps = { readonly id: PanelId; readonly stage: Stage; readonly show: (id: PanelId | null) => void }

function Sheet({ id, stage, show }: SheetProps) {
  const sheet = useRef<HTMLElement>(null)
  const content = useSignal<ComponentType<PanelProps> | 'loading' | 'failed'>('loading')
  useFocusTrap(sheet, () => show(null))
  const panel = panels.find((each) => each.id === id)
  useEffect(() => {
    loadPanel[id]().then(
      (found) => {
        content.value = found
      },
      () => {
        content.value = 'failed'
      },
    )
  }, [id, content])
  const Content = content.value
  return (
    <section
      class="panel"
      data-panel={id}
      role="dialog"
      aria-labelledby={`panel-${id}`}
      tabIndex={-1}
      ref={sheet}
      onKeyDown={handleOwnKeys}
    >
      <div class="head">
        <h2 id={`panel-${id}`}>{panel?.label}</h2>
        <button
          type="button"
          class="button small"
          aria-label={text.panel.close}
          title={`${text.panel.close} (Esc)`}
          onClick={() => show(null)}
        >
          ✕
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys have to be able to scroll it. */}
      <div class="content" tabIndex={0}>
        {Content === 'loading' && <p class="quiet">{text.panel.loading}</p>}
        {Content === 'failed' && <p role="alert">{text.panel.cannotLoad}</p>}
        {typeof Content === 'function' && <Content stage={stage} go={show} panels={panels} />}
      </div>
    </section>
  )
}
