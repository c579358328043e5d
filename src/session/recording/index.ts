/**
 * `session/recording/`: takes: armed, begun by their first note, over at their measure, undone; and the loops that they
 * become, as they go round.
 */
import * as v from 'valibot'
import { type Feature, type Transaction, when } from '../core/index.ts'
import { type LoopTrack, loopTracks } from '../track.ts'
import type { TrackEntry } from '../track-entry.ts'
import { trackTable } from '../track-table.ts'
import { musicBegins, musicStops } from '../transport/index.ts'
import { clearAll, clearLoop } from './clear.ts'
import { endHeld, endTake } from './finish-take.ts'
import { endFree, followClock } from './free-take.ts'
import { loopNotes } from './loop-notes.ts'
import { arm, endPass, hearCountIn, pressFree, redo, undo } from './recorder.ts'
import { reread, rereadings } from './reread.ts'
import { notRecording, type RecordingState, recordingSettings } from './state.ts'

export { allIsCleared, loopIsCleared } from './clear.ts'
export { freeBegins } from './free-take.ts'
export { endForArmed, isOnOne, recordNote, recordRelease, takeBegins, takeEndsSooner, trackWaits } from './recorder.ts'
export { otherReadings } from './reread.ts'
export type { RecordingState, Take } from './state.ts'
export { around } from './take-notes.ts'
export { nearMeasureStart } from './take-start.ts'

/** A clock from outside counts: MIDI's, or Ableton Link. */
export type RecordingEvent = {
  readonly type: 'clock'
  readonly bpm: number
  /** How far past its last beat it is, in beats; null where it does not say which of its ticks are beats. */
  readonly past: number | null
}

type Tx = Transaction<RecordingState>
type RecordingAction = { readonly label: string; readonly key?: string; readonly run: (tx: Tx) => void }

const recordActions = Object.fromEntries(
  loopTracks.flatMap((track): [string, RecordingAction][] => {
    const { label, loop }: TrackEntry = trackTable[track]
    const key = loop?.key
    return [
      [`record-${track}`, { label: `record ${label}`, ...(key && { key }), run: (tx) => arm(tx, track, false) }],
      [
        `overdub-${track}`,
        { label: `add to the ${label}`, ...(key && { key: `Shift+${key}` }), run: (tx) => arm(tx, track, true) },
      ],
    ]
  }),
) as Record<`${'record' | 'overdub'}-${LoopTrack}`, RecordingAction>

const freeActions = Object.fromEntries(
  loopTracks.map((track): [string, RecordingAction] => {
    const { label, loop }: TrackEntry = trackTable[track]
    const key = loop?.freeKey
    return [
      `free-${track}`,
      { label: `free take of the ${label}`, ...(key && { key }), run: (tx) => pressFree(tx, track) },
    ]
  }),
) as Record<`free-${LoopTrack}`, RecordingAction>

const clearActions = Object.fromEntries(
  loopTracks.map((track) => [
    `clear-${track}`,
    { label: `clear ${trackTable[track].label}`, run: (tx: Tx) => clearLoop(tx, track) },
  ]),
) as Record<`clear-${LoopTrack}`, RecordingAction>

export const recording = {
  initial: { recording: notRecording },
  settings: recordingSettings,
  actions: {
    ...recordActions,
    ...freeActions,
    'half-time': { label: 'half time', key: 'ArrowDown', run: (tx: Tx) => reread(tx, rereadings['half-time']) },
    'double-time': { label: 'double time', key: 'ArrowUp', run: (tx: Tx) => reread(tx, rereadings['double-time']) },
    'other-metre': { label: 'other metre', key: 'Digit9', run: (tx: Tx) => reread(tx, rereadings['other-metre']) },
    undo: { label: 'undo', key: 'Backspace', run: undo },
    redo: { label: 'redo', key: 'Shift+Backspace', run: redo },
    ...clearActions,
    'clear-all': { label: 'clear all', run: clearAll },
  },
  events: {
    clock: {
      schema: v.object({
        type: v.literal('clock'),
        bpm: v.pipe(v.number(), v.minValue(20), v.maxValue(600)),
        past: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
      }),
    },
  },
  receive(tx: Tx, event: RecordingEvent) {
    if (event.type === 'clock') followClock(tx, event)
    return false
  },
  on: [
    when(musicStops, (tx: Tx) => {
      endFree(tx)
      endTake(tx)
      for (const voice of Object.keys(tx.state.recording.held)) endHeld(tx, Number(voice))
      tx.change('recording', { armed: null, pushed: null })
    }),
    when(musicBegins, (tx: Tx) => {
      endFree(tx)
      hearCountIn(tx)
    }),
  ],
  automatic({ recording: { take } }, plan) {
    if (take) plan.atBeat(take.end, endPass)
  },
  notes: loopNotes,
} as const satisfies Feature<RecordingState>
