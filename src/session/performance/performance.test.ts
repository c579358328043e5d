import { describe, expect, it } from 'vitest'
import { randomSoloist } from '../../../test/fakes/soloist.ts'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import {
  headLine,
  type Performance,
  PerformanceError,
  readPerformance,
  recorded,
  rehearse,
  replay,
  type SessionEvent,
  startSession,
  step,
  type Upgrade,
  writePerformance,
} from '../index.ts'

function aPerformance() {
  const performer = new Performer(7).act('count-in', 0).act('record-bass').act('play')
  performer
    .play([note(0), note(1), note(2.5)])
    .wait(9)
    .act('improvise', true)
  return {
    seed: 7,
    events: performer.play([note(0, 60), note(1, 64)], 10).events.filter(({ type }) => type !== 'tick'),
  }
}

describe('a performance', () => {
  const performance = aPerformance()
  const text = writePerformance(performance)
  const lines = text.split('\n')

  it('has what an act of version 0.1 did: rehearsed, written, read and replayed', () => {
    const acts = [{ type: 'act', action: 'volume-solo', value: 0.1, at: 1 }] as never as SessionEvent[]
    const { performance, state } = rehearse(acts)
    expect(state.settings['volume-lead']).toBe(0.1)
    expect(readPerformance(writePerformance(performance))).toEqual(performance)
    for (const events of [
      performance.events,
      acts,
      readPerformance(writePerformance({ seed: 0, events: acts })).events,
    ]) {
      expect([...replay({ seed: 0, events })].at(-1)?.state.settings).toEqual(state.settings)
    }
  })

  it('is read as it was written, and replays to the same effects', () => {
    expect(readPerformance(text)).toEqual(performance)
    const effects = (of: Performance) => [...replay(of)].map(({ effects }) => effects)
    expect(effects(readPerformance(text))).toEqual(effects(performance))
  })

  it('keeps where each event came from, and refuses an invalid source', () => {
    const events = [
      { type: 'noteOn', at: 1, source: 'midi', pitch: 60, velocity: 80 },
      { type: 'noteOff', at: 2, source: 'x'.repeat(65), pitch: 60 },
    ] as const
    const [played, refused] = events.map((event) => step(startSession(), event).state)
    expect([played?.keys.voices.length, played?.refused, refused?.refused]).toEqual([1, 0, 1])
    const kept = { seed: 1, events: events.slice(0, 1) }
    expect(readPerformance(writePerformance(kept))).toEqual(kept)
    expect(() => readPerformance(writePerformance({ seed: 1, events }))).toThrow(/line 3 \(source:/)
  })

  it('loses no more than its last line when it breaks off anywhere', () => {
    for (let length = headLine(7).length; length <= text.length; length++) {
      const whole = text.slice(0, length).split('\n').length - 2
      const { events } = readPerformance(text.slice(0, length))
      expect(events.length - whole).toBeOneOf([0, 1])
      expect(events).toEqual(performance.events.slice(0, events.length))
    }
  })

  it.each([
    ['text', 'Dear Sir', 'not a performance'],
    ['nothing', '', 'not a performance'],
    ['another format', '{"format":"midi"}\n', 'not a performance'],
    ['a newer version', '{"format":"tradefours-performance","version":99,"seed":1}\n', 'newer Tradefours'],
    ['a broken line', [...lines.slice(0, 3), '{"type":', ...lines.slice(3)].join('\n'), 'line 4'],
    ['an unknown event', [...lines.slice(0, 4), '{"type":"applause","at":1}', ''].join('\n'), 'line 5'],
    [
      'a pitch of 200',
      [...lines.slice(0, 2), '{"type":"noteOn","at":1,"pitch":200,"velocity":9}', ''].join('\n'),
      'pitch',
    ],
    ['an endless time', [...lines.slice(0, 2), '{"type":"tick","at":1e999}', ''].join('\n'), 'line 3'],
  ])('is refused with a sentence that says where: %s', (_, damaged, place) => {
    expect(() => readPerformance(damaged)).toThrow(PerformanceError)
    expect(() => readPerformance(damaged)).toThrow(place)
  })

  it('of an older version is made new, event by event', () => {
    const old = text.replace('"version":2', '"version":0').replaceAll('"pitch"', '"note"')
    const renamed = (event: unknown) => JSON.parse(JSON.stringify(event).replace('"note"', '"pitch"'))
    const same = (event: unknown) => event
    const upgrades = new Map([
      [0, { event: renamed }],
      [1, { event: same }],
    ])
    expect(readPerformance(old, upgrades)).toEqual(performance)
    expect(() => readPerformance(old)).toThrow('version 0')
  })

  it('of an older version begins with what was set at first in all versions since then', () => {
    const old = text.replace('"version":2', '"version":0')
    const event = (event: unknown) => event
    const upgrades = new Map<number, Upgrade>([
      [0, { event, settings: { tempo: 100 } }],
      [1, { event, settings: { tempo: 90, swing: 0.6 } }],
    ])
    const at = performance.events[0]?.at ?? 0
    expect(readPerformance(old, upgrades).events).toEqual([
      { type: 'set', setting: 'tempo', value: 100, at },
      { type: 'set', setting: 'swing', value: 0.6, at },
      ...performance.events,
    ])
  })

  it('leaves ticks out, and keeps what a soloist chose', () => {
    const key = { type: 'noteOn', at: 1, pitch: 60, velocity: 80 } as const
    const performer = new Performer().do(key)
    expect(recorded({ type: 'tick', at: 1 }, performer.state)).toBeNull()
    expect(recorded(key, performer.state)).toEqual(key)
    for (const isMuted of [false, true]) {
      const answered = new Performer(0, randomSoloist()).act('mute-lead', isMuted).act('improvise', true)
      answered.act('take-response').do({ ...key, answer: 67 })
      expect(recorded(key, answered.state)).toEqual({ ...key, answer: 67 })
    }
  })
})
