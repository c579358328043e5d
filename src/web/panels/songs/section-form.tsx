import { Press, SelectField, TextField } from '../fields.tsx'
import { text } from '../text.ts'
import { type DraftSection, type DraftSong, renamed, typedNumber, withSection } from './draft.ts'
import type { SectionFormProps } from './section-form-props.ts'
import { ActionList, ControlList, LoopList, SettingList } from './section-lists.tsx'

/** What a section changes as it starts. An empty field changes nothing. */
export function SectionForm(props: SectionFormProps) {
  const { song, index, section, wrong, onChange } = props
  const set = (change: Partial<DraftSection>) => onChange(withSection(song, index, change))
  const { songs } = text
  return (
    <div class="section-form">
      <div class="fields">
        <TextField
          name={songs.name}
          value={section.name}
          wrong={wrong(`sections.${index}.name`)}
          onInput={(name) => onChange(renamed(song, index, name))}
        />
        <TextField
          name={songs.tempo}
          numeric
          value={section.tempo === undefined ? '' : `${section.tempo}`}
          placeholder={songs.asBefore}
          wrong={wrong(`sections.${index}.tempo`)}
          onInput={(typed) => set({ tempo: typedNumber(typed) })}
        />
        <TextField
          name={songs.metre}
          value={section.metre ?? ''}
          placeholder={songs.asBefore}
          wrong={wrong(`sections.${index}.metre`)}
          onInput={(metre) => set({ metre: metre.trim() === '' ? undefined : metre })}
        />
        <div class="chart">
          <TextField
            name={songs.chart}
            wide
            value={section.chart ?? ''}
            placeholder={section.chart === null ? songs.loopWords.gone : songs.chartHint}
            wrong={wrong(`sections.${index}.chart`)}
            onInput={(chart) => set({ chart: chart.trim() === '' ? undefined : chart })}
          />
          <Press title={songs.noChart} onPress={() => set({ chart: section.chart === null ? undefined : null })}>
            {section.chart === null ? songs.loopAsBefore : songs.loopGone}
          </Press>
        </div>
        <SelectField
          name={songs.enter}
          value={section.enter ?? 'measure'}
          options={choices(songs.enterWords)}
          onChoose={(enter) => set({ enter: enter === 'measure' ? undefined : enter })}
        />
        <SelectField
          name={songs.leave}
          value={section.leave ?? 'never'}
          options={choices(songs.leaveWords)}
          onChoose={(leave) => set({ leave: leave === 'note' ? leave : undefined })}
        />
        <SelectField
          name={songs.next}
          value={section.next ?? ''}
          options={[['', songs.nextInList], ...namesOf(song, section.next).map((name) => [name, name] as const)]}
          onChoose={(next) => set({ next: next === '' ? undefined : next })}
        />
        <SelectField
          name={songs.music}
          value={section.play === undefined ? 'asBefore' : section.play ? 'plays' : 'stops'}
          options={choices(songs.musicWords)}
          onChoose={(music) => set({ play: music === 'asBefore' ? undefined : music === 'plays' })}
        />
      </div>
      <LoopList {...props} set={set} />
      <SettingList {...props} set={set} />
      <ActionList {...props} set={set} />
      <ControlList {...props} set={set} />
    </div>
  )
}

/** The options for words. */
function choices<Word extends string>(words: Readonly<Record<Word, string>>): (readonly [Word, string])[] {
  return Object.entries(words) as [Word, string][]
}

/** The names that can follow a section, and the one that does. */
function namesOf({ sections }: DraftSong, next: string | undefined): string[] {
  const names = sections.map(({ name }) => name).filter((name) => name !== '')
  return [...new Set(next === undefined ? names : [...names, next])]
}
