import { expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'

/** A measure of swung eighths, as a shuffle has them. */
const swung = [0, 2 / 3, 1, 1 + 2 / 3, 2, 2 + 2 / 3, 3, 3 + 2 / 3].map((beat, index) => note(beat, 36 + index, 0.2))

it('a take that is undone takes the swing with it that was heard of it, and brings it back when it is done again', () => {
  const performer = new Performer().act('measures', 1).act('swing', 0.55).act('record-bass').play(swung).wait(4)
  const heard = performer.state.settings.swing
  expect(heard).toBeGreaterThan(0.6)
  expect(performer.act('undo').state.settings.swing).toBe(0.55)
  expect(performer.act('redo').state.settings.swing).toBe(heard)
})

it('a swing that was set by hand since then stays', () => {
  const performer = new Performer().act('measures', 1).act('record-bass').play(swung).wait(4).act('swing', 0.58)
  expect(performer.act('undo').state.settings.swing).toBe(0.58)
})
