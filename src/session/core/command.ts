import * as v from 'valibot'
import type { FeatureSet, Transaction } from './feature.ts'
import { isSwitch, nudged, type SettingValue, toggled } from './settings.ts'
import type { CoreState } from './state.ts'

/** What hands, pedals, songs and other programs may ask for: to run an action, or to set, nudge or toggle a setting. */
export type Command<ActionName extends string = string, SettingName extends string = string> =
  | { readonly type: 'run'; readonly action: ActionName }
  | { readonly type: 'set'; readonly setting: SettingName; readonly value: SettingValue }
  /** Moves a setting by some steps. */
  | { readonly type: 'nudge'; readonly setting: SettingName; readonly by: number }
  /** Moves a setting one step on, and from its last value to its first. So a switch is switched over. */
  | { readonly type: 'toggle'; readonly setting: SettingName }

/** What a setting can be set to, as it comes from outside. */
export const settingValue = v.union([v.boolean(), v.string(), v.pipe(v.number(), v.finite())])

/** Carries a command out. An unknown name, or a value of another kind, changes nothing. */
export function perform<State extends CoreState>(tx: Transaction<State>, command: Command): void {
  if (command.type === 'run') {
    tx.features.actions[command.action]?.run(tx as never)
    return
  }
  const { setting: id } = command
  const setting = tx.features.settings[id]
  if (!setting) return
  const now = (tx.state.settings as Readonly<Record<string, SettingValue>>)[id] ?? setting.initial
  if (command.type === 'set') tx.set(id as never, command.value)
  else if (command.type === 'nudge') tx.set(id as never, nudged(setting, now, command.by))
  else tx.set(id as never, toggled(setting, now))
}

/** The command that the bare name of an action or a setting stands for: the action is run, the setting goes a step on. */
export function commandOf(name: string, features: FeatureSet): Command | null {
  if (Object.hasOwn(features.actions, name)) return { type: 'run', action: name }
  return Object.hasOwn(features.settings, name) ? { type: 'toggle', setting: name } : null
}

/** Whether it is set by a knob: a number or a choice, but no switch and no action. */
export function isKnob(name: string, features: FeatureSet): boolean {
  const setting = features.settings[name]
  return setting !== undefined && !isSwitch(setting)
}
