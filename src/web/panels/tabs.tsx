import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { mod } from '../../music/index.ts'

/** A tab of a panel. */
export type Tab = { readonly name: string; readonly content: () => ComponentChildren }

/** Tabs, of which one is open. Arrow keys go from tab to tab. */
export function Tabs({ name, tabs }: { readonly name: string; readonly tabs: readonly Tab[] }) {
  const open = useSignal(0)
  const id = useId()
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    open.value = mod(open.value + by, tabs.length)
    const list = event.currentTarget as HTMLElement
    list.querySelectorAll<HTMLElement>('[role="tab"]')[open.value]?.focus()
  }
  return (
    <>
      <div class="choice tabs" role="tablist" aria-label={name} onKeyDown={onKeyDown}>
        {tabs.map((tab, index) => (
          <button
            type="button"
            class="button small"
            role="tab"
            key={tab.name}
            id={`${id}-tab-${index}`}
            aria-selected={index === open.value}
            aria-controls={`${id}-page`}
            tabIndex={index === open.value ? 0 : -1}
            onClick={() => {
              open.value = index
            }}
          >
            {tab.name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-page`} aria-labelledby={`${id}-tab-${open.value}`} key={open.value}>
        {tabs[open.value]?.content()}
      </div>
    </>
  )
}
