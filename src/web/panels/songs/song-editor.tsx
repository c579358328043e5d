import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { Stage } from '../../stage.ts'
import { Press, TextField } from '../fields.tsx'
import { text } from '../text.ts'
import { type DraftSong, moved, type Trouble, troubleWith, without } from './draft.ts'
import { SectionForm } from './section-form.tsx'

type SongEditorProps = {
  readonly stage: Stage
  readonly song: DraftSong
  readonly onChange: (song: DraftSong) => void
  /** Buttons for the song's place in the set list. */
  readonly children: ComponentChildren
}

/** Edits a song: its title, its sections, and the section that is open. */
export function SongEditor({ stage, song, onChange, children }: SongEditorProps) {
  const chosen = useSignal(0)
  const trouble = troubleWith(song)
  const troubleId = useId()
  const wrong = (path: string) => (trouble?.path === path ? troubleId : undefined)
  const at = Math.min(chosen.value, song.sections.length - 1)
  const { sections } = song
  const section = sections[at]
  const change = (next: readonly DraftSong['sections'][number][], open: number) => {
    onChange({ ...song, sections: next })
    chosen.value = open
  }
  const add = () =>
    change(
      [...sections.slice(0, at + 1), { name: text.songs.sectionName(sections.length + 1) }, ...sections.slice(at + 1)],
      at + 1,
    )
  return (
    <div class="song">
      <div class="fields title">
        <TextField
          name={text.songs.title}
          wide
          value={song.title}
          wrong={wrong('title')}
          onInput={(title) => onChange({ ...song, title })}
        />
        <div class="buttons">{children}</div>
      </div>
      <p class="trouble" role="status" id={troubleId}>
        {trouble && troubleText(trouble, song)}
      </p>
      <div class="sections">
        <nav aria-label={text.songs.sections}>
          <ol>
            {sections.map(({ name }, index) => (
              <li key={index}>
                <button
                  type="button"
                  class="button small section"
                  aria-current={index === at ? 'true' : undefined}
                  onClick={() => {
                    chosen.value = index
                  }}
                >
                  {name || text.songs.nameless}
                  {sectionOf(trouble) === index && <span class="trouble"> !</span>}
                </button>
              </li>
            ))}
          </ol>
          <div class="buttons">
            <Press label={text.songs.newSection} onPress={add}>
              +
            </Press>
            <Press
              label={`${text.up}: ${section?.name}`}
              disabled={at === 0}
              onPress={() => change(moved(sections, at, -1), at - 1)}
            >
              ↑
            </Press>
            <Press
              label={`${text.down}: ${section?.name}`}
              disabled={at === sections.length - 1}
              onPress={() => change(moved(sections, at, 1), at + 1)}
            >
              ↓
            </Press>
            <Press
              label={`${text.remove}: ${section?.name}`}
              disabled={sections.length === 1}
              onPress={() => change(without(sections, at), Math.max(0, at - 1))}
            >
              ✕
            </Press>
          </div>
        </nav>
        {section && (
          <SectionForm
            key={at}
            stage={stage}
            song={song}
            index={at}
            section={section}
            wrong={wrong}
            onChange={onChange}
          />
        )}
      </div>
    </div>
  )
}

/** The index of the section with the trouble; −1 if none has it. */
function sectionOf(trouble: Trouble | null): number {
  return Number(/^sections\.(\d+)/.exec(trouble?.path ?? '')?.[1] ?? -1)
}

/** What is wrong, as a sentence with the section's name instead of its number. */
function troubleText(trouble: Trouble, { sections }: DraftSong): string {
  const where = trouble.path.replace(/^sections\.(\d+)\.?/, (_, index) => `“${sections[Number(index)]?.name}” `)
  return `${where.trim() || text.songs.thisSong} ${trouble.message}`
}
