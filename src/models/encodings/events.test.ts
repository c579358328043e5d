import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import type { Note } from '../../music/index.ts'
import { hold, noteOff } from './encoding.ts'
import { drumEvents, melodyEvents, melodyNotes, melodyPrimer } from './events.ts'
import { foldPitch } from './fold-pitch.ts'

describe('a melody as events', () => {
  it('has onsets, holds, and note offs before rests', () => {
    expect(melodyEvents([note(0, 60, 0.5), note(1, 62, 0.25)])).toEqual([60, hold, noteOff, hold, 62])
  })

  it('starts with holds where it starts with a rest, and has no note off at its end', () => {
    expect(melodyEvents([note(0.5, 60, 0.5)])).toEqual([hold, hold, 60, hold])
  })

  it('has the highest of notes together, and a later note ends an earlier one', () => {
    expect(melodyEvents([note(0, 60, 2), note(0, 67, 0.5), note(0, 64, 4), note(0.25, 62, 0.5)])).toEqual([
      67,
      62,
      hold,
    ])
  })

  it('is empty without notes', () => {
    expect(melodyEvents([])).toEqual([])
  })
})

describe('the notes of a melody’s events', () => {
  it('last until another event, or until the events end', () => {
    expect(melodyNotes([hold, 60, hold, 62, noteOff, hold, 64, hold], 8, 70)).toEqual([
      note(2.25, 60, 0.5, 70),
      note(2.75, 62, 0.25, 70),
      note(3.5, 64, 0.5, 70),
    ])
  })

  it('are those of a melody on the grid that was made into events', () => {
    const pitch = fc.integer({ min: 1, max: 127 })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 9 }), pitch)), (line) => {
        let step = 0
        const notes = line.map(([rest, steps, pitch]) => {
          step += rest + steps
          return note((step - steps) / 4, pitch, steps / 4, 80)
        })
        expect(melodyNotes(melodyEvents(notes), 0, 80)).toEqual(notes)
      }),
    )
  })
})

describe('a melody as a primer', () => {
  const played = [note(1.25, 60, 0.5), note(2, 30, 0.5), note(6, 64, 0.5)]

  it('begins with its first note, in the model’s range', () => {
    expect(melodyPrimer(played.slice(0, 2), { range: [48, 83] })).toEqual({
      events: [60, hold, noteOff, 54, hold],
      firstStep: 5,
      semitones: 0,
    })
  })

  it.each([
    [21, 0],
    [20, 1],
    [18, 1],
    [17, 2],
    [1, 2],
  ])('of which %i steps are heard begins with the first note in the last of them', (longest, first) => {
    const { events, firstStep } = melodyPrimer(played, { range: [0, 127] }, longest)
    const { pitch, beat } = played[first] as Note
    expect([events[0], firstStep]).toEqual([pitch, 4 * beat])
    expect(events.length).toBeLessThanOrEqual(longest)
  })

  it('costs no more where another note is very far from it', () => {
    const far = 2 ** 30
    expect(melodyPrimer([note(0, 60, 0.5), note(far, 64, 0.5)], { range: [0, 127] }, 16)).toEqual({
      events: [64, hold],
      firstStep: 4 * far,
      semitones: 0,
    })
  })

  it('begins with a note however long that is held', () => {
    const beats = fc.double({ min: 0, max: 500, noNaN: true })
    const notes = fc.array(fc.tuple(beats, fc.integer({ min: 48, max: 83 }), beats), { minLength: 1 })
    fc.assert(
      fc.property(notes, fc.integer({ min: 1, max: 64 }), (notes, longest) => {
        const { events } = melodyPrimer(
          notes.map((each) => note(...each)),
          { range: [48, 83] },
          longest,
        )
        expect(events[0]).toBeGreaterThanOrEqual(48)
        expect(events.length).toBeLessThanOrEqual(longest)
      }),
    )
  })
})

it('drums as events have the sets that sound together', () => {
  expect(drumEvents([note(0, 36, 0.1), note(0.02, 42, 0.1), note(0.5, 38, 0.1), note(0.5, 20, 0.5)])).toEqual([
    5, 0, 2, 0,
  ])
})

it('a folded pitch is in range and keeps its name, where the range has one', () => {
  fc.assert(
    fc.property(fc.nat(127), fc.nat(100), fc.nat(27), (pitch, lowest, size) => {
      const folded = foldPitch(pitch, [lowest, lowest + size])
      expect(folded).toBeGreaterThanOrEqual(lowest)
      expect(folded).toBeLessThanOrEqual(lowest + size)
      if (size >= 11) expect(Math.abs(folded - pitch) % 12).toBe(0)
    }),
  )
})
