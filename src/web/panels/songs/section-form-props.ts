import type { Stage } from '../../stage.ts'
import type { DraftSection, DraftSong } from './draft.ts'

/** What the form of a section, and each of its parts, shows and changes. */
export type SectionFormProps = {
  readonly stage: Stage
  readonly song: DraftSong
  readonly index: number
  readonly section: DraftSection
  /** The `wrong` of the text field for a path. */
  readonly wrong: (path: string) => string | undefined
  readonly onChange: (song: DraftSong) => void
}
