import { expect, it } from 'vitest'
import { playEvening } from './simulation.ts'

it('an evening of a minute keeps every promise', async () => {
  const { book, missed, hanging, notes, compared } = await playEvening(3, 60)
  expect(book.first).toEqual([])
  expect([missed, hanging]).toEqual([0, 0])
  expect(Math.min(notes, compared)).toBeGreaterThan(20)
})
