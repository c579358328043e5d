import { announcement, type Transaction } from '../core/index.ts'
import type { LoopTrack } from '../track.ts'
import { alter, noMaterial } from '../tracks/index.ts'
import { disarm } from './recorder.ts'
import type { RecordingState } from './state.ts'

/** The loop of a track is cleared, or there was none. */
export const loopIsCleared = announcement<{ readonly track: LoopTrack }>('a loop is cleared')

/** Everything is cleared. */
export const allIsCleared = announcement('everything is cleared')

/** Takes the loop of a track away. The drummer's answers are answers to the bass, and go with it. */
export function clearLoop(tx: Transaction<RecordingState>, track: LoopTrack): void {
  const loops = { ...tx.state.material.loops, [track]: null }
  alter(tx, track === 'bass' ? { loops, grooves: noMaterial.grooves } : { loops })
  tx.announce(loopIsCleared, { track })
}

/** Takes everything away that has been recorded or typed. */
export function clearAll(tx: Transaction<RecordingState>): void {
  disarm(tx)
  alter(tx, noMaterial)
  tx.announce(allIsCleared)
}
