import type { Seconds } from '../../timing/index.ts'
import type { KeysState } from '../keys/index.ts'
import type { PhrasesState } from '../phrases/index.ts'

/** What is known where gaps are filled. */
export type DuetState = PhrasesState &
  KeysState & {
    readonly duet: {
      /** How long the performer has rested after phrases, within their turns; the newest last. */
      readonly rests: readonly Seconds[]
    }
  }

/** Nobody has rested. */
export const noDuet: DuetState['duet'] = { rests: [] }
