import { readChart } from '../../../music/index.ts'
import { LinesField, Press, SelectField, TextField } from '../fields.tsx'
import { text } from '../text.ts'
import { ControlList } from './control-list.tsx'
import { type DraftSection, type DraftSong, renamed, typedNumber, withSection } from './draft.ts'
import type { SectionFormProps } from './section-form-props.ts'
import { ActionList, LoopList, SettingList } from './section-lists.tsx'

/** What a section changes as it starts. An empty field changes nothing. */
export function SectionForm(props: SectionFormProps) {
  const { song, index, section, wrong, onChange } = props
  const set = (change: Partial<DraftSection>) => onChange(withSection(song, index, change))
  const { songs } = text
  const doubts = doubtsOf(section.chart)
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
          <LinesField
            name={songs.chart}
            value={section.chart ?? ''}
            placeholder={section.chart === null ? songs.loopWords.gone : songs.chartHint}
            wrong={wrong(`sections.${index}.chart`)}
            onInput={(chart) => set({ chart: chart.trim() === '' ? undefined : chart })}
          />
          {doubts.length > 0 && <p class="quiet doubts">{doubts.join(' ')}</p>}
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
          onChoose={(leave) => set({ leave: leave === 'never' ? undefined : leave })}
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
      <ControlList {...props} />
    </div>
  )
}

/** What of a chart can be read in two ways, a sentence each; nothing where it can't be read at all. */
function doubtsOf(chart: string | null | undefined): readonly string[] {
  if (!chart) return []
  try {
    return readChart(chart).doubts.slice(0, 3)
  } catch {
    return []
  }
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
