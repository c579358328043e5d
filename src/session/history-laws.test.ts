import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cues, edits, playCues } from '../testing/arbitrary-events.ts'
import type { ActionId, SessionState } from './index.ts'
import { step } from './index.ts'
import type { Material } from './state.ts'

const numRuns = Number(process.env.N ?? 100)

/** Does one thing at the moment that it is. */
function act(state: SessionState, action: ActionId): SessionState {
  return step(state, { type: 'act', action, at: state.now }).state
}

/** Material but for its place in the form, which is counted anew now and then. */
function placeless({ bass, chords, chart, drums, grooves }: Material) {
  const [phase, from] = [0, 0]
  return {
    bass: bass && { ...bass, phase, from },
    chords: chords && { ...chords, phase, from },
    chart: chart && { ...chart, phase },
    drums: drums && { ...drums, phase, from },
    grooves,
  }
}

describe('undo', () => {
  it('and redo leave the material as it was, whatever was before', () => {
    fc.assert(
      fc.property(cues(), (cues) => {
        const state = act(playCues(cues).state, 'stop')
        if (state.history.past.length === 0) return
        expect(act(act(state, 'undo'), 'redo').material).toEqual(state.material)
      }),
      { numRuns },
    )
  })

  it('brings back exactly what was there, change by change, at least 32 deep, and redo brings it all again', () => {
    fc.assert(
      fc.property(edits, (edits) => {
        const changes: Material[] = []
        let state = playCues([]).state
        for (const cue of edits) {
          const before = state
          state = playCues([cue], 0, null, state).state
          if (state.history.past.length > before.history.past.length) changes.push(before.material)
        }
        state = act(state, 'stop')
        const last = state.material
        expect(changes.length).toBeGreaterThanOrEqual(32)
        for (const earlier of changes.toReversed()) {
          state = act(state, 'undo')
          expect(placeless(state.material)).toEqual(placeless(earlier))
        }
        for (const later of [...changes.slice(1), last]) {
          state = act(state, 'redo')
          expect(placeless(state.material)).toEqual(placeless(later))
        }
      }),
      { numRuns },
    )
  })
})
