import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeLink } from '../../../test/fakes/link.ts'
import { Performer } from '../../../test/performer.ts'
import { runs } from '../../../test/runs.ts'
import { measureBeats, parseMetre } from '../../music/index.ts'
import { secondsAt, tempoAt } from '../../timing/index.ts'
import { createLink } from './link.ts'

/** A session among peers, woken each 25 ms. */
function setUp({ tempo = 120, peers = 1, metre = '4/4' } = {}) {
  const performer = new Performer()
  performer.act('count-in', 0).do({ type: 'metre', metre })
  const began = performance.now()
  const seconds = (timeStampMs: number) => (timeStampMs - began) / 1000
  const { peer, others, said } = fakeLink(tempo, peers)
  const done: string[] = []
  const act = (action: 'play' | 'stop', timeStampMs: number) => {
    done.push(action)
    performer.act(action, undefined, seconds(timeStampMs))
  }
  let tempi = 0
  const link = createLink(
    peer,
    {
      get state() {
        return performer.state
      },
      play: (at) => act('play', at),
      stop: (at) => act('stop', at),
      tempo(bpm, at) {
        tempi++
        performer.act('tempo', bpm, seconds(at))
      },
      count: (bpm, past, at) => performer.do({ type: 'clock', bpm, past }, seconds(at)),
    },
    { of: seconds },
  )
  const run = (forMs: number) => {
    for (let ms = 0; ms < forMs; ms += 25) {
      vi.advanceTimersByTime(25)
      performer.do({ type: 'tick' }, seconds(performance.now()))
      link.wake()
    }
  }
  /** How far the session is from the phase of the measure, or from the next whole beat. */
  const off = (length = measureBeats(parseMetre(metre))) => {
    const beats = others.beatAt(performance.now()) - performer.beat
    return Math.abs(beats - length * Math.round(beats / length))
  }
  const playing = () => performer.state.transport.playing
  return { performer, others, said, done, link, run, off, playing, tempi: () => tempi }
}

beforeEach(() => void vi.useFakeTimers({ now: 1000, toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

const tempi = fc.integer({ min: 40, max: 240 })
const metres = fc.constantFrom('4/4', '3/4', '7/8', '5/4')
const milliseconds = fc.integer({ min: 0, max: 5000 })

describe('a linked session', () => {
  it('joins late on the phase of the measure, with its first beat on a bar line', () => {
    fc.assert(
      fc.property(tempi, metres, milliseconds, (tempo, metre, late) => {
        const { performer, others, run, off, playing } = setUp({ tempo, metre })
        others.play(performance.now() + late)
        run(late + (8 * 60_000) / tempo)
        expect(playing()).toBe(true)
        expect(off()).toBeLessThan(1e-3)
        const firstMs = 1000 * secondsAt(performer.state.transport.timeline, 0)
        expect(firstMs).toBeGreaterThan(late - 1)
        run(10_000)
        expect(off()).toBeLessThan(5e-3)
      }),
      { numRuns: runs(40) },
    )
  })

  it('begins by itself wherever the peers are, starts them, and comes to the phase of the measure', () => {
    fc.assert(
      fc.property(tempi, metres, milliseconds, (tempo, metre, at) => {
        const { performer, others, run, off } = setUp({ tempo, metre })
        run(at)
        performer.act('play', undefined, performer.at)
        run((20 * 60_000) / tempo)
        expect(others.isPlaying).toBe(true)
        expect(off()).toBeLessThan(5e-3)
        expect(performer.state.settings.tempo).toBeCloseTo(tempo, 0)
        expect(others.tempo).toBe(tempo)
      }),
      { numRuns: runs(40) },
    )
  })

  it('takes a tempo from outside, at rest and while it plays, and stays on the beat', () => {
    fc.assert(
      fc.property(tempi, tempi, (rest, moving) => {
        const { performer, others, run, off } = setUp()
        others.setTempo(rest)
        run(100)
        expect(performer.state.settings.tempo).toBe(rest)
        others.play(performance.now())
        run((9 * 60_000) / rest)
        others.setTempo(moving)
        run((12 * 60_000) / moving)
        expect(others.tempo).toBe(moving)
        expect(off()).toBeLessThan(5e-3)
        expect(performer.state.settings.tempo / moving).toBeCloseTo(1, 2)
      }),
      { numRuns: runs(40) },
    )
  })

  it('sends its own tempo, once', () => {
    const { performer, others, run, said } = setUp()
    run(500)
    performer.act('tempo', 97.3)
    run(5000)
    expect(others.tempo).toBeCloseTo(97.3, 2)
    expect(performer.state.settings.tempo).toBe(97.3)
    expect(said).toEqual(['tempo'])
  })

  it('starts and stops with the others, and they with it', () => {
    const { performer, others, run, done, said, playing } = setUp()
    others.play(performance.now())
    run(2500)
    expect([playing(), done]).toEqual([true, ['play']])
    others.stop()
    run(50)
    expect([playing(), done]).toEqual([false, ['play', 'stop']])
    performer.act('play')
    run(50)
    expect(others.isPlaying).toBe(true)
    performer.act('stop')
    run(50)
    expect(others.isPlaying).toBe(false)
    expect([done, said]).toEqual([
      ['play', 'stop'],
      ['play', 'stop'],
    ])
  })

  it('does not start those once more who are about to begin when it does', () => {
    const { performer, others, run, said, done } = setUp()
    others.play(performance.now() + 3000)
    run(1000)
    performer.act('play')
    run(5000)
    expect([said, done]).toEqual([[], []])
  })

  it('waits where the others will begin later, also by whole bars', () => {
    const { others, run, performer, playing } = setUp()
    others.play(performance.now() + 7000)
    run(6900)
    expect(playing()).toBe(false)
    run(2200)
    expect(playing()).toBe(true)
    expect(secondsAt(performer.state.transport.timeline, 0)).toBeGreaterThan(6.99)
  })

  it('says nothing more, on either side, when all agree', () => {
    const { others, run, said, done, tempi } = setUp({ tempo: 133 })
    others.play(performance.now())
    run(10_000)
    const before = tempi()
    run(60_000)
    expect([said, done]).toEqual([[], ['play']])
    expect(tempi() - before).toBeLessThan(4)
  })

  it('has a free take in the peers’ tempo, from one of their beats on, and goes on where it began', () => {
    const beats = fc.integer({ min: 60, max: 180 })
    fc.assert(
      fc.property(beats, milliseconds, fc.double({ min: -0.2, max: 0.2, noNaN: true }), (tempo, later, off) => {
        const began = performance.now()
        const { performer, others, run, off: offPhase } = setUp({ tempo })
        run(later)
        const beat = 60 / tempo
        const first = Math.ceil(others.beatAt(performance.now()) + 1)
        const untilMs = (to: number) => ((to - others.beatAt(performance.now())) * 60_000) / tempo
        run(untilMs(first) - 30)
        performer.act('free-bass', undefined, performer.at)
        for (let count = 0; count < 8; count++) {
          run(Math.max(0, untilMs(first + count)))
          performer.do({ type: 'noteOn', pitch: 36 + (count % 4), velocity: 90 }, performer.at)
          run(100)
          performer.do({ type: 'noteOff', pitch: 36 + (count % 4) }, performer.at)
        }
        run(untilMs(first + 8) - 1)
        performer.act('free-bass', undefined, performer.at + off * beat)
        const { transport, settings, material } = performer.state
        expect(material.loops.bass).toMatchObject({ measures: 2, metre: { numerator: 4 } })
        expect(settings.tempo).toBeCloseTo(tempo, 0)
        const one = others.beatAt(began + 1000 * secondsAt(transport.timeline, 0))
        expect(Math.abs(one - first - 8)).toBeLessThan(0.02)
        run(5000)
        expect(others.tempo).toBeCloseTo(tempo, 5)
        expect(offPhase(1)).toBeLessThan(5e-3)
        expect(performer.beat).toBeCloseTo(
          ((performance.now() - began) / 1000 - secondsAt(transport.timeline, 0)) / beat,
          1,
        )
      }),
      { numRuns: runs(30) },
    )
  })

  it('leads, as long as it is alone: whoever comes finds its beat and its bars', () => {
    const { performer, others, run, off } = setUp({ peers: 0 })
    run(330)
    performer.act('play', undefined, performer.at)
    run(1000)
    performer.act('tempo', 90)
    run(3000)
    expect(others.tempo).toBe(90)
    expect(off()).toBeLessThan(1e-3)
    expect(performer.state.settings.tempo).toBe(90)
    performer.do({ type: 'metre', metre: '3/4' })
    run(5000)
    const { timeline, form } = performer.state.transport
    expect(form.metre.numerator).toBe(3)
    const place = performer.beat - form.beat
    const apart = (others.beatAt(performance.now()) - place) / 3
    expect(Math.abs(apart - Math.round(apart))).toBeLessThan(1e-3)
    expect(tempoAt(timeline, performer.beat)).toBe(90)
  })

  it('comes to the nearest beat of those who are there suddenly, and leaves its bars', () => {
    const { performer, others, run, off } = setUp({ peers: 0 })
    performer.act('play')
    run(4000)
    others.come(1.7)
    run(300)
    expect(performer.state.settings.tempo).not.toBe(120)
    run(8000)
    expect(off(1)).toBeLessThan(5e-3)
    expect(off(4)).toBeGreaterThan(0.9)
  })

  it('does not bend a take to the phase of the measure, where that began on another beat', () => {
    const { performer, others, run, off, tempi } = setUp()
    run(1000)
    performer.act('record-bass').do({ type: 'noteOn', pitch: 40, velocity: 90 })
    run(3000)
    expect(performer.state.recording.take).not.toBeNull()
    expect(others.isPlaying).toBe(true)
    expect([off(1) < 1e-3, off(4), tempi()]).toEqual([true, expect.closeTo(2), 0])
  })

  it('plays as quick as it can where the others are quicker', () => {
    const { performer, others, run, said, tempi } = setUp()
    others.setTempo(600)
    run(5000)
    expect(performer.state.settings.tempo).toBe(400)
    expect(said).toEqual([])
    expect(tempi()).toBe(1)
  })

  it('leaves the others playing when it ends', () => {
    const { others, link, run } = setUp()
    others.play(performance.now())
    run(3000)
    link.end()
    expect(others.isPlaying).toBe(true)
    expect(others.left).toBe(true)
  })
})
