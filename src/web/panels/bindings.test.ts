import { describe, expect, it } from 'vitest'
import { song, stageWith } from '../../../test/songs.ts'
import { controllers } from '../../session/index.ts'
import { boundControls } from './bindings.ts'

describe('what controls do', () => {
  it('is found by action, with how it does it', () => {
    const { state } = stageWith().do({ type: 'bind', bindings: controllers.nanokontrol2.bindings })
    const bound = boundControls(state.controls.bindings, state.songs)
    expect(bound.get('play')).toEqual([{ control: 'cc 41', how: '', bySong: false }])
    expect(bound.get('measures')?.map(({ control, how }) => `${control} ${how}`)).toEqual(['cc 43 − 1', 'cc 44 + 1'])
    expect(bound.get('fixed-groove')?.[0]?.how).toBe('= true')
    expect(bound.get('redo')).toBeUndefined()
  })

  it('is what the song says before what the performer says', () => {
    const performer = stageWith(song([{ controls: { 'cc 2': null, 'cc 3': 'undo' } }], { 'cc 1': 'tap' }))
    performer.do({ type: 'bind', bindings: { 'cc 1': 'play', 'cc 2': 'stop', 'cc 4': 'redo' } })
    const bound = boundControls(performer.state.controls.bindings, performer.state.songs)
    expect([...bound].map(([action, [control]]) => [action, control?.control, control?.bySong])).toEqual([
      ['tap', 'cc 1', true],
      ['redo', 'cc 4', false],
      ['undo', 'cc 3', true],
    ])
  })
})
