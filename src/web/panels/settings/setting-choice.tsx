import { type Settings, settings } from '../../../session/index.ts'
import { useSetting, useStage } from '../../controls.tsx'
import { SelectField } from '../fields.tsx'

type ChoiceId = { [Id in keyof Settings]: Settings[Id] extends string ? Id : never }[keyof Settings]

type SettingChoiceProps<Id extends ChoiceId> = {
  readonly id: Id
  readonly name?: string
  /** What its words are called here. */
  readonly words: Readonly<Record<Settings[Id], string>>
}

/** A setting that is one of some words. */
export function SettingChoice<Id extends ChoiceId>({ id, name = settings[id].label, words }: SettingChoiceProps<Id>) {
  const stage = useStage()
  const value = useSetting(id)
  const all = settings[id].words as readonly Settings[Id][]
  const options = all.map((word) => [word, words[word]] as const)
  return (
    <SelectField
      name={name}
      value={value.value}
      options={options}
      onChoose={(word) => stage.set(id, word as Settings[Id])}
    />
  )
}
