import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureBeats, parseMetre } from '../music/index.ts'
import { act, brinks, cues, jumpyCues, playCues } from '../testing/arbitrary-events.ts'
import { note } from '../testing/notes.ts'
import { Performer } from '../testing/performer.ts'
import { beatAt } from '../timing/index.ts'
import { measureStart } from './form.ts'
import { notesBetween, step } from './index.ts'
import type { Loop } from './state.ts'

const numRuns = Number(process.env.N ?? 200)
const part = fc.double({ min: 0, max: 1, noNaN: true })

describe('a window on the loops', () => {
  it('shows what the windows into which it is split show', () => {
    const window = fc.record({ swing: part, quantise: part, length: part, splits: fc.array(part, { maxLength: 6 }) })
    fc.assert(
      fc.property(fc.oneof(brinks, jumpyCues()), window, (cues, { swing, quantise, length, splits }) => {
        const { state } = playCues([...cues, act('swing', 0.5 + swing / 4), act('quantise', quantise)])
        const from = beatAt(state.transport.timeline, state.now) - 4
        const at = (part: number) => from + 40 * length * part
        const bounds = [0, ...splits.sort((a, b) => a - b), 1].map(at)
        const split = bounds.flatMap((bound, index) => notesBetween(state, bound, bounds[index + 1] ?? bound))
        expect(split).toEqual(notesBetween(state, at(0), at(1)))
      }),
      { numRuns },
    )
  })

  it('shows early what it shows late', () => {
    fc.assert(
      fc.property(fc.oneof(brinks, cues()), fc.double({ min: 0, max: 10, noNaN: true }), (cues, seconds) => {
        const { state } = playCues(cues)
        const at = state.now + seconds
        const later = step(state, { type: 'tick', at }).state
        const from = beatAt(later.transport.timeline, at)
        expect(notesBetween(later, from, from + 8)).toEqual(notesBetween(state, from, from + 8))
      }),
      { numRuns },
    )
  })
})

/** A bassline in any metre: how long, and where its notes are, as parts of the whole. */
const basslines = fc.record({
  metre: fc.tuple(fc.integer({ min: 1, max: 13 }), fc.constantFrom(2, 4, 8, 16)).map((parts) => parts.join('/')),
  measures: fc.integer({ min: 1, max: 4 }),
  parts: fc.array(fc.double({ min: 0, max: 0.99, noNaN: true }), { minLength: 1, maxLength: 12 }),
  tempo: fc.integer({ min: 40, max: 300 }),
})

/** A performer who has recorded a bassline, and its length; it goes round from the form's first beat on. */
function withBass({ metre, measures, parts, tempo }: typeof basslines extends fc.Arbitrary<infer Line> ? Line : never) {
  const length = measures * measureBeats(parseMetre(metre))
  const notes = parts.map((part, index) => note(part * length, 36 + index, 1 / 16))
  const performer = new Performer().act('tempo', tempo).act('count-in', 0).do({ type: 'metre', metre })
  performer.act('measures', measures).act('play').act('record-bass').play(notes)
  return { performer: performer.wait(3 * length), length }
}

describe('a loop', () => {
  it.each([0, 0.5, 1])('comes round exactly, in any metre, also after hours, when it is %d quantised', (quantise) => {
    const passes = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(basslines, passes, (line, passes) => {
        const { performer, length } = withBass(line)
        const start = performer.act('quantise', quantise).state.transport.form.beat - 0.7
        const onsets = (pass: number) => performer.due('bass', start + pass * length, start + (pass + 1) * length)
        const first = onsets(4)
        expect(first.length).toBeGreaterThan(0)
        for (const pass of passes.sort((a, b) => a - b)) {
          const beat = (beat: number) => (quantise === 1 ? beat : expect.closeTo(beat, 9))
          const expected = first.map((note) => ({ ...note, beat: beat(note.beat + pass * length) }))
          performer.wait(start + (pass + 4) * length)
          expect(onsets(pass + 4)).toEqual(expected)
        }
      }),
      { numRuns },
    )
  })

  it('has lost nothing when its metre comes back', () => {
    const metres = fc.array(fc.constantFrom('3/4', '1/16', '7/8', '2+2/4', '13/2'), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(basslines, metres, fc.nat(40), (line, metres, beats) => {
        const { performer } = withBass(line)
        performer
          .act('record-chords')
          .play([note(0, 60), note(1 / 4, 64)], performer.beat)
          .wait(performer.beat + 200)
        const before = pass(performer)
        for (const metre of [...metres, line.metre]) {
          performer.do({ type: 'metre', metre }).wait(performer.beat + 30 + beats)
        }
        expect(pass(performer)).toEqual(before)
      }),
      { numRuns },
    )
  })
})

/** All that loops and drums play in one round of the bass, from its start. */
function pass({ state, beat }: Performer) {
  const { form } = state.transport
  const { phase, measures } = state.material.bass as Loop
  const length = measures * measureBeats(form.metre)
  const start = measureStart(form, phase)
  const from = start + Math.ceil((beat - start) / length) * length
  const due = notesBetween(state, from, from + length)
  return due.map((note) => ({ ...note, beat: note.beat - from }))
}
