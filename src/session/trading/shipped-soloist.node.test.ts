import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { some } from '../../../test/runs.ts'
import { createSoloist } from '../../improv/index.ts'
import { openCheckpoint } from '../../io/checkpoints/node.ts'
import { createModel, seeded } from '../../models/index.ts'
import { type Note, parseChord, pitchClass } from '../../music/index.ts'
import type { Settings } from '../index.ts'

const soloist = createSoloist(createModel(await openCheckpoint('solo'), 'solo'))

/** A right hand's phrase of eighths between two keys, a walk with a leap now and then, and a rest after it. */
function phrase(lowest: number, highest: number, seed: number): Note[] {
  const random = seeded(seed)
  let pitch = lowest + Math.floor(random.next() * (highest - lowest + 1))
  return Array.from({ length: 12 }, (_, index) => {
    const step = Math.round((random.next() - 0.5) * 10)
    pitch = pitch + step > highest || pitch + step < lowest ? pitch - step : pitch + step
    return note(index / 2, Math.min(highest, Math.max(lowest, pitch)), 0.4)
  })
}

/** Ten calls and their responses over a chart; what the hand played in each response, and what sounded. */
function trade(lowest: number, highest: number, settings: Partial<Settings>, seed = 1) {
  const performer = new Performer(seed, soloist)
    .do({ type: 'chart', chart: 'Dm7 | G7 | Cmaj7 | A7' })
    .act('count-in', 0)
    .act('play')
  performer.act('improvise', true)
  for (const [id, value] of Object.entries(settings)) performer.act(id as keyof Settings, value)
  for (let turn = 0; turn < 20; turn++) performer.play(phrase(lowest, highest, 100 * seed + turn), 8 * turn)
  const sounds = performer.all('sound').filter(({ track }) => track === 'lead')
  return Array.from({ length: 10 }, (_, index) => {
    const response = sounds.slice(24 * index + 12, 24 * index + 24)
    expect(response.map(({ by }) => by)).toEqual(Array(12).fill('machine'))
    return { hand: response.map(({ key }) => key), sounding: response.map(({ pitch }) => pitch) }
  })
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** How far the mean of what sounded is from the hand's, in semitones. */
function apart(turns: ReturnType<typeof trade>): number {
  return mean(turns.flatMap(({ sounding }) => sounding)) - mean(turns.flatMap(({ hand }) => hand))
}

describe('the shipped soloist', () => {
  const hands = [
    [72, 84],
    [48, 60],
    [60, 72],
    [84, 96],
  ] as const

  it.each(some(hands, 2))('stays within 4 semitones of a hand at %d to %d over ten phrases', (lowest, highest) => {
    for (const contour of [0, 0.5, 1]) {
      const turns = trade(lowest, highest, { contour })
      expect(Math.abs(apart(turns))).toBeLessThanOrEqual(4)
    }
  })

  it('leaves the chords of the left hand as they are, and stays near the right hand above them', () => {
    const performer = new Performer(1, soloist)
      .act('zones', 'key')
      .act('count-in', 0)
      .act('play')
      .act('improvise', true)
    const voicings = [
      [50, 53, 57],
      [43, 53, 59],
      [48, 52, 55],
      [45, 49, 55],
    ]
    for (let turn = 0; turn < 20; turn++) {
      const left = (voicings[turn % 4] ?? []).map((pitch) => note(0, pitch, 7))
      performer.play([...left, ...phrase(72, 84, turn)], 8 * turn)
    }
    const played = performer.all('sound')
    expect(played.filter(({ track }) => track === 'chords').map(({ pitch }) => pitch)).toEqual(
      Array(5).fill(voicings.flat()).flat(),
    )
    const answered = played.filter(({ by }) => by === 'machine')
    expect(answered).toHaveLength(120)
    expect(Math.abs(mean(answered.map(({ pitch, key }) => pitch - key)))).toBeLessThanOrEqual(4)
  })

  it('follows a hand that goes up for ever, and does not climb away from one that only goes round', () => {
    const turns = trade(60, 72, { contour: 1 })
    for (const { hand, sounding } of turns) {
      const [furthest = 0] = sounding.map((pitch, key) => Math.abs(pitch - (hand[key] ?? 0))).sort((a, b) => b - a)
      expect(furthest).toBeLessThanOrEqual(12)
    }
    const scale = Array.from({ length: 36 }, (_, index) => note(index / 2, 48 + index, 0.4))
    const performer = new Performer(1, soloist).act('count-in', 0).act('play').act('improvise', true)
    performer
      .act('contour', 1)
      .act('hand-over', 'pedal')
      .play([note(0, 48)])
      .act('take-response')
      .play(scale, 4)
    const pitches = performer
      .all('sound')
      .filter(({ track }) => track === 'lead')
      .slice(1)
    for (const [index, { pitch, key }] of pitches.entries()) {
      if (index > 0) expect(pitch).toBeGreaterThan(pitches[index - 1]?.pitch ?? 0)
      expect(Math.abs(pitch - key)).toBeLessThanOrEqual(14)
    }
  })

  it('has 95 % chord tones of the chart where the hand plays chords, from the first response on', () => {
    const voicings = [
      [55, 60, 64, 69],
      [57, 60, 65],
      [53, 59, 62, 67],
      [60, 64, 71],
      [50, 57, 60, 65, 69],
    ]
    const chart = ['Dm7', 'G7', 'Cmaj7', 'A7']
    for (const seed of [1, 2, 3]) {
      const performer = new Performer(seed, soloist).do({ type: 'chart', chart: chart.join(' | ') })
      performer.act('count-in', 0).act('play').act('improvise', true).act('hand-over', 'measures')
      performer.act('trade-measures', 1)
      const random = seeded(seed)
      for (let beat = 0; beat < 160; beat++) {
        const keys = voicings[Math.floor(random.next() * voicings.length)] ?? []
        performer.play([...keys].sort(() => random.next() - 1 / 2).map((pitch) => note(beat, pitch, 0.8)))
      }
      const answered = performer.all('sound').filter(({ by }) => by === 'machine')
      const tones = answered.filter(({ pitch, at }) => {
        const measure = Math.floor(at / 2 + 1e-6) % chart.length
        return parseChord(chart[measure] ?? '')?.tones.includes(pitchClass(pitch))
      })
      expect(answered.length).toBeGreaterThan(200)
      expect(tones.length / answered.length).toBeGreaterThanOrEqual(0.95)
    }
  })
})
