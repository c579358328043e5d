import { expect, it } from 'vitest'
import { drumEvent } from '../models/index.ts'
import { filling, timekeeping } from './emphasis.ts'

it('in jazz swing, ride and hat are likelier on the beats and on the swung notes after two and four', () => {
  const ride = drumEvent(['snare', 'ride'])
  const places = Array.from({ length: 24 }, (_, place) => place)
  expect(places.filter((place) => (timekeeping('swing', place)?.[ride] ?? 0) > 0)).toEqual([0, 6, 10, 12, 18, 22])
  expect(timekeeping('swing', 0)?.[drumEvent(['kick', 'crash'])]).toBe(0)
})

it('in other styles nobody has to keep time more than the model does', () => {
  expect([timekeeping('shuffle', 0), timekeeping(undefined, 6)]).toEqual([undefined, undefined])
})

it('in a fill, toms and the snare are likelier', () => {
  const [tom, snare, kick] = [drumEvent(['low-tom', 'kick']), drumEvent(['snare']), drumEvent(['kick'])]
  expect(filling?.[tom]).toBeGreaterThan(filling?.[snare] ?? 0)
  expect(filling?.[snare]).toBeGreaterThan(0)
  expect(filling?.[kick]).toBe(0)
})
