import { expect, it } from 'vitest'
import { measureMap } from '../io/midi-file/index.ts'
import { loopWindow } from './loop-window.ts'

const { map } = measureMap([])
const line = Array.from({ length: 16 }, (_, beat) => ({ beat: 48 + beat, beats: 1, pitch: 40, velocity: 90 }))
const windowOf = (notes: typeof line, end = 64) => loopWindow({ notes, end }, map, 'song.mid', {})

it('begins no loop with a note alone long before the others', () => {
  const [first] = line
  const stray = { ...(first as (typeof line)[0]), beat: 0, beats: 1 / 4 }
  expect(windowOf([stray, ...line])).toMatchObject({ bar: 13, measures: 4 })
  expect(windowOf([{ ...stray, beat: 24 }, ...line])).toMatchObject({ bar: 7 })
  expect(windowOf([stray, ...line.slice(0, 2)])).toMatchObject({ bar: 1 })
})

it('rests up to sixteen measures where its track goes on', () => {
  expect(windowOf(line, 64 + 16 * 4)).toMatchObject({ measures: 20, notices: [] })
  expect(windowOf(line, 64 + 17 * 4)).toMatchObject({ measures: 4, notices: [expect.stringContaining('17 empty')] })
})
