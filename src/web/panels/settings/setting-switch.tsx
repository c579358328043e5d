import { type Settings, settings } from '../../../session/index.ts'
import { useSetting, useStage } from '../../controls.tsx'
import { Switch } from '../fields.tsx'

type SwitchId = { [Id in keyof Settings]: Settings[Id] extends boolean ? Id : never }[keyof Settings]

type SettingSwitchProps = { readonly id: SwitchId; readonly name?: string; readonly hint?: string }

/** A switch for a setting that is on or off. */
export function SettingSwitch({ id, name = settings[id].label, hint }: SettingSwitchProps) {
  const stage = useStage()
  const on = useSetting(id)
  return <Switch name={name} hint={hint} on={on.value} onSwitch={(next) => stage.set(id, next)} />
}
