import { dials, type SettingId } from '../../../session/index.ts'
import { useSetting, useStage } from '../../controls.tsx'
import { Switch } from '../fields.tsx'

type DialSwitchProps = { readonly id: SettingId; readonly name?: string; readonly hint?: string }

/** A switch for a setting that is on or off. */
export function DialSwitch({ id, name = dials[id].label, hint }: DialSwitchProps) {
  const stage = useStage()
  const on = useSetting(id)
  return <Switch name={name} hint={hint} on={on.value > 0} onSwitch={(next) => stage.act(id, next ? 1 : 0)} />
}
