import { expect, it } from 'vitest'
import { drumEvent } from '../models/index.ts'
import { bigFill, filling, landing, likeEvent, timekeeping, together } from './emphasis.ts'

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
  expect(filling[tom]).toBeGreaterThan(filling[snare] as number)
  expect(filling[snare]).toBeGreaterThan(0)
  expect(filling[kick]).toBe(0)
})

it('after a fill, a crash over the kick is likelier', () => {
  const [both, crash, kick] = [drumEvent(['kick', 'crash']), drumEvent(['crash']), drumEvent(['kick'])]
  expect([landing[0], landing[kick], landing[crash], landing[both]]).toEqual([0, 1, 4, 5])
})

it('what is like another event is likelier, whatever the crash does', () => {
  const other = drumEvent(['kick', 'ride', 'crash'])
  const spoken = [['kick', 'ride'], ['kick', 'ride', 'crash'], ['kick'], ['snare']] as const
  expect(spoken.map((each) => likeEvent(other)[drumEvent(each)])).toEqual([-0, -0, -1, -3])
})

it('several speak together', () => {
  const tom = drumEvent(['low-tom', 'crash'])
  expect(together([undefined, filling, bigFill, landing])?.[tom]).toBe(1 + 2 + 4)
  expect([together([]), together([undefined, filling])]).toEqual([undefined, filling])
})
