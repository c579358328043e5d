import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brinks, cues, jumpy } from '../../test/arbitraries/cues.ts'
import { barLineInputs } from '../../test/arbitraries/events.ts'
import { act, playCues } from '../../test/cues.ts'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { runs } from '../../test/runs.ts'
import { measureBeats, parseMetre } from '../music/index.ts'
import { beatAt } from '../timing/index.ts'
import { type Loop, lookAheadSeconds, measureStart, notesBetween, step } from './index.ts'

const numRuns = runs(200)
const part = fc.double({ min: 0, max: 1, noNaN: true })

describe('a window on the loops', () => {
  it('shows what the windows into which it is split show', () => {
    const window = fc.record({ swing: part, quantise: part, length: part, splits: fc.array(part, { maxLength: 6 }) })
    fc.assert(
      fc.property(jumpy(fc.oneof(brinks, cues())), window, (cues, { swing, quantise, length, splits }) => {
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
    const seconds = fc.double({ min: 0, max: 10, noNaN: true })
    fc.assert(
      fc.property(fc.oneof(brinks, cues()), fc.integer({ min: 40, max: 300 }), seconds, (cues, tempo, seconds) => {
        const { state } = playCues([act('tempo', tempo), ...cues])
        const at = state.now + seconds
        const later = step(state, { type: 'tick', at }).state
        const from = beatAt(later.transport.timeline, at)
        const before = [state, later].map(({ transport }) => beatAt(transport.timeline, state.now))
        if (before[0] !== before[1]) return // The music has begun anew.
        expect(notesBetween(later, from, from + 8)).toEqual(notesBetween(state, from, from + 8))
      }),
      { numRuns },
    )
  })

  it('shows up to the look-ahead what comes, though another metre or groove is called for', () => {
    fc.assert(
      fc.property(brinks, barLineInputs, (cues, input) => {
        const { state } = playCues(cues)
        const { timeline } = state.transport
        const { state: changed } = playCues([{ after: 0, input }], 0, null, state)
        const [from, to] = [beatAt(timeline, state.now), beatAt(timeline, state.now + lookAheadSeconds)]
        const comes = [state.transport.next, state.grooves.next].some((next) => next && next.beat < to)
        if (comes) return
        expect(notesBetween(changed, from, to)).toEqual(notesBetween(state, from, to))
      }),
      { numRuns },
    )
  })
})

type Bassline = { readonly metre: string; readonly measures: number; readonly parts: number[]; readonly tempo: number }

/** A bassline in any metre: how long, and where its notes are, as parts of the whole. */
const basslines: fc.Arbitrary<Bassline> = fc.record({
  metre: fc.tuple(fc.integer({ min: 1, max: 13 }), fc.constantFrom(2, 4, 8, 16)).map((parts) => parts.join('/')),
  measures: fc.integer({ min: 1, max: 4 }),
  parts: fc.array(fc.double({ min: 0, max: 0.99, noNaN: true }), { minLength: 1, maxLength: 12 }),
  tempo: fc.integer({ min: 40, max: 300 }),
})

/** A performer who has recorded a bassline, and its length; it goes round from the form's first beat on. */
function withBass({ metre, measures, parts, tempo }: Bassline) {
  const length = measures * measureBeats(parseMetre(metre))
  const notes = parts.map((part, index) => note(part * length, 36 + index, 1 / 16))
  const performer = new Performer().act('tempo', tempo).act('count-in', 0).do({ type: 'metre', metre })
  performer.act('measures', measures).act('play').act('record-bass').play(notes)
  return { performer: performer.wait(3 * length), length }
}

describe('a take', () => {
  const recording = () => new Performer().act('count-in', 0).act('play').act('record-bass')

  it('has no note from before it, though a clock was set back', () => {
    const performer = recording().play([note(4, 40)])
    performer.do({ type: 'noteOn', pitch: 41, velocity: 90 }, 0.5).play([note(6, 42)])
    expect(performer.wait(20).state.material.loops.bass?.notes.map(({ pitch }) => pitch)).toEqual([40, 42])
  })

  it('keeps the metre that its first note was early for, though that is called off', () => {
    const performer = recording()
      .do({ type: 'metre', metre: '3/4' })
      .play([note(3.75, 40, 0.1)])
    performer.do({ type: 'metre', metre: '4/4' }).play([note(4 + 5, 41)])
    const { bass } = performer.wait(20).state.material.loops
    expect([bass?.metre.numerator, bass?.measures, bass?.from]).toEqual([3, 2, 10])
  })

  it('that is full is told to be so once', () => {
    const brushed = Array.from({ length: 4100 }, (_, index) => note(index / 1024, 40, 1 / 2048))
    expect(recording().play(brushed).notices).toEqual(['take-full'])
  })
})

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
          const expected = first.map(({ beat, beats, ...note }) => {
            return { ...note, beat: expect.closeTo(beat + pass * length, 8), beats: expect.closeTo(beats, 8) }
          })
          performer.wait(start + (pass + 4) * length)
          expect(onsets(pass + 4)).toEqual(expected)
        }
      }),
      { numRuns },
    )
  })

  it('has a snare on each bass note and nowhere else, in any metre, overdubs and all', () => {
    const metres = fc.constantFrom('3/4', '1/16', '7/8', '4/4', '13/2')
    const early = fc.double({ min: 0, max: 0.12, noNaN: true })
    fc.assert(
      fc.property(basslines, metres, fc.nat(60), early, (line, metre, sixteenth, early) => {
        const { performer, length } = withBass(line)
        const start = Math.ceil(performer.beat / length + 1) * length
        performer.act('overdub-bass').play([note(start + ((sixteenth / 4) % length) - early, 30, 1 / 32)])
        performer
          .wait(start + 3 * length)
          .do({ type: 'metre', metre })
          .wait(performer.beat + 60)
        const beats = (track: 'bass' | 'drums') =>
          performer
            .due(track, performer.beat, performer.beat + 200)
            .filter(({ drum = 'snare' }) => drum === 'snare')
            .map(({ beat }) => beat)
        expect(new Set(beats('drums'))).toEqual(new Set(beats('bass')))
      }),
      { numRuns, examples: [[{ metre: '1/2', measures: 1, parts: [0], tempo: 44 }, '3/4', 0, 0]] },
    )
  })

  it('goes on with its next measure, through whatever metres', () => {
    const changes = fc.array(fc.record({ metre: fc.constantFrom('3/4', '5/8', '2/2', '4/4'), beats: fc.nat(20) }))
    fc.assert(
      fc.property(changes, (changes) => {
        const measures = [0, 1, 2, 3, 4]
        const performer = new Performer().act('count-in', 0).act('measures', measures.length).act('record-bass')
        performer.play(measures.map((measure) => note(4 * measure, measure))).wait(20)
        const heard = changes.flatMap(({ metre, beats }) => {
          performer.do({ type: 'metre', metre })
          const from = performer.beat
          const due = performer.due('bass', from, from + beats)
          performer.wait(from + beats)
          return due.map(({ pitch }) => pitch)
        })
        expect(heard).toEqual(heard.map((_, index) => index % measures.length))
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
  const { phase, measures } = state.material.loops.bass as Loop
  const length = measures * measureBeats(form.metre)
  const start = measureStart(form, phase)
  const from = start + Math.ceil((beat - start) / length) * length
  const due = notesBetween(state, from, from + length)
  const rounded = (beats: number) => Math.round(beats * 1e9) / 1e9
  return due.map((note) => ({ ...note, beat: rounded(note.beat - from), beats: rounded(note.beats) }))
}
