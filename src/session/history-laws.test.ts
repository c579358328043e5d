import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fourFour } from '../music/index.ts'
import { cues, edits } from '../testing/arbitrary-cues.ts'
import { playCues } from '../testing/cues.ts'
import { note } from '../testing/notes.ts'
import { Performer } from '../testing/performer.ts'
import { type ActionId, type SessionState, step } from './index.ts'
import type { Material } from './state.ts'

const numRuns = 100

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
        const { material: last } = state
        const go = (action: 'undo' | 'redo', to: readonly Material[]) => {
          for (const material of to) {
            state = act(state, action)
            expect(placeless(state.material)).toEqual(placeless(material))
          }
        }
        expect(changes.length).toBeGreaterThanOrEqual(32)
        go('undo', changes.toReversed())
        go('redo', [...changes.slice(1), last])
        go('undo', changes.toReversed())
      }),
      { numRuns },
    )
  })
})

describe('clearing', () => {
  it('the drums lets the fixed groove play, until undo brings the groove back', () => {
    const performer = new Performer()
      .act('count-in', 0)
      .act('record-bass')
      .play([note(0), note(4)])
      .wait(8)
    performer.act('new-groove')
    const groove = {
      metre: fourFour,
      measures: 2,
      hits: [{ step: 3, drum: 'crash', velocity: 90, offsetMs: 0 }],
    } as const
    performer.do({ type: 'groove', request: 1, answer: { plain: groove, felt: groove } }).wait(performer.beat + 8)
    const drums = () => new Set(performer.due('drums', performer.beat, performer.beat + 8).map(({ drum }) => drum))
    expect(drums()).toEqual(new Set(['crash']))
    expect(performer.act('clear-drums').state.settings['fixed-groove']).toBe(1)
    expect(drums()).toEqual(new Set(['kick', 'snare', 'closed-hat']))
    expect(performer.act('undo').state.material.grooves).toHaveLength(1)
  })
})
