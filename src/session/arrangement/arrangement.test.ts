import { describe, expect, it } from 'vitest'
import type { Performer } from '../../../test/performer.ts'
import { sectionOf, song, stageWith } from '../../../test/songs.ts'
import { answered, goOn, withBand } from '../../../test/with-band.ts'
import { mod } from '../../music/index.ts'
import { harmonyNow, whatComes } from '../index.ts'

const turnaround = 'C6 | F7 | Dm7 | G7'
const cadence = 'Dm7 | G7 | C6 | %'

/** Where the music is to end. */
const ends = ({ state }: Performer) => state.transport.ending?.beat ?? null
/** The chords of some measures, as the performance comes to them. */
const heard = (performer: Performer, from: number, to: number) =>
  Array.from({ length: (to - from) / 4 }, (_, measure) => {
    goOn(performer, from + 4 * measure)
    return harmonyNow(performer.state, performer.beat + 0.01).chord?.symbol
  })
/** The pitch classes and beats of the last notes of a track. */
const last = (performer: Performer, track: 'bass' | 'chords' | 'drums', from: number) =>
  performer.due(track, from - 0.1, from + 40).map(({ pitch, beat }) => [mod(pitch, 12), beat] as const)

describe('the last chorus', () => {
  it('is the next one, and the music ends with it: on the first chord where the form leads back', () => {
    const performer = goOn(withBand(turnaround), 18).act('last-chorus')
    expect(ends(performer)).toBe(48)
    goOn(performer, 47)
    expect(last(performer, 'bass', 48)).toEqual([[0, 48]])
    expect(new Set(last(performer, 'chords', 48).map(([, beat]) => beat))).toEqual(new Set([48]))
    expect(goOn(performer, 53).state.transport.playing).toBe(false)
  })

  it('ends on its last chord, where that begins', () => {
    const performer = goOn(withBand(cadence), 3).act('last-chorus')
    expect(ends(performer)).toBe(16 + 8)
    goOn(performer, 23)
    expect(last(performer, 'bass', 24)).toEqual([[0, 24]])
    expect(goOn(performer, 29).state.transport.playing).toBe(false)
  })

  it('is taken back by a second press', () => {
    const performer = goOn(withBand(turnaround), 3).act('last-chorus').act('last-chorus')
    expect(ends(performer)).toBeNull()
    expect(goOn(performer, 60).state.transport.playing).toBe(true)
  })

  it('called in the last chorus is one more', () => {
    const performer = goOn(withBand(turnaround), 3).act('last-chorus')
    expect(ends(goOn(performer, 20).act('last-chorus'))).toBe(48)
  })

  it('needs a chart', () => {
    expect(goOn(withBand(''), 3).act('last-chorus').notices).toContain('no-form')
  })

  it('comes after as many choruses of solos as are set', () => {
    expect(ends(withBand(turnaround).act('solo-choruses', 2))).toBe(4 * 16)
    const performer = withBand(turnaround).act('stop').act('solo-choruses', 1).act('play')
    expect(ends(answered(performer))).toBe(3 * 16)
    expect(ends(goOn(performer, 40).act('solo-choruses', 4))).toBe(6 * 16)
    expect(ends(performer.act('solo-choruses', 0))).toBeNull()
  })
})

describe('the end', () => {
  it('comes with this chorus, or at the next bar line', () => {
    const performer = goOn(withBand(turnaround), 18).act('end')
    expect(ends(performer)).toBe(32)
    expect(ends(performer.act('end'))).toBe(20)
  })

  it('holds its last chord, though a section would follow by itself meanwhile', () => {
    const sections = [
      { metre: '4/4', chart: 'Dm7 | G7' },
      { metre: '3/4', chart: 'Am | C7', next: '1', enter: 'loop' as const },
    ].map((each) => ({ ...each, leave: 'end' as const }))
    const performer = stageWith(song(sections)).act('count-in', 0).act('play').act('end')
    const { beat, stop } = performer.state.transport.ending ?? { beat: 0, stop: 0 }
    expect([beat, stop]).toEqual([11, 15])
    performer.wait(stop - 0.1)
    expect(sectionOf(performer)).toBe('2')
    expect([beat, stop - 0.1].map((each) => harmonyNow(performer.state, each).chord?.symbol)).toEqual(['C7', 'C7'])
  })

  it('is on its last chord, though the section is played in another metre meanwhile', () => {
    const section = { name: '1', metre: '4/4', chart: 'Dm7 | G7 | C | C', leave: 'end' as const, next: '1' }
    const performer = stageWith(song([section]))
      .act('count-in', 1)
      .act('play')
      .act('last-chorus')
    performer.do({ type: 'metre', metre: '12/8' }).wait(24.1)
    const { beat } = performer.state.transport.ending ?? { beat: 0 }
    expect(beat).toBe(24 + 8)
    expect(harmonyNow(performer.state, beat).chord?.symbol).toBe('C')
  })

  it('that this chorus is past comes with the next one', () => {
    expect(ends(goOn(withBand(cadence), 13).act('end'))).toBe(24)
    expect(ends(goOn(withBand(cadence), 5).act('end'))).toBe(8)
  })

  it('is no more to be moved where schedulers have come to it', () => {
    const performer = goOn(withBand(turnaround), 3).act('end')
    goOn(performer, 16)
    for (const action of ['last-chorus', 'end', 'solo-choruses'] as const) performer.act(action)
    expect(ends(performer.act('ending', 'tag'))).toBe(16)
  })

  it('moves with the form: another chart, another metre', () => {
    const performer = goOn(withBand(turnaround), 3).act('last-chorus')
    performer.do({ type: 'chart', chart: 'C | F | Dm7 | G7 | Em7 | A7 | Dm7 | G7' })
    expect(ends(performer.do({ type: 'tick' }))).toBe(64)
    goOn(performer.do({ type: 'metre', metre: '3/4' }), 5)
    expect(ends(performer)).toBe(4 + 15 * 3)
  })
})

describe('a tag', () => {
  it('plays the last four measures three times, and then the last chord', () => {
    const chart = 'C6 | A7 | Dm7 | G7 | Em7 | A7 | Dm7 | G7'
    const performer = goOn(withBand(chart), 2).act('ending', 'tag').act('end')
    expect(ends(performer)).toBe(32 + 32)
    const tag = ['Em7', 'A7', 'Dm7', 'G7']
    expect(heard(performer, 16, 64)).toEqual([...tag, ...tag, ...tag])
    expect(last(performer, 'bass', 64)).toEqual([[0, 64]])
    expect(last(performer, 'drums', 64)).toHaveLength(2)
    expect(goOn(performer, 69).state.transport.playing).toBe(false)
  })

  it('of two measures, of a form that ends on its last chord', () => {
    const performer = goOn(withBand(cadence), 2).act('ending', 'short-tag').act('last-chorus')
    expect(ends(performer)).toBe(16 + 16 + 16 - 8)
    expect(heard(performer, 16, 40)).toEqual(['Dm7', 'G7', 'C6', 'C6', 'C6', 'C6'])
  })

  it('tells the band what comes: the bass leads into it', () => {
    const performer = goOn(withBand('C6 | A7 | Dm7 | G7', 'bass'), 2).act('ending', 'short-tag').act('end')
    goOn(performer, 15)
    const asked = performer.asks('bass').filter(({ measure }) => measure === 3 || measure === 5)
    expect(asked.at(-1)?.next?.chords[0]?.chord?.symbol).toBe('Dm7')
  })

  it('goes back in the last of the sections that follow each other', () => {
    const performer = stageWith(
      song([
        { name: 'A', play: true, metre: '4/4', chart: 'C6 | A7', leave: 'end', set: { 'source-bass': 'band' } },
        { name: 'B', metre: '3/4', chart: 'Dm7 | G7', leave: 'end', next: 'A' },
      ]),
    )
    answered(performer)
    goOn(performer, 1).act('ending', 'short-tag').act('last-chorus')
    expect(ends(performer)).toBe(14 + 14 + 12)
    goOn(performer, 39)
    expect(last(performer, 'bass', 40)).toEqual([[0, 40]])
    expect(goOn(performer, 45).state.transport.playing).toBe(false)
  })
})

describe('a ritardando', () => {
  const slowing = () => goOn(withBand(turnaround).act('ritardando', true), 2).act('end')

  it('takes the last two measures, through the one timeline', () => {
    const performer = slowing()
    const length = (beat: number) => performer.secondsAt(beat + 1) - performer.secondsAt(beat)
    expect([4, 7].map(length)).toEqual([expect.closeTo(0.5, 9), expect.closeTo(0.5, 9)])
    const beats = Array.from({ length: 9 }, (_, beat) => length(7 + beat))
    for (const [index, seconds] of beats.slice(1).entries()) expect(seconds).toBeGreaterThan(beats[index] ?? 1)
    expect(length(16)).toBeCloseTo(1, 9)
    expect(goOn(performer, 21).state.transport.playing).toBe(false)
    expect(performer.state.settings.tempo).toBe(120)
  })

  it('goes on from another tempo, and is taken back with the end', () => {
    const performer = goOn(slowing(), 12).act('tempo', 60)
    expect(performer.secondsAt(17) - performer.secondsAt(16)).toBeCloseTo(2, 9)
    performer.act('last-chorus')
    expect(performer.secondsAt(17) - performer.secondsAt(16)).toBeCloseTo(1, 9)
  })
})

describe('what comes', () => {
  const chart = '[A] C6 | A7 | Dm7 | G7 | [B] Em7 | A7 | Dm7 | G7'
  const comes = (performer: Performer, beat: number) => {
    const now = whatComes(goOn(performer, beat).state, beat)
    return now && [now.part, now.chorus, now.section, now.left, now.next].join(' ')
  }

  it('is told from the count-in to the ending, through a tag', () => {
    const performer = withBand(chart).act('ending', 'tag')
    expect(whatComes(performer.state, performer.beat)).toMatchObject({ part: 'count-in', left: 1, next: 'head' })
    expect(comes(performer, 0)).toBe('head 1 A 4 B')
    expect(comes(performer, 13)).toBe('head 1 A 1 B')
    expect(comes(performer, 28)).toBe('head 1 B 1 solos')
    expect(comes(performer, 60)).toBe('solos 2 B 1 A')
    expect(comes(performer.act('last-chorus'), 61)).toBe('solos 2 B 1 head-out')
    expect(comes(performer, 64)).toBe('head-out 3 A 4 B')
    expect(comes(performer, 84)).toBe('head-out 3 B 3 tag')
    expect(comes(performer, 96)).toBe('tag 3 B 4 tag')
    expect(comes(performer, 112)).toBe('tag 3 B 4 ending')
    expect(comes(performer, 124)).toBe('tag 3 B 1 ending')
    expect(comes(performer, 128)).toBe('ending 3 A 1 ')
    expect(comes(performer, 133)).toBeNull()
  })

  it('is nothing without a chart', () => {
    expect(comes(withBand(''), 3)).toBeNull()
  })
})
