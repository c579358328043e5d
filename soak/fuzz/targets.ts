import { charts } from './charts.ts'
import { checkpoints } from './checkpoints.ts'
import { live } from './live.ts'
import { midiFiles } from './midi-files.ts'
import { ownFiles } from './own-files.ts'
import type { Target } from './target.ts'

/** Every target. */
export const targets: readonly Target[] = [...midiFiles, ...live, ...ownFiles, ...charts, ...checkpoints]
