import type { Stage } from '../stage.ts'
import type { text } from '../text.ts'

/** The props of every panel. */
export type PanelProps = {
  readonly stage: Stage
  /** Opens another panel instead of this one. */
  readonly go: (id: PanelId) => void
  /** Every panel. */
  readonly panels: readonly Panel[]
}

/** A panel, as its button shows it. */
export type Panel = {
  readonly id: PanelId
  readonly label: string
  /** Its tooltip: what it is for, in a line. */
  readonly title: string
  /** The key that opens it, as `KeyboardEvent.code` names it; null for a panel that is opened from another. */
  readonly key: string | null
}

/** A panel by its name. */
export type PanelId = keyof typeof text.panels
