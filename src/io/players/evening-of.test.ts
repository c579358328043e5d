import fc from 'fast-check'
import { expect, it } from 'vitest'
import { eveningOf } from './evening-of.ts'

const changed = new Date('2026-11-30T21:00:00Z')
const notesOf = (pitches: readonly number[]) =>
  pitches.map((pitch) => ({ pitch, velocity: 90, since: 0.5, beats: 0.5, place: 0, chord: null }))

it('an evening is the same whenever its file is learnt, whatever ending the file has', () => {
  const [evening, again] = ['a.mid', 'a.tradefours'].map((name) => eveningOf(notesOf([60, 62]), name, changed))
  expect(evening).toEqual(again)
  expect(evening?.id).toMatch(/^a-[0-9a-f]{16}$/)
  expect(evening?.day).toBe('2026-11-30')
})

it('evenings with other notes are others', () => {
  const pitches = fc.array(fc.nat(127), { maxLength: 20 })
  fc.assert(
    fc.property(pitches, pitches, (one, other) => {
      const [a, b] = [one, other].map((each) => eveningOf(notesOf(each), 'a.mid', changed).id)
      expect(a === b).toBe(`${one}` === `${other}`)
    }),
  )
})
