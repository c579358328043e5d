/**
 * `session/recording/`: takes: armed, begun by their first note, over at their measure, undone; and the loops that they
 * become, as they go round.
 */
import { type Feature, type Transaction, when } from '../core/index.ts'
import { type LoopTrack, loopTracks } from '../track.ts'
import { trackTable } from '../track-table.ts'
import { allIsCleared } from '../tracks/index.ts'
import { musicStops } from '../transport/index.ts'
import { loopNotes } from './loop-notes.ts'
import { arm, disarm, endTake, undo } from './recorder.ts'
import { notRecording, type RecordingState, recordingSettings } from './state.ts'

export { endForArmed, playOn, recordNote, recordRelease, takeBegins, takeIsDropped, takeStart } from './recorder.ts'
export type { RecordingState, Take } from './state.ts'

type Tx = Transaction<RecordingState>
type RecordAction = { readonly label: string; readonly key?: string; readonly run: (tx: Tx) => void }

const recordActions = Object.fromEntries(
  loopTracks.flatMap((track): [string, RecordAction][] => {
    const { label, loop } = trackTable[track]
    return [
      [`record-${track}`, { label: `record ${label}`, key: loop.key, run: (tx) => arm(tx, track, false) }],
      [
        `overdub-${track}`,
        { label: `add to the ${label}`, key: `Shift+${loop.key}`, run: (tx) => arm(tx, track, true) },
      ],
    ]
  }),
) as Record<`${'record' | 'overdub'}-${LoopTrack}`, RecordAction>

export const recording = {
  initial: { recording: notRecording },
  settings: recordingSettings,
  actions: {
    ...recordActions,
    undo: { label: 'undo', key: 'Backspace', run: undo },
  },
  on: [
    when(allIsCleared, disarm),
    when(musicStops, (tx: Tx) => {
      endTake(tx)
      tx.change('recording', { armed: null })
    }),
  ],
  automatic({ recording: { take } }, plan) {
    if (take) plan.atBeat(take.end, endTake)
  },
  notes: loopNotes,
} as const satisfies Feature<RecordingState>
