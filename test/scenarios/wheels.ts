import { expect } from 'vitest'
import { createMidiInput } from '../../src/devices/midi/index.ts'
import { randomSoloist } from '../fakes/soloist.ts'
import { Performer } from '../performer.ts'
import type { Scenarios } from './scenario.ts'

const soloist = randomSoloist()

/** What was bent, in semitones. */
const bends = (performer: Performer) =>
  performer.all('express').flatMap(({ expression }) => (expression.kind === 'bend' ? [expression.semitones] : []))

export const wheels: Scenarios = {
  W1() {
    const performer = new Performer(1, soloist).act('improvise', true).act('take-response')
    performer.do({ type: 'noteOn', pitch: 60, velocity: 90, answer: 67 }).do({ type: 'bend', value: 4096 })
    expect(performer.sounding('lead')).toEqual([67])
    expect(performer.all('express')).toMatchObject([{ track: 'lead', expression: { kind: 'bend', semitones: 1 } }])
  },

  W2() {
    const performer = new Performer(1, soloist).act('improvise', true).do({ type: 'bend', value: -8192 })
    expect(bends(performer.act('hand-over-now'))).toEqual([-2, 0])
  },

  W3() {
    const performer = new Performer(1, soloist)
    const input = createMidiInput((message) => performer.do(message as Parameters<Performer['do']>[0]))
    for (const bytes of [
      [0xb0, 64, 127],
      [0x90, 60, 90],
      [0xe0, 127, 127],
      [0xb0, 1, 99],
    ])
      input.receive(Uint8Array.from(bytes), 0)
    input.letGo(0)
    expect(performer.sounding('lead')).toEqual([])
    expect(bends(performer).at(-1)).toBe(0)
    expect(performer.state.expression.moved).toEqual([])
  },
}
