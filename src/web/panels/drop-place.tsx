import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

type DropPlaceProps = {
  readonly onDrop: (data: DataTransfer) => void
  /** What is pasted, but for what is pasted into a field. */
  readonly onPaste?: (data: DataTransfer) => void
  readonly children: ComponentChildren
}

/** Files may be dropped on its children; it shows when something is held over it. */
export function DropPlace({ onDrop, onPaste, children }: DropPlaceProps) {
  const isOver = useSignal(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping and pasting are other ways to do what buttons do.
    <div
      class={isOver.value ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        isOver.value = true
      }}
      onDragLeave={() => {
        isOver.value = false
      }}
      onDrop={(event) => {
        event.preventDefault()
        isOver.value = false
        if (event.dataTransfer) onDrop(event.dataTransfer)
      }}
      onPaste={(event) => {
        if (!onPaste || !event.clipboardData || (event.target as Element).closest('input, textarea')) return
        event.preventDefault()
        onPaste(event.clipboardData)
      }}
    >
      {children}
    </div>
  )
}
