import { describe, expect, it } from 'vitest'
import { sung } from '../../../test/cues.ts'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { song, stageWith } from '../../../test/songs.ts'
import type { Note } from '../../music/index.ts'
import { outlook, type SettingId, type Settings } from '../index.ts'

/** A line of keys an eighth apart, from a beat on. */
const line = (from: number, count: number, pitch = 60): Note[] =>
  Array.from({ length: count }, (_, index) => note(from + index / 2, pitch + index, 0.4, 70 + index))

/** Somebody who trades classic calls of four notes, over the click. */
function trading(settings: Partial<Settings> = {}) {
  const performer = new Performer()
    .act('count-in', 0)
    .act('play')
    .act('live', false)
    .act('hand-over', 'count')
    .act('notes', 4)
    .act('improvise', true)
  for (const [id, value] of Object.entries(settings)) performer.act(id as SettingId, value)
  return performer
}

const request = (performer: Performer) => performer.asks('melody').at(-1)?.request ?? 0

const answer = (performer: Performer, ...pitches: number[]) =>
  performer.do({ type: 'answer', job: 'melody', request: request(performer), answer: sung(pitches) })

const sounded = (performer: Performer) => performer.all('sound').map(({ pitch, by }) => `${by} ${pitch}`)

describe('classic call and response', () => {
  it('goes as in the paper: buffer, request, queue, and the call again', () => {
    const performer = trading().play(line(0, 4))
    expect(performer.asks('melody')).toMatchObject([
      { notes: 4, call: line(0, 4).map(({ pitch, beat }) => ({ pitch, beat })) },
    ])
    answer(performer, 80, 81, 82).play(line(2, 5))
    expect(sounded(performer)).toEqual([
      ...[60, 61, 62, 63].map((pitch) => `human ${pitch}`),
      ...[80, 81, 82].map((pitch) => `machine ${pitch}`),
      ...[63, 64].map((pitch) => `human ${pitch}`),
    ])
    expect(performer.all('sound').map(({ velocity }) => velocity)).toEqual([70, 71, 72, 73, 70, 71, 72, 73, 74])
    expect(performer.all('stop').map(({ pitch }) => pitch)).toEqual(performer.all('sound').map(({ pitch }) => pitch))
    performer.play(line(5, 2))
    expect(performer.asks('melody')).toHaveLength(2)
  })

  it('tells the model the chords of the call and of what comes after it, by the beats of the call', () => {
    const call = line(5, 4).map((each) => ({ ...each, beat: each.beat + 0.5 }))
    const asked = (performer: Performer) =>
      performer
        .play(call)
        .asks('melody')
        .at(-1)
        ?.chords?.map(({ beat, chord }) => [beat, chord?.symbol])
    const charted = (settings: Partial<Settings> = {}) =>
      trading(settings).do({ type: 'chart', chart: 'Dm7 | G7 C | N.C. | %' })
    const changes = asked(charted())
    expect(changes?.slice(0, 5)).toEqual([
      [0, 'G7'],
      [2, 'C'],
      [4, undefined],
      [12, 'Dm7'],
      [16, 'G7'],
    ])
    expect(changes?.at(-1)?.[0]).toBeGreaterThan(60)
    expect(asked(charted({ 'classic-chords': false }))).toBeUndefined()
    expect(asked(trading())).toBeUndefined()
  })

  it('tells the chords of the last 16 measures of a long call', () => {
    const performer = trading({ 'hand-over': 'pedal' }).do({ type: 'chart', chart: 'Dm7 | G7' })
    performer.play([note(0, 60), note(4000, 62)]).act('hand-over-now')
    const beats =
      performer
        .asks('melody')
        .at(-1)
        ?.chords?.map(({ beat }) => beat) ?? []
    expect(Math.min(...beats)).toBeGreaterThanOrEqual(4001 - 64 - 1)
    expect(beats.every((beat) => beat % 4 === 0 || beat === beats[0])).toBe(true)
  })

  it('asks once while it waits, and the performer’s own notes sound', () => {
    const performer = trading().play(line(0, 30))
    expect(performer.asks('melody')).toHaveLength(1)
    expect(sounded(performer)).toHaveLength(30)
    expect(outlook(performer.state, performer.at)).toMatchObject({ turn: 'waiting', heard: 0, notes: 4, next: [] })
    expect(performer.notices).toEqual(['melody-late'])
  })

  it('ends a note that began before the answer as what it sounded', () => {
    const performer = trading().play(line(0, 3)).do({ type: 'noteOn', pitch: 70, velocity: 80 })
    answer(performer, 90).do({ type: 'noteOn', pitch: 71, velocity: 80 }).do({ type: 'noteOff', pitch: 70 })
    performer.do({ type: 'noteOff', pitch: 71 })
    expect(
      performer
        .all('stop')
        .slice(-2)
        .map(({ pitch }) => pitch),
    ).toEqual([70, 90])
  })

  it.each([
    ['no answer', null, 'melody-failed'],
    ['an empty one', [], 'melody-empty'],
  ])('goes back to the call with a word after %s', (_, pitches, notice) => {
    const performer = trading().play(line(0, 4))
    performer.do({
      type: 'answer',
      job: 'melody',
      request: request(performer),
      answer: pitches && sung(pitches),
      message: 'why',
    })
    expect([performer.notices, performer.state.trading.trade.turn]).toEqual([[notice], 'call'])
    expect(performer.play(line(3, 4)).asks('melody')).toHaveLength(2)
  })

  it('uses no more of an answer than the call had room for', () => {
    const performer = answer(trading().play(line(0, 4)), 80, 81, 82, 83, 84, 85)
    expect(outlook(performer.state, performer.at).next).toEqual([80, 81, 82, 83])
  })

  it.each([
    ['begins', 0],
    ['is stopped and begins again', 40],
  ])('keeps a call in the order in which it was played when the music %s in the middle of it', (_, beat) => {
    const performer = new Performer()
      .act('live', false)
      .act('hand-over', 'count')
      .act('notes', 4)
      .act('improvise', true)
    if (beat > 0) performer.act('play').play(line(beat, 2)).act('stop')
    else performer.play(line(60, 2))
    const broken = performer.at
    performer
      .act('count-in', 1)
      .act('play', undefined, broken + 1)
      .play(line(0, 2, 70))
    const [asked] = performer.asks('melody')
    expect(asked?.call.map(({ pitch }) => pitch)).toEqual([60, 61, 70, 71])
    const onsets = asked?.call.map(({ beat }) => beat - (asked.call[0]?.beat ?? 0))
    expect(onsets).toEqual([0, 0.5, 6.9, 7.4].map((onset) => expect.closeTo(onset, 9)))
  })

  it('counts the call’s beats from its measure', () => {
    const [asked] = trading().play(line(9, 4)).asks('melody')
    expect(asked?.call.map(({ beat }) => beat)).toEqual([1, 1.5, 2, 2.5].map((beat) => expect.closeTo(beat, 9)))
  })
})

describe('turns', () => {
  it('are handed over by hand, and back, and called off while a model is asked', () => {
    const performer = trading({ 'hand-over': 'pedal', notes: 64 }).play(line(0, 10)).act('hand-over-now')
    expect(performer.asks('melody')[0]?.call).toHaveLength(10)
    performer.act('hand-over-now')
    expect(performer.state.trading).toMatchObject({ trade: { turn: 'call' } })
    expect(performer.state.asked.melody).toBeNull()
    answer(performer, 80)
    expect(performer.state.trading.trade.turn).toBe('call')
    performer.act('take-response')
    expect(performer.notices).toEqual(['nothing-called'])
  })

  it('end with the phrase, after a rest that the pace of the phrase says', () => {
    const performer = trading({ 'hand-over': 'phrase' }).play(line(0, 8))
    const released = performer.at
    const { secondsLeft } = outlook(performer.state, released)
    expect(secondsLeft).toBeGreaterThan(0.2)
    expect(secondsLeft).toBeLessThan(0.6)
    performer.do({ type: 'tick' }, released + (secondsLeft ?? 0) - 0.01)
    expect(performer.asks('melody')).toEqual([])
    performer.do({ type: 'tick' }, released + (secondsLeft ?? 0) + 0.01)
    expect(performer.asks('melody')[0]?.call).toHaveLength(8)
    answer(performer, 80, 81, 82).play(line(6, 2)).wait(12)
    expect(performer.state.trading.trade.turn).toBe('call')
  })

  it('last so many measures, and a key just ahead of the bar line belongs to the next', () => {
    const performer = trading({ live: true, 'hand-over': 'measures', 'trade-measures': 2 })
    const turnAt = (beat: number) => performer.wait(beat).state.trading.trade.turn
    expect([turnAt(7.9), turnAt(8), turnAt(15.9), turnAt(16)]).toEqual(['call', 'response', 'response', 'call'])
    expect(outlook(performer.state, performer.secondsAt(20)).secondsLeft).toBeCloseTo(2)
    performer.wait(23.8).do({ type: 'noteOn', pitch: 60, velocity: 80 }, performer.secondsAt(23.95))
    expect(performer.state.trading.trade).toMatchObject({ turn: 'response', heard: [{ pitch: 60 }] })
    expect(performer.wait(24.5).state.trading.trade).toMatchObject({ turn: 'response', heard: [{ pitch: 60 }] })
    performer.do({ type: 'tick' }, 10_000)
    expect(performer.state.trading.boundary?.beat).toBeGreaterThan(performer.beat)
  })

  it.each([
    ['in the middle of a turn', 12, [8, 16, 28, 36]],
    ['where a turn begins', 8, [8, 16, 24, 32]],
  ])('of some measures go with a bass that was begun %s', (_, start, turns) => {
    const performer = trading({ live: true, 'hand-over': 'measures', 'trade-measures': 2 }).act('measures', 2)
    const heard: number[] = []
    for (let beat = 1; beat < 40; beat++) {
      const { turn } = performer.state.trading.trade
      if (beat === start) performer.act('record-bass').play([note(start)])
      if (performer.wait(beat).state.trading.trade.turn !== turn) heard.push(beat)
    }
    expect(performer.state.material.loops.bass).toMatchObject({ phase: 0, from: start + 8 })
    expect(heard).toEqual(turns)
  })

  it('of some measures are counted down to where the other side has its turn, and to nothing else', () => {
    /** The beat that is counted down to, at two beats a second. */
    const end = ({ state, at, beat }: Performer) => {
      const { secondsLeft } = outlook(state, at)
      return secondsLeft === null ? null : Math.round(beat + 2 * secondsLeft)
    }
    const measures = { 'hand-over': 'measures', 'trade-measures': 1 } as const
    const live = trading({ ...measures, live: true }).wait(2)
    expect([end(live), end(live.act('hand-over-now'))]).toEqual([4, 8])
    expect(live.wait(7.9).state.trading.trade.turn).toBe('response')
    expect(live.wait(8).state.trading.trade.turn).toBe('call')
    expect([end(live), end(live.act('hold', true)), end(live.wait(13))]).toEqual([12, null, null])
    expect(end(live.act('hold', false))).toBe(20)
    expect(live.wait(19.9).state.trading.trade.turn).toBe('call')
    expect(live.wait(20).state.trading.trade.turn).toBe('response')
    const classic = trading(measures).wait(5)
    expect([end(classic), end(classic.play(line(5, 2)))]).toEqual([null, 12])
    expect(classic.wait(11.9).asks('melody')).toEqual([])
    expect(classic.wait(12).asks('melody')).toHaveLength(1)
    expect(end(classic)).toBe(16)
  })

  it('of some measures have as many where sections bring another metre, and end where a section begins', () => {
    const turns = { improvise: true, 'hand-over': 'measures', 'trade-measures': 3 } as const
    const performer = stageWith(
      song([
        { name: 'A', play: true, metre: '4/4', chart: 'C | F | C', leave: 'end', set: turns },
        { name: 'B', metre: '3/4', chart: 'G7 | C', leave: 'end', next: 'A' },
      ]),
    )
    const heard: number[] = []
    for (let beat = 1; beat <= 48; beat++) {
      const { turn } = performer.state.trading.trade
      if (performer.wait(beat).state.trading.trade.turn !== turn) heard.push(beat)
    }
    // A ends at 12, 30 and 48, B at 18 and 36.
    expect(heard).toEqual([12, 22, 33, 44])
  })

  it('of some measures begin with the section that begins the trade, or is called', () => {
    const turns = { improvise: true, 'hand-over': 'measures', 'trade-measures': 2 } as const
    const performer = stageWith(
      song([
        { name: 'intro', play: true, metre: '4/4', chart: 'N.C.', leave: 'end' },
        { name: 'solos', chart: 'Dm7 | G7 | C6 | A7', set: turns, leave: 'end', next: 'solos' },
      ]),
    )
    const heard: number[] = []
    for (let beat = 1; beat <= 60; beat++) {
      const { turn } = performer.state.trading.trade
      if (beat === 38) performer.act('next-section')
      if (performer.wait(beat).state.trading.trade.turn !== turn) heard.push(beat)
    }
    expect(heard).toEqual([12, 20, 28, 36, 48, 56])
  })

  it('are held: nothing but the performer’s own word ends them', () => {
    const performer = trading({ hold: true }).play(line(0, 10))
    expect(performer.asks('melody')).toEqual([])
    performer.act('hand-over-now')
    answer(performer, 80, 81).play(line(8, 2))
    expect(performer.asks('melody')).toHaveLength(2)
    expect(performer.asks('melody')[1]?.call.map(({ pitch }) => pitch)).toEqual([80, 81])
    expect(performer.state.trading.trade.turn).toBe('waiting')
  })

  it('begin anew when the mode changes in the middle of them', () => {
    const performer = answer(trading().play(line(0, 4)), 80, 81).act('live', true)
    expect(performer.state.trading.trade).toEqual({ turn: 'call', heard: [], queue: [] })
  })
})

describe('the bass doubler', () => {
  it('doubles the lowest key below the split, as long as it or the pedal holds', () => {
    const performer = new Performer().act('doubler', true).act('split', 60)
    const key = (pitch: number, velocity = 80) => performer.do({ type: 'noteOn', pitch, velocity })
    const up = (pitch: number) => performer.do({ type: 'noteOff', pitch })
    const bass = () =>
      performer.effects.flatMap((effect) =>
        (effect.type === 'sound' || effect.type === 'stop') && effect.track === 'bass'
          ? [`${effect.type} ${effect.pitch}`]
          : [],
      )
    key(72)
    key(50)
    key(55)
    key(45)
    up(45)
    performer.do({ type: 'control', controller: 64, value: 127 })
    up(50)
    performer.do({ type: 'control', controller: 64, value: 0 })
    up(55)
    expect(bass()).toEqual(['sound 50', 'stop 50', 'sound 45', 'stop 45', 'sound 50', 'stop 50', 'sound 55', 'stop 55'])
  })
})
