import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idleCues } from '../../../test/arbitraries/cues.ts'
import { playCues } from '../../../test/cues.ts'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { runs } from '../../../test/runs.ts'
import type { Note } from '../../music/index.ts'
import { type HandOver, readPerformance, replay, transcribe, writePerformance } from '../index.ts'
import { comingNotes } from './index.ts'

/** A performer in the middle of the music, who is answered with phrases. */
function trader(handOver: HandOver, measures = 1): Performer {
  const performer = new Performer().act('count-in', 0).act('improvise', true).act('own-phrases', true)
  return performer.act('hand-over', handOver).act('trade-measures', measures).act('play')
}

const call = [note(0, 60, 0.4), note(1, 64, 0.4), note(2, 67, 0.4)]

/** Eighth notes from where phrases were asked for to the end of their turn. */
function eighths({ beats, from }: { readonly beats: number; readonly from: number }): Note[] {
  const first = Math.ceil(2 * from)
  return Array.from({ length: Math.max(0, Math.floor(2 * beats) - first) }, (_, index) =>
    note((first + index) / 2, 72 + (index % 5), 0.4),
  )
}

/** The models answer what was asked last. */
function answer(performer: Performer): Performer {
  const asked = performer.asks('phrase').at(-1)
  if (!asked) throw new Error('Nobody asked for a phrase.')
  return performer.do({ type: 'answer', job: 'phrase', request: asked.request, answer: { notes: eighths(asked) } })
}

const turnOf = ({ state }: Performer) => state.trading.trade.turn

describe('phrases of its own', () => {
  it('are asked for before a turn of measures begins, and fill it to the beat', () => {
    const performer = trader('measures').do({ type: 'chart', chart: 'Dm7 | G7' }).play(call).wait(3.5)
    expect(turnOf(performer)).toBe('call')
    const [asked] = performer.asks('phrase')
    expect(asked).toMatchObject({ beats: 4, from: 0, place: 0, bpm: 120, closeness: 'vary' })
    expect(asked?.call.map(({ pitch, beat }) => [pitch, beat])).toEqual([
      [60, -4],
      [64, -3],
      [67, -2],
    ])
    expect(asked?.chords.filter(({ beat }) => beat >= 0).map(({ chord }) => chord?.symbol)).toEqual(['G7'])
    answer(performer)
    expect(performer.due('lead', 3.5, 20).map(({ beat }) => beat)).toEqual([4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5])
    performer.wait(4)
    expect(turnOf(performer)).toBe('response')
    expect(comingNotes(performer.state, performer.secondsAt(6)).map(({ beat }) => beat)).toEqual([6, 6.5, 7, 7.5])
    performer.wait(8)
    expect(turnOf(performer)).toBe('call')
    expect(performer.asks('phrase')).toHaveLength(1)
  })

  it('follow a rest, and end with a bar line about as far as the call was long', () => {
    const performer = trader('phrase', 4).play(call)
    const end = performer.state.trading.line.released ?? 0
    performer.do({ type: 'tick' }, end + 1)
    const asked = performer.asks('phrase').at(-1)
    answer(performer).wait(performer.beat + 3)
    expect(turnOf(performer)).toBe('response')
    const from = -Math.min(...(asked?.call.map(({ beat }) => beat) ?? []))
    expect(asked).toMatchObject({ from: 0, place: expect.closeTo(from % 4), beats: expect.closeTo(8 - from) })
    expect(performer.due('lead', 0, 20).at(-1)?.beat).toBeLessThan(8)
    expect(turnOf(performer.wait(8))).toBe('call')
  })

  it('are forgotten where the call goes on after all', () => {
    const performer = trader('phrase').play(call)
    performer.do({ type: 'tick' }, performer.at + 0.06)
    answer(performer).do({ type: 'noteOn', pitch: 69, velocity: 80 })
    expect(performer.due('lead', 0, 20)).toEqual([])
    expect(turnOf(performer)).toBe('call')
  })

  it.each(['measures', 'held'])('are not asked for without end while nobody plays, %s', (way) => {
    const performer = trader('measures').act('hold', way === 'held')
    if (way === 'held') performer.act('hand-over', 'phrase').act('take-response')
    performer.wait(100)
    const inTurn = performer.asks('phrase').length
    expect(inTurn).toBeGreaterThan(way === 'held' ? 20 : 10)
    performer.wait(1_000_000)
    const asked = performer.asks('phrase').length
    expect(asked).toBeLessThan(1500)
    performer.do({ type: 'noteOn', pitch: 60, velocity: 80 }).do({ type: 'noteOff', pitch: 60 })
    performer
      .act('hold', false)
      .act('hand-over-now')
      .wait(performer.beat + 8)
    expect(performer.asks('phrase').length).toBeGreaterThan(asked)
  })

  it('yield to a key, or play on, as it is set', () => {
    for (const interrupted of ['yield', 'play-on'] as const) {
      const performer = trader('measures').act('interrupted', interrupted).play(call).wait(3.5)
      answer(performer).wait(5).do({ type: 'noteOn', pitch: 50, velocity: 80 })
      expect(performer.sounding('lead')).toEqual([50])
      expect(performer.all('sound').at(-1)?.by).toBe('human')
      const isYielding = interrupted === 'yield'
      expect(turnOf(performer)).toBe(isYielding ? 'call' : 'response')
      expect(performer.due('lead', 5, 8)).toHaveLength(isYielding ? 0 : 6)
      expect(performer.all('silence').some(({ track }) => track === 'lead')).toBe(isYielding)
      performer.do({ type: 'noteOff', pitch: 50 }).wait(7.9)
      expect(turnOf(performer.wait(8))).toBe('call')
    }
  })

  it('are asked for anew, for what is left of the turn, when tempo or harmony change', () => {
    const performer = trader('measures', 2).do({ type: 'chart', chart: 'C' }).play(call).wait(7.5)
    answer(performer).wait(9).act('tempo', 160)
    const faster = performer.asks('phrase').at(-1)
    expect(performer.asks('phrase')).toHaveLength(2)
    expect(faster).toMatchObject({ bpm: 160, beats: 8 })
    expect(faster?.from).toBeGreaterThan(1)
    expect(faster?.call.filter(({ beat }) => beat >= 0).length).toBeGreaterThan(1)
    answer(performer)
    const before = performer.due('lead', 9, 16).map(({ beat }) => beat)
    expect(before).toEqual([...new Set(before)].sort((a, b) => a - b))
    performer.do({ type: 'chart', chart: 'C | F7' }).wait(12)
    expect(performer.asks('phrase')).toHaveLength(3)
    expect(turnOf(performer.wait(16))).toBe('call')
  })

  it('go out of the pocket as the dial says, and come home with the next measure', () => {
    const performer = trader('measures', 2).act('pocket', 0.5).play(call).wait(7.5)
    expect(performer.asks('phrase').at(-1)).toMatchObject({ pocket: 0.5, builds: false })
    answer(performer).wait(9).act('home').wait(12.5)
    expect(performer.asks('phrase')).toHaveLength(2)
    expect(performer.asks('phrase').at(-1)).not.toHaveProperty('pocket')
  })

  it('come to an end when the music stops, or another kind of answer is chosen', () => {
    for (const action of ['stop', 'panic', 'own-phrases', 'improvise'] as const) {
      const performer = trader('measures').play(call).wait(3.5)
      answer(performer).wait(5).act(action)
      expect([turnOf(performer), performer.state.phrases.turn]).toEqual(['call', null])
      expect(performer.due('lead', 0, 20)).toEqual([])
    }
  })

  it('grow shorter by half after each answer of a chase', () => {
    const performer = trader('measures', 8).act('chase', true)
    const turns: [number, string][] = []
    for (let beat = 0; beat <= 140; beat++) {
      performer.wait(beat)
      if (turns.at(-1)?.[1] !== turnOf(performer)) turns.push([beat, turnOf(performer)])
    }
    const starts = turns.slice(0, 9).map(([beat]) => beat / 4)
    expect(starts).toEqual([0, 8, 16, 20, 24, 26, 28, 29, 30])
  })

  it('are listened to as the performer is: the band does not die away under them', () => {
    const energies = [true, false].map((isAnswered) => {
      const performer = trader('measures', 4).play(Array.from({ length: 32 }, (_, index) => note(index / 2, 60, 0.4)))
      const before = performer.state.listening.listener.energy
      if (isAnswered) answer(performer)
      return performer.wait(28.5).state.listening.listener.energy / before
    })
    expect(energies).toEqual([expect.closeTo(1, 0), expect.closeTo(0, 0)])
  })

  it('end on time, answered, late or never, and leave nothing behind, whatever is done meanwhile', () => {
    const rules = fc.constantFrom('measures' as const, 'phrase' as const, 'pedal' as const)
    fc.assert(
      fc.property(rules, fc.integer({ min: 1, max: 4 }), fc.boolean(), idleCues, (rule, measures, isDead, cues) => {
        const performer = trader(rule, measures).play(call)
        if (rule === 'pedal') performer.act('hand-over-now')
        performer.wait(4 * measures - 0.75)
        const asked = performer.asks('phrase').at(-1)
        if (asked && isDead) {
          performer.do({ type: 'answer', job: 'phrase', request: asked.request, answer: null, message: 'gone' })
        } else if (asked) answer(performer)
        const { state } = playCues(cues, 0, null, performer.state)
        performer.state = state
        performer.at = state.now
        performer.wait(Math.ceil(performer.beat / 4) * 4 + 32.5)
        const { turn } = performer.state.phrases
        for (const { beat, beats } of turn?.notes ?? []) expect(beat + beats).toBeLessThanOrEqual(turn?.end ?? 0)
        performer.act('panic')
        expect(performer.state.phrases.turn).toBeNull()
        expect(performer.state.asked.phrase ?? null).toBeNull()
      }),
      { numRuns: runs(100) },
    )
  })

  it('are replayed without a model, and written out', () => {
    const performer = trader('measures').play(call).wait(3.5)
    answer(performer).wait(9)
    const { events, effects } = performer
    const performance = readPerformance(writePerformance({ seed: 0, events }))
    const replayed = [...replay(performance)].flatMap((step) => step.effects)
    expect(replayed).toEqual(effects.map(({ at: _, ...effect }) => effect))
    expect(transcribe({ seed: 0, events }).notes.answer).toHaveLength(8)
  })

  it('wait for the music', () => {
    const performer = new Performer().act('improvise', true).act('own-phrases', true)
    expect(performer.notices).toEqual(['phrase-needs-music'])
  })
})
