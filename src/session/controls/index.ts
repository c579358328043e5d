/**
 * `session/controls/`: pedals, knobs and buttons: what each does, and how it learns that.
 */
import * as v from 'valibot'
import { type Feature, performanceResumes, type Transaction, when } from '../core/index.ts'
import { bringsBack, type KeysEvent, resetAllControllers } from '../keys/index.ts'
import { type Bindings, songSchemas } from '../songs/index.ts'
import { letUp, touch } from './controls.ts'
import { type ControlsState, noControls } from './state.ts'

export type { Controls, ControlsState } from './state.ts'

/** What controls receive besides the controls' own messages. */
export type ControlsEvent =
  /** The next control that is touched will do this action, or move this setting. */
  | { readonly type: 'learn'; readonly action: string | null }
  /** More bindings of controls; null unbinds one. */
  | { readonly type: 'bind'; readonly bindings: Bindings }

export const controls = {
  initial: { controls: noControls },
  events: {
    learn: {
      schema: ({ actions, settings }) =>
        v.object({
          type: v.literal('learn'),
          action: v.nullable(
            v.pipe(
              v.string(),
              v.check((name) => Object.hasOwn(actions, name) || Object.hasOwn(settings, name), 'is not an action'),
            ),
          ),
        }),
    },
    bind: {
      schema: (features) => v.object({ type: v.literal('bind'), bindings: songSchemas(features).bindings }),
    },
  },
  on: [when(performanceResumes, (tx: Transaction<ControlsState>) => tx.change('controls', { pressed: [] }))],
  receive(tx, event: ControlsEvent | KeysEvent) {
    switch (event.type) {
      case 'learn':
        tx.change('controls', { learning: event.action })
        return false
      case 'bind':
        tx.change('controls', { bindings: { ...tx.state.controls.bindings, ...event.bindings } })
        return false
      case 'noteOn':
        return event.velocity > 0 && touch(tx, 'note', event.pitch, event.velocity, event.channel)
      case 'control': {
        const { controller, value, channel } = event
        if (controller === resetAllControllers) letUp(tx, channel)
        const isBound = touch(tx, 'cc', controller, value, channel)
        // A pedal that was bound while it was down still comes up, and a wheel returns.
        return isBound && !bringsBack(tx.state, controller, value, channel)
      }
      case 'program':
        return touch(tx, 'program', event.program, 127, event.channel)
      default:
        return false
    }
  },
} as const satisfies Feature<ControlsState>
