import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { outlook } from '../index.ts'

/** Somebody on a first visit who improvises: nothing else has been set. */
const visitor = () => new Performer().act('improvise', true)

const turnOf = ({ state }: Performer) => state.trading.trade.turn

/** The seconds from now on to the hand-over. */
const left = ({ state, at }: Performer) => outlook(state, at).secondsLeft

const line = (from: number, count: number, apart = 1 / 2, beats = 0.4) =>
  Array.from({ length: count }, (_, index) => note(from + index * apart, 60 + (index % 5), beats))

describe('the end of a phrase', () => {
  it('gives the turn to every call that was heard on a first visit, and the next phrase to the call again', () => {
    const key = fc.record({
      pitch: fc.integer({ min: 48, max: 84 }),
      after: fc.double({ min: 0.2, max: 0.4, noNaN: true }),
      beats: fc.double({ min: 0.1, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 30 }), fc.boolean(), (keys, hold) => {
        let beat = 1
        const call = keys.map(({ pitch, after, beats }) => {
          beat += after
          return note(beat, pitch, beats)
        })
        const performer = visitor()
        if (hold) performer.do({ type: 'noteOn', pitch: 36, velocity: 60 })
        performer.play(call)
        for (let waited = 0; waited < 5 && turnOf(performer) === 'call'; waited += 0.1)
          performer.wait(performer.beat + 0.2)
        expect(turnOf(performer)).toBe('response')
        expect(performer.wait(performer.beat + 100).state.trading.trade.turn).toBe('response')
        performer.play(line(performer.beat + 1, 4)).wait(performer.beat + 12)
        expect(turnOf(performer)).toBe('call')
      }),
    )
  })

  it('comes while keys below the line are held, and not while its own are, or ones above it', () => {
    const below = visitor().do({ type: 'noteOn', pitch: 43, velocity: 70 }).wait(1)
    expect(left(below.play(line(2, 8)))).not.toBeNull()
    expect(turnOf(below.wait(below.beat + 8))).toBe('response')
    const above = visitor().do({ type: 'noteOn', pitch: 90, velocity: 70 }).wait(1)
    expect(left(above.play(line(2, 8)))).toBeNull()
    expect(turnOf(above.wait(above.beat + 8))).toBe('call')
    above.do({ type: 'noteOff', pitch: 90 })
    expect(left(above)).toBeGreaterThan(0)
    const last = visitor().play(line(0, 8)).do({ type: 'noteOn', pitch: 50, velocity: 70 })
    expect(left(last)).toBeNull()
  })

  it('is not put off by letting go of what accompanied the line', () => {
    const performer = visitor().do({ type: 'noteOn', pitch: 43, velocity: 70 }).wait(1).play(line(2, 8))
    const due = performer.at + (left(performer) ?? Number.NaN)
    performer.do({ type: 'noteOff', pitch: 43 }, performer.at + 0.1)
    expect(performer.at + (left(performer) ?? Number.NaN)).toBeCloseTo(due, 9)
  })

  it('does not count keys of other tracks', () => {
    const performer = visitor().act('keys', 'chords').do({ type: 'noteOn', pitch: 72, velocity: 70 })
    performer.act('keys', 'lead').play(line(1, 8))
    expect(left(performer)).not.toBeNull()
    expect(turnOf(performer.wait(performer.beat + 8))).toBe('response')
  })

  it('waits longer for a slow player, and for a staccato one no less', () => {
    const restOf = (apart: number, beats: number) => left(visitor().play(line(0, 24, apart, beats))) ?? Number.NaN
    expect(restOf(2, 1.8)).toBeGreaterThan(2 * restOf(1 / 2, 0.45))
    expect(restOf(1, 0.3)).toBeGreaterThan(restOf(1, 0.9))
  })

  it('cuts nobody off who plays slowly and staccato, once it has heard a few notes', () => {
    const performer = visitor()
    const turns = new Set<string>()
    for (let index = 0; index < 30; index++) {
      performer.play([note(4 * index, 60 + (index % 3), 1)])
      if (index >= 8) turns.add(turnOf(performer))
    }
    expect(turns.size).toBe(1)
  })

  it('is learned in every turn and from all playing of the lead, and goes on from a replay', () => {
    const performer = new Performer().play(line(0, 20, 2, 1.5)).act('improvise', true)
    expect(left(performer.play(line(50, 3, 2, 1.5)))).toBeGreaterThan(1)
  })

  it('comes after the rest of version 0.1, which any key puts off, where rests are not learned', () => {
    const performer = visitor()
      .act('own-rests', false)
      .play(line(0, 24, 2, 1.8))
    expect(left(performer)).toBeCloseTo(0.7)
    const held = visitor().act('own-rests', false).do({ type: 'noteOn', pitch: 43, velocity: 70 }).wait(1)
    expect(left(held.play(line(2, 8)))).toBeNull()
  })
})
