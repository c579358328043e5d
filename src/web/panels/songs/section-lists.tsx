import { useComputed } from '@preact/signals'
import {
  actionIds,
  settings as allSettings,
  isChoice,
  isSetting,
  isSwitch,
  loopTracks,
  type SessionState,
  type Setting,
  type SettingId,
  type SettingValue,
  settingIds,
} from '../../../session/index.ts'
import { actionLabel } from '../../actions.ts'
import { Press, SelectField, TextField } from '../fields.tsx'
import { text } from '../text.ts'
import { currentBand, currentLoops } from './current-loops.ts'
import { type DraftSection, typedNumber, without } from './draft.ts'
import type { SectionFormProps } from './section-form-props.ts'

type ListProps = SectionFormProps & { readonly set: (change: Partial<DraftSection>) => void }

/** The loops that a section can have. */
const writtenTracks = [...loopTracks, 'drums'] as const

/** The loops that a section starts, and those that it removes. */
export function LoopList({ stage, section, set }: ListProps) {
  const { songs } = text
  const { loops = {} } = section
  const isEmpty = useComputed(() => !hasLoops(stage.session.value))
  const choose = (track: (typeof writtenTracks)[number], word: string) => {
    const { [track]: _, ...others } = loops
    const left = word === 'gone' ? { ...others, [track]: null } : others
    set({ loops: Object.keys(left).length > 0 ? left : undefined })
  }
  return (
    <fieldset>
      <legend>{songs.loops}</legend>
      <div class="fields">
        {writtenTracks.map((track) => {
          const loop = loops[track]
          const written = loop ? ([['written', loopText(loop)]] as const) : []
          return (
            <SelectField
              key={track}
              name={text.score[track]}
              value={loop === undefined ? 'asBefore' : loop === null ? 'gone' : 'written'}
              options={[...written, ['asBefore', songs.loopWords.asBefore], ['gone', songs.loopWords.gone]]}
              onChoose={(word) => word !== 'written' && choose(track, word)}
            />
          )
        })}
        <Press
          disabled={isEmpty.value}
          title={isEmpty.value ? songs.noLoops : undefined}
          onPress={() => {
            const state = stage.session.peek()
            const band = currentBand(state)
            const played = Object.keys(band).length > 0 && { set: { ...section.set, ...band } }
            set({ ...currentLoops(state), ...played })
          }}
        >
          {songs.currentLoops}
        </Press>
      </div>
    </fieldset>
  )
}

function hasLoops({ material: { loops, drums, chart } }: SessionState): boolean {
  return [...Object.values(loops), drums, chart].some((each) => each !== null)
}

function loopText(
  loop: { measures: number; notes: readonly unknown[] } | { measures: number; hits: readonly unknown[] },
): string {
  return text.songs.loopWords.notes(loop.measures, 'notes' in loop ? loop.notes.length : loop.hits.length)
}

/** The settings of a section. The tempo has its own field. */
export function SettingList({ section, index, wrong, set }: ListProps) {
  const { set: settings = {} } = section
  const ids = Object.keys(settings).filter(isSetting)
  const change = (changed: DraftSection['set']) =>
    set({ set: Object.keys(changed ?? {}).length > 0 ? changed : undefined })
  const rest = settingIds.filter((id) => id !== 'tempo' && !ids.includes(id))
  return (
    <fieldset>
      <legend>{text.songs.settings}</legend>
      <div class="fields">
        {ids.map((id) => (
          <div class="with-remove" key={id}>
            <SettingField
              id={id}
              value={settings[id] ?? ''}
              wrong={wrong(`sections.${index}.set.${id}`)}
              onChange={(value) => change({ ...settings, [id]: value })}
            />
            <Press
              label={`${text.remove}: ${allSettings[id].label}`}
              onPress={() => {
                const { [id]: _, ...others } = settings
                change(others)
              }}
            >
              ✕
            </Press>
          </div>
        ))}
        <SelectField
          nameless
          name={text.songs.addSetting}
          value=""
          options={[['', text.songs.addSetting], ...rest.map((id) => [id, allSettings[id].label] as const)]}
          onChoose={(id) => isSetting(id) && change({ ...settings, [id]: firstValue(allSettings[id]) })}
        />
      </div>
    </fieldset>
  )
}

/** The value that a setting gets first: a switch is on, all others are as they begin. */
function firstValue(setting: Setting): SettingValue {
  return isSwitch(setting) || setting.initial
}

type SettingFieldProps = {
  readonly id: SettingId
  readonly value: SettingValue
  readonly wrong: string | undefined
  readonly onChange: (value: SettingValue) => void
}

function SettingField({ id, value, wrong, onChange }: SettingFieldProps) {
  const setting: Setting = allSettings[id]
  const { label } = setting
  if (isChoice(setting)) {
    const options = setting.words.map((word) => [word, word] as const)
    return <SelectField name={label} value={`${value}`} options={options} onChoose={onChange} />
  }
  if (isSwitch(setting)) {
    return (
      <SelectField
        name={label}
        value={`${value}`}
        options={[
          ['true', text.on],
          ['false', text.off],
        ]}
        onChoose={(chosen) => onChange(chosen === 'true')}
      />
    )
  }
  return (
    <TextField
      name={label}
      numeric
      value={`${value}`}
      wrong={wrong}
      onInput={(typed) => onChange(typedNumber(typed) ?? '')}
    />
  )
}

/** The actions that a section may do. It may not change sections or songs, and it sets settings rather than moving them. */
const sectionActions: readonly string[] = actionIds.filter((id) => !isSetting(id) && !/-(section|song)$/.test(id))

/** What is done as a section starts, in order. */
export function ActionList({ section, set }: ListProps) {
  const { do: done = [] } = section
  const change = (next: readonly string[]) => set({ do: next.length > 0 ? [...next] : undefined })
  return (
    <fieldset>
      <legend>{text.songs.actions}</legend>
      <div class="fields">
        {done.map((id, place) => (
          <span class="with-remove action tag" key={place}>
            {actionLabel(id)}
            <Press label={`${text.remove}: ${actionLabel(id)}`} onPress={() => change(without(done, place))}>
              ✕
            </Press>
          </span>
        ))}
        <SelectField
          nameless
          name={text.songs.addAction}
          value=""
          options={[['', text.songs.addAction], ...sectionActions.map((id) => [id, actionLabel(id)] as const)]}
          onChoose={(id) => id !== '' && change([...done, id])}
        />
      </div>
    </fieldset>
  )
}
