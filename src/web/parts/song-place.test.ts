import { expect, it } from 'vitest'
import { Performer } from '../../../test/performer.ts'
import { song, stageWith } from '../../../test/songs.ts'
import { songPlace } from './song-place.ts'

const at = (performer: Performer, beat: number) => songPlace(performer.wait(beat).state, beat)
const begun = (performer: Performer) => performer.act('count-in', 0).act('play')

it('a stage without songs and charts is nowhere', () => {
  expect(songPlace(new Performer().state, 0)).toEqual({ title: null, section: null, next: null })
})

it('a chart says which of its sections plays, and which comes, round its end', () => {
  const performer = begun(stageWith(song([{ chart: '[A] C | F | [B] G7' }])))
  expect(at(performer, 1)).toEqual({ title: 'Song', section: 'A', next: 'B' })
  expect(at(performer, 9)).toEqual({ title: 'Song', section: 'B', next: 'A' })
  expect(at(performer, 13)).toEqual({ title: 'Song', section: 'A', next: 'B' })
})

it('a song without named sections in its chart says its own, and the one that is called', () => {
  const performer = begun(stageWith(song([{ name: 'head', chart: 'C' }, { name: 'solo' }, { name: 'out' }])))
  expect(at(performer, 1)).toEqual({ title: 'Song', section: 'head', next: 'solo' })
  performer.act('next-section').act('next-section')
  expect(at(performer, 1.1).next).toBe('out')
})
