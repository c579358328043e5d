import { expect, it } from 'vitest'
import { drumEvent } from '../models/index.ts'
import { type Drum, type DrumStyle, parseMetre } from '../music/index.ts'
import {
  bigFill,
  type Emphasis,
  fillEnd,
  filling,
  landing,
  likeEvent,
  noCrash,
  swingTime,
  timekeeping,
  together,
} from './emphasis.ts'

it('in jazz swing, ride and hat are likelier on the beats and on the swung notes after two and four', () => {
  const ride = drumEvent(['snare', 'ride'])
  const places = Array.from({ length: 24 }, (_, place) => place)
  expect(places.filter((place) => (swingTime(place)?.[ride] ?? 0) > 0)).toEqual([0, 6, 10, 12, 18, 22])
  expect(swingTime(0)?.[drumEvent(['kick', 'crash'])]).toBe(0)
})

it('elsewhere hat and ride are likelier on the eighths, and beyond 4/4 the snare on every second pulse', () => {
  const likelier = (metre: string, style: DrumStyle | undefined, drum: Drum) =>
    Array.from({ length: 24 }, (_, place) => place).filter(
      (place) => (timekeeping(parseMetre(metre), style, place)?.[drumEvent([drum])] ?? 0) > 0,
    )
  expect(likelier('12/8', 'soul', 'closed-hat')).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22])
  expect(likelier('12/8', 'soul', 'snare')).toEqual([6, 18])
  expect(likelier('7/8', undefined, 'snare')).toEqual([4])
  expect([likelier('4/4', 'rock', 'snare'), likelier('12/8', 'afro', 'snare')]).toEqual([[], []])
  expect(likelier('12/8', 'soul', 'open-hat')).toEqual([])
})

it('in a fill, snare and toms are likelier, the low tom at its end, and a crash is not', () => {
  const of = (emphasis: Emphasis) =>
    (['high-tom', 'low-tom', 'snare', 'kick', 'crash'] as const).map((drum) => emphasis[drumEvent([drum])])
  expect(of(filling)).toEqual([1.25, 0.25, 1, 0, -2])
  expect(of(fillEnd)).toEqual([3.5, 3.5, 2.75, 0, -2])
  expect(of(noCrash)).toEqual([0, 0, 0, 0, -2])
})

it('after a fill, a crash over the kick is likelier', () => {
  const [both, crash, kick] = [drumEvent(['kick', 'crash']), drumEvent(['crash']), drumEvent(['kick'])]
  expect([landing[0], landing[kick], landing[crash], landing[both]]).toEqual([0, 1, 5, 6])
})

it('what is like another event is likelier, whatever the crash does', () => {
  const other = drumEvent(['kick', 'ride', 'crash'])
  const spoken = [['kick', 'ride'], ['kick', 'ride', 'crash'], ['kick'], ['snare']] as const
  expect(spoken.map((each) => likeEvent(other)[drumEvent(each)])).toEqual([-0, -0, -1, -3])
})

it('several speak together', () => {
  const tom = drumEvent(['low-tom', 'crash'])
  expect(together([undefined, filling, bigFill, landing])?.[tom]).toBe(-1.75 - 5.25 + 5)
  expect([together([]), together([undefined, filling])]).toEqual([undefined, filling])
})
