import { signal } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import type { Exchange } from '../stage.ts'
import { createLastExchange } from './last-exchange.ts'

/** Somebody who trades over a chart, a classic call and its response, followed step by step. */
function trading() {
  const melody = [note(4, 60, 1), note(5, 62, 1)]
  const last = signal<Exchange | null>(null)
  const exchange = createLastExchange(last)
  const performer = new Performer()
  const then = (act: (performer: Performer) => unknown) => {
    act(performer)
    exchange.observe({ type: 'tick', at: performer.at }, [], performer.state)
  }
  then((each) =>
    each
      .act('count-in', 0)
      .act('live', false)
      .act('hand-over', 'count')
      .act('notes', 2)
      .do({ type: 'chart', chart: 'Dm7 | G7' }),
  )
  then((each) => each.act('improvise', true).act('play'))
  const play = (beat: number, pitch: number) => {
    then((each) => each.wait(beat).do({ type: 'noteOn', pitch, velocity: 90 }))
    then((each) => each.wait(beat + 0.5).do({ type: 'noteOff', pitch }))
  }
  return { exchange, last, then, play, melody }
}

const symbols = (changes: readonly { beat: number; chord: { symbol: string } | null }[] = []) =>
  changes.map(({ beat, chord }) => `${beat} ${chord?.symbol}`)

describe('the last exchange', () => {
  it('is the call, the model’s answer, and what was played with its pitches, with the chords over both', () => {
    const { last, then, play, melody } = trading()
    play(1, 69)
    play(6, 71)
    then((each) => each.do({ type: 'answer', job: 'melody', request: 1, answer: { melody } }))
    play(9, 40)
    const { call, response, chords, pitches } = last.value ?? {}
    expect(call).toEqual([note(1, 69, 0.5), note(6, 71, 0.5)])
    expect(pitches).toEqual([60, 62])
    expect(response?.map(({ pitch, beat }) => [pitch, beat])).toEqual([[60, 1]])
    expect([symbols(chords?.call), symbols(chords?.response)]).toEqual([['0 Dm7', '4 G7'], ['0 Dm7']])
  })

  it('has the last note of each turn, as long as its key was down, until the next call is over', () => {
    const { last, then, play, melody } = trading()
    play(1, 69)
    play(2, 71)
    then((each) => each.do({ type: 'answer', job: 'melody', request: 1, answer: { melody } }))
    play(9, 40)
    play(10, 41)
    play(12, 70)
    const { call, response } = last.value ?? {}
    expect(call).toEqual([note(1, 69, 0.5), note(2, 71, 0.5)])
    expect(response).toEqual([note(1, 60, 0.5), note(2, 62, 0.5)])
    play(13, 72)
    expect(last.value).toMatchObject({ call: [note(0, 70, 0.5), note(1, 72, 0.5)], response: [] })
  })

  it('begins in the measure that its first note comes a little early for', () => {
    const { last, play } = trading()
    play(3.94, 69)
    play(6, 71)
    expect(last.value?.call.map(({ beat }) => beat)).toEqual([-0.06, 2].map((beat) => expect.closeTo(beat, 6)))
  })

  it('is forgotten when another performance begins', () => {
    const { exchange, last, play } = trading()
    play(1, 69)
    play(2, 71)
    expect(last.value).not.toBeNull()
    exchange.reset()
    exchange.observe({ type: 'tick', at: 0 }, [], new Performer().state)
    expect(last.value).toBeNull()
  })
})
