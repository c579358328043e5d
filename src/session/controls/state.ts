import type { Bindings, SongsState } from '../songs/index.ts'

/** What pedals, knobs and buttons do. */
export type Controls = {
  readonly bindings: Bindings
  /** The action or setting that wants a control. */
  readonly learning: string | null
  /** The controls that are pressed, so that a pedal acts once. */
  readonly pressed: readonly string[]
}

/** What is known where controls are. */
export type ControlsState = SongsState & { readonly controls: Controls }

/** Nothing is bound. */
export const noControls: Controls = { bindings: {}, learning: null, pressed: [] }
