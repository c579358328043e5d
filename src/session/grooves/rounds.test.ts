import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { sectionOf, song, stageWith, writtenBass } from '../../../test/songs.ts'
import type { DrumHit } from '../../groove/index.ts'
import { fourFour } from '../../music/index.ts'
import type { GrooveAnswer, Question } from '../index.ts'

const bass = [note(0), note(1.5), note(4), note(6.75)]

/** Two measures of bass, which are a loop from beat 8 on. */
const withBass = () =>
  new Performer()
    .act('measures', 2)
    .act('record-bass')
    .play(bass.map((each) => ({ ...each, beats: 0.2 })))
    .wait(8)

/** Strikes a drum on each one of so many measures, and a low tom on the last beat of the last measure. */
function answer(drum: DrumHit['drum'], measures: number): GrooveAnswer {
  const ones = Array.from({ length: measures }, (_, measure) => ({ step: 16 * measure, drum }))
  const hits = [...ones, { step: 16 * measures - 4, drum: 'low-tom' as const }]
  const plain = { metre: fourFour, measures, hits: hits.map((hit) => ({ ...hit, velocity: 80, offsetMs: 0 })) }
  return { plain, felt: plain }
}

/** Gives what was asked for last of a job. */
function give(performer: Performer, job: 'groove' | 'round', drum: DrumHit['drum']): Performer {
  const asked = performer.asks(job).at(-1)
  if (!asked) throw new Error(`No ${job} was asked for.`)
  const { fixed, request } = asked as Question<'groove'> & { request: number }
  return performer.do({ type: 'answer', job, request, answer: answer(drum, fixed.measures) })
}

const ones = (performer: Performer, from: number, to: number) =>
  performer.due('drums', from - 0.1, to - 0.1).flatMap(({ drum, beat }) => (beat % 4 === 0 ? [drum] : []))

describe('a groove for the form', () => {
  it('is as long as the bass makes a phrase, and goes through it', () => {
    const performer = give(withBass().act('new-groove'), 'groove', 'ride')
    const [asked] = performer.asks('groove')
    expect([asked?.fixed.measures, asked?.form]).toEqual([8, [{ name: '', measures: 8 }]])
    // It is a place of the form that the drums come in, not the form's beginning.
    expect(ones(performer.wait(16), 16, 32)).toEqual(['ride', 'ride', 'ride', 'ride'])
    const toms = performer.due('drums', 0, 70).flatMap(({ drum, beat }) => (drum === 'low-tom' ? [beat] : []))
    expect(toms).toEqual([31, 63])
  })

  it('is as long as the chart, with its parts', () => {
    const chart = '[A] C | F | G | C\n[B] Am | Dm | G | C | F | G'
    const performer = withBass().do({ type: 'chart', chart }).act('new-groove')
    expect(performer.asks('groove')[0]?.form).toBe(chart)
    expect(performer.asks('groove')[0]?.fixed.measures).toBe(10)
  })

  it('asks for each round half-way there, like the groove, and plays it from where it begins', () => {
    const performer = give(withBass().act('new-groove'), 'groove', 'ride').wait(15.9)
    expect(performer.asks('round')).toEqual([])
    const [asked] = performer.wait(16.1).asks('round')
    expect(asked).toMatchObject({ form: [{ name: '', measures: 8 }], like: { measures: 8 } })
    expect(asked?.seed).not.toBe(performer.asks('groove')[0]?.seed)
    give(performer, 'round', 'crash')
    expect(ones(performer, 24, 32)).toEqual(['ride', 'ride'])
    expect(ones(performer, 32, 40)).toEqual(['crash', 'crash'])
    performer.wait(48.1)
    expect(performer.asks('round')).toHaveLength(2)
    expect(ones(performer, 64, 72)).toEqual(['crash', 'crash'])
  })

  it('that is late comes with the next measure, at its place in the form', () => {
    const performer = give(withBass().act('new-groove'), 'groove', 'ride').wait(34)
    give(performer, 'round', 'crash')
    expect(ones(performer, 32, 48)).toEqual(['ride', 'crash', 'crash', 'crash'])
    const toms = performer.due('drums', 32, 65).flatMap(({ drum, beat }) => (drum === 'low-tom' ? [beat] : []))
    expect(toms).toEqual([63])
  })

  it('is asked for at once where the chart becomes another', () => {
    const performer = give(withBass().act('new-groove'), 'groove', 'ride').wait(17)
    performer.do({ type: 'chart', chart: 'C | F | G | C | F | F | C | G | C | C' }).wait(17.1)
    expect(performer.asks('round').map(({ fixed }) => fixed.measures)).toEqual([8, 10])
  })

  it('is asked for ahead where another chart follows by itself, and begins with it', () => {
    const a = 'C | F | G | C | F | F | C | G'
    const b = 'Am | Dm | G | C | F | G | Am | Am'
    const performer = stageWith(
      song([
        { name: 'A', metre: '4/4', chart: a, loops: writtenBass(36), leave: 'end' },
        { name: 'B', chart: b, set: { style: 'funk' }, leave: 'end', next: 'B' },
      ]),
    )
    give(performer.act('count-in', 0).act('play').act('new-groove'), 'groove', 'ride')
    const [early, ahead] = performer.wait(16.1).asks('round')
    expect([early?.form ?? ahead?.form, performer.asks('round').length]).toEqual([b, 1])
    expect(early?.style).toBe('funk')
    expect(ones(give(performer, 'round', 'crash'), 28, 40)).toEqual(['ride', 'crash', 'crash'])
    expect(sectionOf(performer.wait(33))).toBe('B')
    expect(ones(performer, 36, 44)).toEqual(['crash', 'crash'])
    expect(performer.asks('round')).toHaveLength(1)
    expect(performer.wait(48.1).asks('round').at(-1)?.form).toBe(b)
  })

  it('goes round as it is where the drums don’t play the form, and none is asked for', () => {
    const performer = withBass().act('drums-form', false).act('new-groove')
    give(performer, 'groove', 'ride').wait(200)
    expect(performer.asks('groove')[0]).not.toHaveProperty('form')
    expect(performer.asks('round')).toEqual([])
  })

  it('is not asked for any more once the music has stopped, or the fixed groove plays', () => {
    for (const action of ['stop', 'fixed-groove'] as const) {
      const performer = give(withBass().act('new-groove'), 'groove', 'ride').wait(17)
      give(performer, 'round', 'crash').act(action).wait(200)
      expect(performer.asks('round')).toHaveLength(1)
    }
  })

  it('is found after hours', () => {
    const performer = give(withBass().act('new-groove'), 'groove', 'ride').wait(17).do({ type: 'tick' }, 1e8)
    const begins = performer.state.grooves.rounds?.begins ?? 0
    expect(begins - performer.beat).toBeGreaterThan(-1)
    expect(begins - performer.beat).toBeLessThan(33)
  })

  it('that never comes is asked for once, and the groove goes on', () => {
    const performer = give(withBass().act('new-groove'), 'groove', 'ride').wait(1000)
    expect(performer.asks('round')).toHaveLength(1)
    expect(performer.notices).toEqual([])
    expect(ones(performer, 1000, 1008)).toEqual(['ride', 'ride'])
  })
})
