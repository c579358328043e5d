import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sung } from '../../test/cues.ts'
import { randomSoloist } from '../../test/fakes/soloist.ts'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { runs } from '../../test/runs.ts'
import { parseChord, pitchClass } from '../music/index.ts'
import { type HandOver, readPerformance, replay, writePerformance } from './index.ts'

const numRuns = runs(200)
const soloist = randomSoloist()

/** A performer who improvises, classic or live. */
function improviser(live: boolean, handOver: HandOver): Performer {
  return new Performer(0, soloist).act('improvise', true).act('live', live).act('hand-over', handOver)
}

/** What a key lets sound, and who chose it. */
function press(performer: Performer, pitch: number): { pitch: number | undefined; by: string | undefined } {
  performer.do({ type: 'noteOn', pitch, velocity: 90 })
  const sound = performer.all('sound').findLast(({ track }) => track === 'lead')
  return { pitch: sound?.pitch, by: sound?.by }
}

const keySets = fc.uniqueArray(fc.integer({ min: 48, max: 79 }), { minLength: 2, maxLength: 6 })
const gapSets = fc.array(fc.double({ min: 0, max: 0.01, noNaN: true }), { minLength: 6, maxLength: 6 })

/** Presses keys one after the other, and holds them. */
function strike(performer: Performer, keys: readonly number[], gaps: readonly number[] = []): Performer {
  for (const [index, key] of keys.entries()) {
    performer.at += gaps[index] ?? 0
    press(performer, key)
  }
  return performer
}

function lift(performer: Performer, keys: readonly number[]): Performer {
  for (const pitch of keys) performer.do({ type: 'noteOff', pitch })
  return performer
}

/** The keys that are down, from the lowest up, with what they sound. */
function held({ state }: Performer): { key: number; pitch: number }[] {
  return state.keys.voices.map(({ key, pitch }) => ({ key, pitch: pitch ?? Number.NaN })).sort((a, b) => a.key - b.key)
}

/** A live response over a chart, after a call of two notes. */
function responder(chart: string, call = [note(0, 60), note(1, 63)]): Performer {
  const performer = improviser(true, 'pedal').do({ type: 'chart', chart }).act('count-in', 0).act('play')
  return performer.play(call).act('take-response').wait(2)
}

/** How many chord tones there are under a pitch, as far down as the soloist goes. */
function roomUnder(pitch: number, tones: readonly number[]): number {
  const { lowest } = new Performer().state.settings
  return Array.from({ length: Math.max(0, pitch - lowest) }, (_, index) => lowest + index).filter((each) =>
    tones.includes(pitchClass(each)),
  ).length
}

describe('a chord in a live response', () => {
  const charts = fc.constantFrom('Cm7 | F7alt | B', 'Dm7', 'Cmaj7 | Bb', 'G7/B')

  it('has under its lead as many tones of the chart’s chord as other keys, each once, in the order of the keys', () => {
    fc.assert(
      fc.property(keySets, gapSets, charts, (keys, gaps, chart) => {
        const performer = responder(chart)
        const chord = parseChord(chart.split(' ')[0] ?? '')
        const sounding = held(strike(performer, keys, gaps))
        const pitches = sounding.map(({ pitch }) => pitch)
        expect(new Set(pitches).size).toBe(keys.length)
        fc.pre(roomUnder(performer.all('sound')[2]?.pitch ?? 0, chord?.tones ?? []) >= keys.length - 1)
        expect(pitches).toEqual([...pitches].sort((a, b) => a - b))
        expect(pitches.at(-1)).toBe(performer.all('sound')[2]?.pitch)
        for (const pitch of pitches.slice(0, -1)) expect(chord?.tones).toContain(pitchClass(pitch))
      }),
      { numRuns },
    )
  })

  it('is all chord tones where the hand has played a chord before', () => {
    fc.assert(
      fc.property(keySets, keySets, gapSets, charts, (before, keys, gaps, chart) => {
        const call = before.map((pitch) => note(0, pitch, 1 / 2))
        const chord = parseChord(chart.split(' ')[0] ?? '')
        for (const { pitch } of held(strike(responder(chart, call), keys, gaps))) {
          expect(chord?.tones).toContain(pitchClass(pitch))
        }
      }),
      { numRuns },
    )
  })

  it('has its top near the hand’s where the hand plays a chord again, from whichever key', () => {
    const hand = fc
      .tuple(
        fc.integer({ min: 48, max: 70 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 4 }),
      )
      .map(([lowest, above]) => [lowest, ...above.map((interval) => lowest + interval)])
    fc.assert(
      fc.property(hand, charts, fc.infiniteStream(fc.nat()), (keys, chart, order) => {
        const call = keys.map((pitch) => note(0, pitch, 1 / 2))
        const rolled = [...keys].sort(() => (order.next().value % 2) - 1 / 2)
        const { key = 0, pitch = 0 } = held(strike(responder(chart, call), rolled)).at(-1) ?? {}
        expect(Math.abs(pitch - key)).toBeLessThanOrEqual(6)
      }),
      { numRuns },
    )
  })

  it('is about as wide as the hand', () => {
    const performer = responder('Cmaj7', [
      note(0, 52, 1 / 2),
      note(0, 60, 1 / 2),
      note(0, 64, 1 / 2),
      note(0, 71, 1 / 2),
    ])
    const pitches = held(strike(performer, [52, 60, 64, 71])).map(({ pitch }) => pitch)
    expect(Math.abs(Math.max(...pitches) - Math.min(...pitches) - 19)).toBeLessThanOrEqual(3)
  })

  it('has without a chord the tones of the scale that has been heard', () => {
    const heard = [67, 69, 71, 72, 74, 76, 78].map((pitch, index) => note(index / 2, pitch, 1 / 4))
    const performer = responder('N.C.', heard).wait(4)
    const [, ...under] = held(strike(performer, [55, 59, 62, 66])).reverse()
    expect(under).toHaveLength(3)
    for (const { pitch } of under) expect([0, 2, 4, 6, 7, 9, 11]).toContain(pitchClass(pitch))
  })

  it('lets each key end what it has, and nothing goes on', () => {
    fc.assert(
      fc.property(keySets, gapSets, (keys, gaps) => {
        const performer = lift(strike(responder('Dm7 | G7'), keys, gaps), keys)
        expect(performer.sounding('lead')).toEqual([])
      }),
      { numRuns },
    )
  })

  it('is replayed from its recording, without a soloist', () => {
    const performer = responder('Dm7 | G7')
    const events = lift(strike(performer, [50, 57, 60, 65]), [50, 57, 60, 65]).events
    const kept = events.map((event, index) => {
      const count = events.slice(0, index + 1).filter(({ type }) => type === 'noteOn').length
      const sound = performer.all('sound')[count - 1]
      return event.type === 'noteOn' && sound?.by === 'machine' ? { ...event, answer: sound.pitch } : event
    })
    const { events: read } = readPerformance(writePerformance({ seed: 0, events: kept }))
    const effects = [...replay({ seed: 0, events: read })].flatMap((step) => step.effects)
    expect(effects).toEqual(performer.effects.map(({ at: _, ...effect }) => effect))
  })
})

describe('a chord in a classic response', () => {
  const answered = (...pitches: number[]) =>
    improviser(false, 'pedal')
      .play([note(0, 60), note(1, 62)])
      .act('hand-over-now')
      .do({ type: 'answer', job: 'melody', request: 1, answer: sung(pitches) })
      .do({ type: 'chart', chart: 'Cmaj7' })
      .act('count-in', 0)
      .act('play')

  it('is one step: its top key has the next pitch, and the others go with it', () => {
    const performer = strike(answered(79, 76, 72), [52, 60, 55], [0, 0.01, 0.01])
    expect(held(performer).at(-1)).toEqual({ key: 60, pitch: 79 })
    for (const { pitch } of held(performer)) expect([0, 4, 7, 11]).toContain(pitchClass(pitch))
    expect(performer.state.trading.trade.queue).toEqual([76, 72])
    lift(performer, [52, 55, 60]).at += 1
    expect(held(strike(performer, [64, 67])).at(-1)).toEqual({ key: 67, pitch: 76 })
    lift(performer, [64, 67]).at += 1
    expect(press(performer, 50)).toEqual({ pitch: 72, by: 'machine' })
    expect(performer.state.trading.trade.turn).toBe('call')
  })

  it('is answered up to its last key, though the turn is over with its first, and does not join the call', () => {
    const performer = strike(answered(79), [60, 64, 67], [0, 0.01, 0.01])
    expect(
      performer
        .all('sound')
        .slice(2)
        .map(({ by }) => by),
    ).toEqual(['machine', 'machine', 'machine'])
    expect(performer.state.trading.trade).toMatchObject({ turn: 'call', heard: [] })
    lift(performer, [60, 64, 67]).at += 1
    expect(press(performer, 62)).toEqual({ pitch: 62, by: 'human' })
  })

  it('takes a pitch for each key where chords keep the hand’s shape', () => {
    const performer = strike(answered(79, 76, 72).act('voicing', false), [52, 55, 60])
    expect(held(performer).map(({ pitch }) => pitch)).toEqual([79, 76, 72])
  })
})

describe('a chord in a live response, as the hand plays it', () => {
  const chord = keySets
  const gaps = gapSets
  const sounds = (keys: readonly number[], gaps: readonly number[], harmony: number) => {
    const performer = improviser(true, 'pedal')
      .act('voicing', false)
      .act('harmony', harmony)
      .do({ type: 'chart', chart: 'Cm7 | F7alt | B' })
    performer
      .act('count-in', 0)
      .act('play')
      .play([note(0, 60), note(1, 63)])
      .act('take-response')
      .wait(2)
    const pressed = keys.map((key, index) => {
      performer.at += gaps[index] ?? 0
      return { key, ...press(performer, key) }
    })
    expect(pressed.every(({ by }) => by === 'machine')).toBe(true)
    return pressed.map(({ key, pitch = Number.NaN }) => ({ key, pitch }))
  }

  it.each([
    ['there is no soloist', null, 'take-response'],
    ['its first key was still part of the call', soloist, 'take-call'],
  ] as const)('is the performer’s own where %s', (_, soloist, turn) => {
    const performer = new Performer(0, soloist).do({ type: 'chart', chart: 'C' }).act('harmony', 1)
    performer.act('improvise', true).act('hand-over', 'pedal').act(turn)
    expect(press(performer, 60)).toEqual({ pitch: 60, by: 'human' })
    expect(press(performer.act('take-response'), 63)).toEqual({ pitch: 63, by: 'human' })
  })

  it('has as many pitches as keys', () => {
    fc.assert(
      fc.property(chord, gaps, fc.constantFrom(0, 0.5, 1), (keys, gaps, harmony) => {
        expect(new Set(sounds(keys, gaps, harmony).map(({ pitch }) => pitch)).size).toBe(keys.length)
      }),
      { numRuns },
    )
  })

  it('has them in the order of the keys, but for clusters', () => {
    // Four keys within a fourth.
    const isCluster = (keys: readonly number[]) => {
      const up = [...keys].sort((a, b) => a - b)
      return up.some((key, index) => (up[index + 3] ?? Number.POSITIVE_INFINITY) - key <= 5)
    }
    fc.assert(
      fc.property(
        chord.filter((keys) => !isCluster(keys)),
        gaps,
        fc.constantFrom(0, 0.5, 1),
        (keys, gaps, harmony) => {
          const pitches = sounds(keys, gaps, harmony)
            .sort((a, b) => a.key - b.key)
            .map(({ pitch }) => pitch)
          expect(pitches).toEqual([...pitches].sort((a, b) => a - b))
        },
      ),
      {
        numRuns,
        examples: [
          [[57, 55, 56, 48], [], 1],
          [[66, 61, 63, 62, 48], [], 0.5],
        ],
      },
    )
  })
})
