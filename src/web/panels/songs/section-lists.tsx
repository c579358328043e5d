import { useComputed } from '@preact/signals'
import {
  type ActionId,
  actionIds,
  type Dial,
  dials,
  isSetting,
  type SessionState,
  type SettingId,
  settingIds,
} from '../../../session/index.ts'
import { actionLabel } from '../../actions.ts'
import { Press, SelectField, TextField } from '../fields.tsx'
import { text } from '../text.ts'
import { currentLoops } from './current-loops.ts'
import { type DraftSection, typedNumber, without } from './draft.ts'
import type { SectionFormProps } from './section-form.tsx'

type ListProps = SectionFormProps & { readonly set: (change: Partial<DraftSection>) => void }

const loopTracks = ['bass', 'chords', 'drums'] as const

/** The loops that a section starts, and those that it removes. */
export function LoopList({ stage, section, set }: ListProps) {
  const { songs } = text
  const { loops = {} } = section
  const isEmpty = useComputed(() => !hasLoops(stage.session.value))
  const choose = (track: (typeof loopTracks)[number], word: string) => {
    const { [track]: _, ...others } = loops
    const left = word === 'gone' ? { ...others, [track]: null } : others
    set({ loops: Object.keys(left).length > 0 ? left : undefined })
  }
  return (
    <fieldset>
      <legend>{songs.loops}</legend>
      <div class="fields">
        {loopTracks.map((track) => {
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
          onPress={() => set(currentLoops(stage.session.peek()))}
        >
          {songs.currentLoops}
        </Press>
      </div>
    </fieldset>
  )
}

function hasLoops({ material: { bass, chords, drums, chart } }: SessionState): boolean {
  return [bass, chords, drums, chart].some((each) => each !== null)
}

function loopText(
  loop: { measures: number; notes: readonly unknown[] } | { measures: number; hits: readonly unknown[] },
): string {
  return text.songs.loopWords.notes(loop.measures, 'notes' in loop ? loop.notes.length : loop.hits.length)
}

/** The settings of a section. The tempo has its own field. */
export function DialList({ section, index, wrong, set }: ListProps) {
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
            <DialValue
              id={id}
              value={settings[id] ?? ''}
              wrong={wrong(`sections.${index}.set.${id}`)}
              onChange={(value) => change({ ...settings, [id]: value })}
            />
            <Press
              label={`${text.remove}: ${dials[id].label}`}
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
          options={[['', text.songs.addSetting], ...rest.map((id) => [id, dials[id].label] as const)]}
          onChoose={(id) => isSetting(id) && change({ ...settings, [id]: firstValue(dials[id]) })}
        />
      </div>
    </fieldset>
  )
}

/** The value that a setting gets first: of a choice its initial word, of a switch on. */
function firstValue({ words, initial, least, most, step }: Dial): number | string {
  if (words) return words[initial] as string
  return step === most - least ? most : initial
}

type DialValueProps = {
  readonly id: SettingId
  readonly value: number | string
  readonly wrong: string | undefined
  readonly onChange: (value: number | string) => void
}

function DialValue({ id, value, wrong, onChange }: DialValueProps) {
  const { label, words, step, least, most }: Dial = dials[id]
  if (words) {
    return (
      <SelectField name={label} value={`${value}`} options={words.map((word) => [word, word])} onChoose={onChange} />
    )
  }
  if (step === most - least) {
    return (
      <SelectField
        name={label}
        value={`${value}`}
        options={[
          ['1', text.on],
          ['0', text.off],
        ]}
        onChoose={(chosen) => onChange(Number(chosen))}
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

/** The actions that a section may do. It may not change sections or songs, and it sets dials rather than moving them. */
const sectionActions: readonly ActionId[] = actionIds.filter((id) => !isSetting(id) && !/-(section|song)$/.test(id))

/** What is done as a section starts, in order. */
export function ActionList({ section, set }: ListProps) {
  const { do: done = [] } = section
  const change = (next: readonly ActionId[]) => set({ do: next.length > 0 ? [...next] : undefined })
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

/** The bindings of the section and the song. They are only shown here; the file has them. */
export function ControlList({ song, section }: ListProps) {
  const bindings = Object.entries({ ...song.controls, ...section.controls })
  if (bindings.length === 0) return null
  return (
    <fieldset>
      <legend>{text.songs.controls}</legend>
      <ul class="bindings">
        {bindings.map(([control, binding]) => (
          <li key={control}>
            <kbd>{control}</kbd> {binding ? actionLabel(typeof binding === 'string' ? binding : binding.action) : '–'}
          </li>
        ))}
      </ul>
      <p class="quiet">{text.songs.controlsHint}</p>
    </fieldset>
  )
}
