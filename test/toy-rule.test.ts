import { expect, it, vi } from 'vitest'

/** A toy rule: the turn is over with a loud note. */
vi.mock('../src/session/trading/hand-over/rules.ts', async (original) => {
  const { handOverRules } = await original<typeof import('../src/session/trading/hand-over/rules.ts')>()
  const accent: HandOverRule = {
    label: 'with an accent',
    isOver: ({ trading }) => (trading.trade.heard.at(-1)?.velocity ?? 0) > 110,
  }
  return { handOverRules: { ...handOverRules, accent } }
})

import type { HandOverRule } from '../src/session/trading/hand-over/index.ts'
import { note } from './notes.ts'

const { readPerformance, readSongs, replay, settings, writePerformance } = await import('../src/session/index.ts')
const { Performer } = await import('./performer.ts')

it('a turn rule is a file and a line in the list of rules', () => {
  expect(settings['hand-over'].words).toEqual(['count', 'phrase', 'measures', 'pedal', 'accent'])
  const performer = new Performer().act('hand-over', 'accent').act('improvise', true)
  const turn = () => performer.state.trading.trade.turn
  performer.play([note(0, 60, 0.5, 90), note(1, 62, 0.5, 100)])
  expect(turn()).toBe('call')
  performer.play([note(2, 64, 0.5, 120)])
  expect(turn()).toBe('response')
  performer.play([note(3, 65, 0.5, 120)])
  expect(turn()).toBe('call')

  const { events } = readPerformance(writePerformance({ seed: 0, events: performer.events }))
  const effects = [...replay({ seed: 0, events })].flatMap((step) => step.effects)
  expect(effects).toEqual(performer.effects.map(({ at: _, ...effect }) => effect))

  const section = { name: '1', set: { 'hand-over': 'accent' } }
  const song = { format: 'tradefours-song', version: 2, title: 'Song', sections: [section] }
  expect(readSongs(JSON.stringify(song))).toEqual([song])
})
