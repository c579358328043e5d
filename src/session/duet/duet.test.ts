import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { between } from '../../../test/arbitraries/events.ts'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { runs } from '../../../test/runs.ts'
import type { Note } from '../../music/index.ts'
import {
  comingNotes,
  isMachinesTurn,
  readPerformance,
  replay,
  type Settings,
  transcribe,
  writePerformance,
} from '../index.ts'

/** Somebody who plays over the music, whose gaps are filled. */
function soloist(settings: Partial<Settings> = {}): Performer {
  const performer = new Performer()
  for (const [id, value] of Object.entries({ 'count-in': 0, duet: true, ...settings })) {
    performer.act(id as keyof Settings, value)
  }
  return performer.act('play')
}

/** A phrase of eighths from a beat on. */
const phrase = (from: number, notes = 8, apart = 1 / 2): Note[] =>
  Array.from({ length: notes }, (_, index) => note(from + index * apart, 60 + ((index * 5) % 12), 0.8 * apart))

/** The models answer what was asked last with sixteenths. */
function answer(performer: Performer): Performer {
  const { beats, from, request } = performer.asks('phrase').at(-1) ?? expect.fail('Nobody asked for a fill.')
  const notes = Array.from({ length: Math.floor(4 * (beats - from)) }, (_, index) =>
    note(from + index / 4, 72 + (index % 5), 0.2),
  )
  return performer.do({ type: 'answer', job: 'phrase', request, answer: { notes } })
}

/** Somebody who rests for eight beats after each phrase of four. */
function resting(settings: Partial<Settings> = {}): Performer {
  const performer = soloist(settings)
  for (let round = 0; round < 4; round++) performer.play(phrase(12 * round))
  return performer
}

const asked = (performer: Performer) => performer.asks('phrase').length

describe('a fill', () => {
  it('comes in a rest, as its performer rests, and is over before they are expected back', () => {
    const performer = resting().wait(40.6)
    const call =
      performer
        .asks('phrase')
        .at(-1)
        ?.call.map(({ beat }) => beat) ?? []
    answer(performer)
    const fill = performer.due('lead', 36, 60)
    expect(fill[0]).toMatchObject({ by: 'machine', beat: expect.closeTo(-Math.min(...call), 0) })
    expect(fill[0]?.beat).toBeGreaterThan(40)
    expect(Math.max(...fill.map(({ beat, beats }) => beat + beats))).toBeLessThan(48)
    expect(comingNotes(performer.state, performer.at)).toHaveLength(fill.length)
    expect(performer.state.trading.trade.turn).toBe('call')
  })

  it('ends with the next key of the lead, and is not asked for again in the same rest', () => {
    const performer = answer(resting().wait(40.6)).wait(42)
    const before = asked(performer)
    expect(performer.all('silence')).toEqual([])
    performer.do({ type: 'noteOn', pitch: 64, velocity: 80 })
    expect(performer.all('silence').map(({ track }) => track)).toEqual(['lead'])
    expect(performer.due('lead', 36, 60)).toEqual([])
    const { answer: fill } = transcribe({ seed: 0, events: performer.events }).notes
    expect(fill.length).toBeGreaterThan(2)
    expect(Math.max(...fill.map(({ beat, beats }) => beat + beats))).toBeLessThanOrEqual(42)
    const alone = answer(resting().wait(40.6)).wait(200)
    expect(asked(alone)).toBe(before)
  })

  it('does not begin while a key of the lead is held, but over chords of the left hand', () => {
    const held = resting().do({ type: 'noteOn', pitch: 40, velocity: 80 })
    const before = asked(held)
    expect(asked(held.wait(100))).toBe(before)
    const split = resting({ zones: 'key', split: 55 }).do({ type: 'noteOn', pitch: 40, velocity: 80 })
    expect(asked(split.wait(100))).toBe(before + 1)
  })

  it('knows the chord of its moment', () => {
    const performer = soloist().do({ type: 'chart', chart: 'Dm7 | G7 | Cmaj7 | A7' })
    for (let round = 0; round < 4; round++) performer.play(phrase(12 * round))
    const { chords = [] } = performer.wait(41).asks('phrase').at(-1) ?? {}
    expect(chords.findLast(({ beat }) => beat <= 0)?.chord?.symbol).toBe('Cmaj7')
  })

  it('goes with a chord that the left hand changes meanwhile, and is softer than its performer', () => {
    const performer = resting({ zones: 'key', split: 55 }).wait(41)
    const chord = (pitches: readonly number[]) => {
      for (const pitch of pitches) performer.do({ type: 'noteOn', pitch, velocity: 80 })
    }
    answer(performer)
    expect(performer.due('lead', 41, 46).map(({ velocity }) => velocity)).toContain(Math.round(0.85 * 90))
    const before = asked(performer)
    chord([50, 53, 45])
    const { end = 0, checkAt = 0 } = performer.state.phrases.turn ?? {}
    expect(checkAt).toBeLessThan(end)
    performer.wait(checkAt + 0.01)
    expect(asked(performer)).toBe(before + 1)
    expect(performer.asks('phrase').at(-1)?.from).toBeGreaterThan(0)
  })

  it('leaves the drums their turn, and does not learn from it', () => {
    const performer = soloist({ 'drums-trade': '2' })
    for (let round = 0; round < 6; round++) performer.play(phrase(16 * round)).wait(16 * (round + 1) - 1)
    expect(performer.state.duet.rests).toEqual([])
    const known = resting().act('drums-trade', '2').wait(39.9)
    const { from = 0, to = 0 } = known.state.grooves.turn ?? {}
    const before = asked(known.play(phrase(from - 4)))
    expect(asked(known.wait(to))).toBe(before)
    expect(asked(known.play(phrase(to)).wait(to + 7))).toBe(before + 1)
    expect(known.asks('phrase').at(-1)?.beats).toBeLessThan(4)
  })

  it('leaves the hand-over free', () => {
    const performer = resting({ improvise: true, 'own-phrases': true, 'hand-over': 'measures', 'trade-measures': 12 })
    const [fill, turn] = performer.wait(47.9).asks('phrase')
    const from = -Math.min(...(fill?.call.map(({ beat }) => beat) ?? []))
    expect(from + (fill?.beats ?? 0)).toBeLessThanOrEqual(47)
    expect(turn).toMatchObject({ beats: 48 })
    expect(performer.state.trading.trade.turn).toBe('call')
    expect(answer(performer).wait(48).state.trading.trade.turn).toBe('response')
    expect(performer.due('lead', 48, 96).length).toBeGreaterThan(100)
  })

  it('goes by the rests of the music alone, not by the pauses between tunes', () => {
    const performer = resting().act('stop')
    const { rests } = performer.state.duet
    for (const pause of [60, 120]) performer.wait(performer.beat + pause).play(phrase(performer.beat + 1))
    expect(performer.state.duet.rests).toEqual(rests)
  })

  it('is none where it is not wanted, where the music is stopped, and in the turn of the machine', () => {
    expect(asked(resting({ duet: false }).wait(100))).toBe(0)
    expect(asked(resting().act('stop').wait(100))).toBe(asked(resting()))
    const response = resting({ improvise: true, 'hand-over': 'pedal' })
    const before = asked(response)
    expect(asked(response.act('take-response').wait(100))).toBe(before)
  })

  it('ends where it is switched off', () => {
    const performer = answer(resting().wait(40.6)).wait(42).act('duet', false)
    expect(performer.due('lead', 36, 60)).toEqual([])
    expect(performer.all('silence')).toHaveLength(1)
  })
})

/** A phrase and the rest after it in beats, and how many seconds the models take for an answer. */
type Phrase = { readonly notes: number; readonly apart: number; readonly rest: number; readonly patience: number }

const solos = fc.array(
  fc.record<Phrase>({
    notes: fc.integer({ min: 1, max: 10 }),
    apart: fc.constantFrom(1 / 4, 1 / 3, 1 / 2, 1, 2),
    rest: between(0, 16),
    patience: between(0, 2),
  }),
  { minLength: 1, maxLength: 12 },
)
const trades = fc.constantFrom<Partial<Settings>>(
  {},
  { improvise: true, 'hand-over': 'pedal' },
  { improvise: true, 'hand-over': 'measures', 'trade-measures': 2 },
)

/** Plays a solo; each question is answered in its time. */
function play(solo: readonly Phrase[], settings: Partial<Settings>): Performer {
  const performer = soloist(settings)
  for (const { notes, apart, rest, patience } of solo) {
    performer.play(phrase(performer.beat, notes, apart))
    const end = performer.beat + rest
    for (;;) {
      const waiting = performer.state.asked.phrase
      const next = waiting ? Math.max(performer.at, waiting.at + patience) : performer.at + 0.1
      if (next > performer.secondsAt(end)) break
      performer.do({ type: 'tick' }, next)
      if (waiting) answer(performer)
    }
    performer.wait(end)
  }
  return performer
}

describe('fills', () => {
  const numRuns = runs(300)

  it('never sound while a key of the lead is down, and all of them end', () => {
    fc.assert(
      fc.property(solos, trades, (solo, settings) => {
        const { events } = play(solo, settings).wait(400)
        const { played, answer } = transcribe({ seed: 0, events }).notes
        for (const fill of answer) {
          expect(fill.beats).toBeLessThan(1)
          for (const key of played) {
            expect(fill.beat < key.beat + key.beats && key.beat < fill.beat + fill.beats).toBe(false)
          }
        }
      }),
      { numRuns },
    )
  })

  it('change nothing of what the keys sound', () => {
    fc.assert(
      fc.property(solos, trades, (solo, settings) => {
        const sounds = (performer: Performer) => [...performer.all('sound'), ...performer.all('stop')]
        const together = play(solo, settings)
        const alone = soloist({ ...settings, duet: false })
        for (const event of together.events) {
          if (event.type === 'noteOn' || event.type === 'noteOff') alone.do(event, event.at)
        }
        expect(sounds(together)).toEqual(sounds(alone))
      }),
      { numRuns },
    )
  })

  it('leave the machine its own turns', () => {
    const own = { improvise: true, 'own-phrases': true, 'hand-over': 'measures', 'trade-measures': 4 } as const
    fc.assert(
      fc.property(solos, (solo) => {
        const { events } = play(solo, own)
        for (const { state } of replay({ seed: 0, events })) {
          if (isMachinesTurn(state))
            expect(state.phrases.turn).toMatchObject({ isFill: false, from: expect.any(Number) })
        }
      }),
      { numRuns },
    )
  })

  it('are replayed without a model', () => {
    fc.assert(
      fc.property(solos, trades, (solo, settings) => {
        const { events, effects } = play(solo, settings)
        const performance = readPerformance(writePerformance({ seed: 0, events }))
        const replayed = [...replay(performance)].flatMap((step) => step.effects)
        expect(replayed).toEqual(effects.map(({ at: _, ...effect }) => effect))
      }),
      { numRuns },
    )
  })
})
