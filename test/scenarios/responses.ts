import { expect } from 'vitest'
import { seeded } from '../../src/models/index.ts'
import { parseChord, pitchClass } from '../../src/music/index.ts'
import { transcribe } from '../../src/session/index.ts'
import { sung } from '../cues.ts'
import { note } from '../notes.ts'
import { Performer } from '../performer.ts'
import { line, rest, shippedSoloist } from './playing.ts'
import type { Scenarios } from './scenario.ts'

/** Somebody on a first visit who improvises over the shipped soloist, without a click before. */
const visitor = (seed = 1) => new Performer(seed, shippedSoloist).act('count-in', 0).act('play').act('improvise', true)

const turnOf = ({ state }: Performer) => state.trading.trade.turn

/** What sounded on the lead: who chose it, the key, its pitch, and when. */
const lead = (performer: Performer) => performer.all('sound').filter(({ track }) => track === 'lead')

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

export const responses: Scenarios = {
  R1() {
    const phrase = [72, 74, 76, 79, 77, 76, 74, 71]
    const performer = rest(visitor().play(line(0, phrase)))
    performer.play(line(performer.beat, phrase))
    const [call, response] = [lead(performer).slice(0, 8), lead(performer).slice(8)]
    expect(call.map(({ by, pitch }) => [by, pitch])).toEqual(phrase.map((pitch) => ['human', pitch]))
    expect(response.map(({ by, key, velocity }) => [by, key, velocity])).toEqual(
      call.map(({ key, velocity }) => ['machine', key, velocity]),
    )
    const rhythm = (notes: typeof call) => notes.map(({ at }) => expect.closeTo(at - (notes[0]?.at ?? 0), 9))
    expect(response.map(({ at }) => at - (response[0]?.at ?? 0))).toEqual(rhythm(call))
    expect(response.map(({ pitch }) => pitch)).not.toEqual(phrase)
  },

  R2() {
    const random = seeded(2)
    const performer = visitor().do({ type: 'chart', chart: 'Dm7 | G7 | Cmaj7 | A7' })
    for (let turn = 0; turn < 20; turn++) {
      const phrase = Array.from({ length: 10 }, () => 72 + Math.floor(random.next() * 13))
      rest(performer.play(line(performer.beat, phrase)))
    }
    const answers = lead(performer).filter(({ by }) => by === 'machine')
    expect(answers).toHaveLength(100)
    expect(Math.abs(mean(answers.map(({ pitch, key }) => pitch - key)))).toBeLessThan(4)
    expect(Math.min(...answers.map(({ pitch }) => pitch))).toBeGreaterThan(60)
    expect(Math.max(...answers.map(({ pitch }) => pitch))).toBeLessThan(96)
  },

  R3() {
    const chart = ['Dm7', 'G7', 'Cmaj7', 'A7']
    const performer = visitor().do({ type: 'chart', chart: chart.join(' | ') })
    performer.act('hand-over', 'measures').act('trade-measures', 4)
    const voicings = [
      [53, 57, 60, 64],
      [55, 59, 65],
      [52, 55, 59, 62, 67],
    ]
    for (let beat = 0; beat < 32; beat++) {
      performer.play((voicings[beat % 3] ?? []).map((pitch) => note(beat, pitch, 0.8)))
    }
    const answered = lead(performer).filter(({ by }) => by === 'machine')
    expect(answered.length).toBeGreaterThan(50)
    const belongs = answered.filter(({ pitch, at }) =>
      parseChord(chart[Math.floor(at / 2 + 1e-6) % 4] ?? '')?.tones.includes(pitchClass(pitch)),
    )
    expect(belongs).toHaveLength(answered.length)
    const width = (pitches: readonly number[]) => Math.max(...pitches) - Math.min(...pitches)
    for (const at of new Set(answered.map((each) => each.at))) {
      const chord = answered.filter((each) => each.at === at)
      expect(Math.abs(width(chord.map(({ pitch }) => pitch)) - width(chord.map(({ key }) => key)))).toBeLessThan(7)
    }
  },

  R4() {
    const performer = new Performer().act('live', false).act('hand-over', 'count').act('notes', 2)
    performer.act('improvise', true).play(line(0, [60, 62]))
    const request = performer.asks('melody')[0]?.request ?? 0
    performer.do({ type: 'answer', job: 'melody', request, answer: sung([70, 65]) })
    performer.play([note(2, 60), note(2, 64), note(2, 67), note(3, 62)])
    const answered = lead(performer).slice(2)
    expect(answered.map(({ by }) => by)).toEqual(Array(4).fill('machine'))
    const [chord, last] = [answered.slice(0, 3), answered[3]]
    expect(Math.max(...chord.map(({ pitch }) => pitch))).toBe(70)
    expect(new Set(chord.map(({ pitch }) => pitch)).size).toBe(3)
    expect(last?.pitch).toBe(65)
  },

  R5() {
    const performer = visitor().do({ type: 'noteOn', pitch: 41, velocity: 70 }).wait(1)
    rest(performer.play(line(2, [67, 69, 71, 72, 74, 76])))
    expect(turnOf(performer)).toBe('response')
    expect(performer.sounding('lead')).toEqual([41])
    expect(performer.do({ type: 'noteOff', pitch: 41 }).sounding('lead')).toEqual([])
  },

  R6() {
    const phrase = [72, 74, 76, 79, 77, 76, 74, 71]
    const performer = new Performer().act('count-in', 0).act('duet', true)
    performer.do({ type: 'chart', chart: 'Dm7 | G7 | Cmaj7 | A7' }).act('play')
    const filled = new Map<number, number>()
    const restUntil = (beat: number) => {
      while (performer.beat < beat) {
        performer.wait(Math.min(beat, performer.beat + 0.1))
        const asked = performer.asks('phrase').at(-1)
        if (!asked || filled.has(asked.request)) continue
        filled.set(asked.request, beat)
        const notes = Array.from({ length: 2 * Math.floor(asked.beats) }, (_, index) => note(index / 2, 64, 0.4))
        performer.do({ type: 'answer', job: 'phrase', request: asked.request, answer: { notes } })
      }
    }
    for (let round = 1; round <= 7; round++) {
      performer.play(line(performer.beat, phrase))
      restUntil(round === 7 ? 12 * round - 6.5 : 12 * round)
    }
    performer.play(line(performer.beat, phrase))
    expect([...filled.values()].slice(-4)).toEqual([48, 60, 72, 77.5])
    const { answer, played } = transcribe({ seed: 0, events: performer.events }).notes
    const overNext = answer.map(({ beat, beats }) => {
      const next = played.find((key) => key.beat > beat)?.beat ?? Number.NaN
      return next - beat - beats
    })
    expect(answer.length).toBeGreaterThan(8)
    expect(Math.min(...overNext)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...answer.map(({ beat }) => beat))).toBeLessThan(77.5)
  },

  P1() {
    const performer = visitor().play(line(0, [60, 62, 64, 65, 67, 65, 64, 62]))
    const end = performer.at
    while (turnOf(performer) === 'call' && performer.at < end + 5) performer.wait(performer.beat + 0.1)
    expect(turnOf(performer)).toBe('response')
    expect(performer.at - end).toBeLessThan(1)
  },

  P2() {
    expect(turnOf(visitor().play(line(0, [60, 62, 64, 65, 67, 65, 64, 62], 2, 1.8)))).toBe('call')
  },

  P3() {
    const performer = visitor().play(line(0, Array(8).fill(60), 1 / 2, 0.15))
    expect(turnOf(performer.play(line(4.5, [62, 64, 65, 67], 3 / 4, 0.15)))).toBe('call')
  },

  P4() {
    const performer = visitor().play(line(0, [60, 62, 64]))
    expect(turnOf(performer.do({ type: 'noteOn', pitch: 67, velocity: 80 }).wait(performer.beat + 30))).toBe('call')
    expect(turnOf(rest(performer.do({ type: 'noteOff', pitch: 67 })))).toBe('response')
  },
}
