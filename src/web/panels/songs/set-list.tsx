import { useComputed } from '@preact/signals'
import type { ActionName } from '../../../session/index.ts'
import { tooltipOf } from '../../controls.tsx'
import type { Stage } from '../../stage.ts'
import { Block, Press } from '../fields.tsx'
import { text } from '../text.ts'

/** The songs that are played, with the section that plays and the next one. */
export function SetList({ stage }: { readonly stage: Stage }) {
  const setList = useComputed(() => stage.session.value.songs)
  const { list: songs, song, section, next } = setList.value
  const step = (id: ActionName, label: string, sign: string) => (
    <Press title={tooltipOf(id)} label={label} onPress={() => stage.act(id)}>
      {sign}
    </Press>
  )
  if (songs.length === 0) {
    return (
      <Block title={text.songs.setList}>
        <p class="quiet">{text.songs.emptySetList}</p>
      </Block>
    )
  }
  return (
    <Block title={text.songs.setList}>
      <div class="buttons">
        {step('previous-section', text.songs.previousSection, '◀')}
        <Press class="grow" title={tooltipOf('next-section')} onPress={() => stage.act('next-section')}>
          {text.songs.nextSection} ▶
        </Press>
      </div>
      <ol class="set-list">
        {songs.map((each, index) => (
          <li key={index} aria-current={index === song ? 'true' : undefined}>
            {each.title}
            {index === song && (
              <ol>
                {each.sections.map(({ name }, place) => (
                  <li class="section" key={place} aria-current={place === section ? 'step' : undefined}>
                    {name}
                    {place === section && <span class="tag now">{text.songs.now}</span>}
                    {place === next?.section && <span class="tag">{text.songs.comes}</span>}
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
      <div class="buttons">
        {step('previous-song', text.songs.previousSong, '◀◀')}
        {step('next-song', text.songs.nextSong, '▶▶')}
      </div>
    </Block>
  )
}
