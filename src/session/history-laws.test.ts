import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cues, edits } from '../../test/arbitraries/cues.ts'
import { playCues, toDo } from '../../test/cues.ts'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { runs } from '../../test/runs.ts'
import { fourFour } from '../music/index.ts'
import { isSameToDrummer } from './grooves/index.ts'
import { type ActionId, loopTracks, type Material, type SessionState, step } from './index.ts'
import { undoneAtMost } from './tracks/index.ts'

const numRuns = runs(100)

/** Does one thing at the moment that it is. */
function act(state: SessionState, action: ActionId): SessionState {
  return step(state, { ...toDo(action), at: state.now }).state
}

/** Material but for its place in the form, which is counted anew now and then. */
function placeless({ loops: { bass, chords }, chart, drums, grooves }: Material) {
  const [phase, from] = [0, 0]
  return {
    bass: bass && { ...bass, phase, from },
    chords: chords && { ...chords, phase, from },
    chart: chart && { ...chart, phase },
    drums: drums && { ...drums, phase, from },
    grooves,
  }
}

/** What is there but for how long its notes are: one that was held over the end of its take ends later. */
function lengthless({ loops }: Material) {
  return loopTracks.map((track) => loops[track]?.notes.map(({ beats: _, ...note }) => note))
}

/** What was there, with the notes as long as they are by now. */
function withLengths(changes: readonly Material[], past: readonly Material[]): Material[] {
  return changes.map((each, index) => {
    const { loops } = past[index] ?? each
    if (loops === each.loops) return each
    expect(lengthless({ ...each, loops })).toEqual(lengthless(each))
    return { ...each, loops }
  })
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
        let changes: Material[] = []
        let state = playCues([]).state
        for (const edit of edits) {
          // What comes then is kept in place of the oldest; what is being added is a change, too, when the music stops.
          if (state.history.past.length >= undoneAtMost - 4) break
          for (const cue of edit) {
            const before = state
            state = playCues([cue], 0, null, state).state
            const { material } = before
            if (state.history.past.length > before.history.past.length) changes.push(material)
            else {
              if (state.history !== before.history) changes = withLengths(changes, state.history.past)
              // A groove can't be undone: it stays with the bassline that it was made for.
              const { grooves } = state.material
              if (grooves !== material.grooves)
                changes = changes.map((each) => (isSameToDrummer(each, material) ? { ...each, grooves } : each))
            }
          }
        }
        const { material, history } = state
        state = act(state, 'stop')
        if (state.history.past.length > history.past.length) changes.push(material)
        changes = withLengths(changes, state.history.past)
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

describe('a groove that was made after a chart was written, or chords were played', () => {
  const answer = (step: number) => {
    const hits = [{ step, drum: 'crash', velocity: 90, offsetMs: 0 }] as const
    const groove = { metre: fourFour, measures: 2, hits }
    return { plain: groove, felt: groove }
  }
  /** A bassline with one groove, a chart, and a groove that was made over it. */
  const withChart = () => {
    const performer = new Performer().act('count-in', 0).act('record-bass')
    performer.play([note(0), note(4)]).wait(8)
    performer.act('new-groove').do({ type: 'answer', job: 'groove', request: 1, answer: answer(1) })
    performer.do({ type: 'chart', chart: 'Dm7 | G7' })
    return performer.act('new-groove').do({ type: 'answer', job: 'groove', request: 2, answer: answer(2) })
  }
  const grooves = ({ state }: Performer) => state.material.grooves.map(({ plain }) => plain.hits[0]?.step)

  it('is still there, and plays on, when the chart is undone and brought back', () => {
    const performer = withChart().wait(17)
    const { playing } = performer.state.grooves
    expect(playing).toBe(1)
    expect(performer.act('undo').state.material.chart).toBeNull()
    expect([grooves(performer), performer.state.grooves]).toEqual([
      [1, 2],
      expect.objectContaining({ playing, next: null }),
    ])
    expect(performer.act('redo').state.material.chart?.text).toBe('Dm7 | G7')
    expect(grooves(performer)).toEqual([1, 2])
  })

  it('goes with its bassline', () => {
    const performer = withChart().act('undo').act('undo')
    expect([performer.state.material.loops.bass, grooves(performer)]).toEqual([null, []])
    expect(grooves(performer.act('redo'))).toEqual([1, 2])
  })
})

describe('what changes nothing', () => {
  it.each(['clear-bass', 'clear-drums', 'clear-chords'] as const)('leaves nothing to undo: %s', (action) => {
    expect(new Performer().act(action).state.history.past).toEqual([])
  })

  it('leaves what was undone to bring back', () => {
    const performer = new Performer().do({ type: 'chart', chart: 'C' }).do({ type: 'chart', chart: 'F' }).act('undo')
    performer.do({ type: 'chart', chart: 'C' }).act('clear-drums').act('redo')
    expect(performer.state.material.chart?.text).toBe('F')
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
    performer
      .do({ type: 'answer', job: 'groove', request: 1, answer: { plain: groove, felt: groove } })
      .wait(performer.beat + 8)
    const drums = () => new Set(performer.due('drums', performer.beat, performer.beat + 8).map(({ drum }) => drum))
    expect(drums()).toEqual(new Set(['crash']))
    expect(performer.act('clear-drums').state.settings['fixed-groove']).toBe(true)
    expect(drums()).toEqual(new Set(['kick', 'snare', 'closed-hat']))
    expect(performer.act('undo').state.material.grooves).toHaveLength(1)
  })
})
