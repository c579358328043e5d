import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../test/runs.ts'
import {
  actions,
  fromNumber,
  rangeOf,
  type SessionEvent,
  type Setting,
  settingIds,
  settings,
  startSession,
  step,
} from '../../session/index.ts'
import { createOscInput, inputAddresses, refusalOf } from './input.ts'
import type { OscValue } from './packet.ts'

const read = (address: string, ...values: OscValue[]) => createOscInput()({ address, values })

describe('ML-Jam’s addresses', () => {
  it('say what hands do; SuperCollider counts channels from 0', () => {
    expect(read('/processnoteon', 60, 100)).toEqual([{ type: 'noteOn', pitch: 60, velocity: 100, channel: 1 }])
    expect(read('/processnoteoff', 60, 0)).toEqual([{ type: 'noteOff', pitch: 60, channel: 1 }])
    expect(read('/ccevent', 127, 41, 0, -12_345)).toEqual([{ type: 'control', controller: 41, value: 127, channel: 1 }])
    expect(read('/ccevent', 1, 64, 15, 0)).toEqual([{ type: 'control', controller: 64, value: 1, channel: 16 }])
    expect(read('/programevent', 3, 2, 99, null)).toEqual([{ type: 'program', program: 3, channel: 3 }])
  })

  it('turn the page where the wheel comes all the way down, once', () => {
    const input = createOscInput()
    const bends = [8192, 400, 0, 0, 0, 3, 8192, 0]
    const turned = bends.map((bend) => input({ address: '/changesong', values: [bend] })?.length)
    expect(turned).toEqual([0, 0, 1, 0, 0, 0, 0, 1])
    expect(read('/changesong', 0)).toEqual([{ type: 'run', action: 'next-song' }])
  })

  it('do with a nanoKONTROL2 and a MiniLab what ML-Jam did', () => {
    const session = (controller: string) => {
      const input = createOscInput()
      let state = startSession()
      const hear = (address: string, ...values: OscValue[]) => {
        for (const request of input({ address, values }) ?? [])
          state = step(state, { ...request, at: 0 } as SessionEvent).state
        return state
      }
      hear('/tradefours/controller', controller)
      return hear
    }
    const nano = session('nanokontrol2')
    expect(nano('/ccevent', 127, 59, 0, 1).transport.form.metre.numerator).toBe(5)
    expect(nano('/ccevent', 127, 49, 0, 1).settings['mute-bass']).toBe(true)
    expect(nano('/ccevent', 127, 1, 0, 1).settings['volume-bass']).toBe(5)
    expect(nano('/ccevent', 127, 65, 0, 1).recording.armed).toMatchObject({ track: 'bass', overdub: false })
    expect(nano('/ccevent', 127, 68, 0, 1).settings.improvise).toBe(true)
    const lab = session('minilab')
    expect(lab('/ccevent', 127, 113, 0, 1).settings['mute-click']).toBe(true)
    expect(lab('/ccevent', 127, 26, 0, 1).recording.armed).toMatchObject({ track: 'chords', overdub: false })
  })
})

describe('our own addresses', () => {
  it('do every action, whether a button says that it is pressed or nothing', () => {
    for (const id of Object.keys(actions)) {
      const done = [{ type: 'run', action: id }]
      expect(read(`/tradefours/act/${id}`)).toEqual(done)
      expect(read(`/tradefours/act/${id}`, 1)).toEqual(done)
      expect(read(`/tradefours/act/${id}`, true)).toEqual(done)
      expect(read(`/tradefours/act/${id}`, 0)).toEqual([])
      expect(read(`/tradefours/act/${id}`, 'on')).toBeNull()
    }
  })

  it('set every setting, and move it', () => {
    for (const id of settingIds) {
      const setting: Setting = settings[id]
      const [least, most] = rangeOf(setting)
      const set = (number: number) => [{ type: 'set', setting: id, value: fromNumber(setting, number) }]
      expect(read(`/tradefours/set/${id}`, least)).toEqual(set(least))
      expect(read(`/tradefours/set/${id}`, most)).toEqual(set(most))
      expect(read(`/tradefours/set/${id}`)).toEqual([{ type: 'toggle', setting: id }])
      expect(read(`/tradefours/move/${id}`, -2)).toEqual([{ type: 'nudge', setting: id, by: -2 }])
      for (const bad of [least - 0.1, most + 0.1, Number.NaN, Number.POSITIVE_INFINITY, 'loud', null]) {
        expect(read(`/tradefours/set/${id}`, bad)).toBeNull()
      }
      expect(read(`/tradefours/move/${id}`, Number.NaN)).toBeNull()
    }
    expect(read('/tradefours/set/hand-over', 'phrase')).toEqual([
      { type: 'set', setting: 'hand-over', value: 'phrase' },
    ])
    expect(read('/tradefours/set/mute-bass', true)).toEqual([{ type: 'set', setting: 'mute-bass', value: true }])
  })

  it('go by the names of version 0.1, too', () => {
    expect(read('/tradefours/set/volume-solo', 2)).toEqual([{ type: 'set', setting: 'volume-lead', value: 2 }])
    expect(read('/tradefours/set/only-solo', 1)).toEqual([{ type: 'set', setting: 'solo-lead', value: true }])
    expect(read('/tradefours/act/clear-solo')).toEqual([{ type: 'run', action: 'clear-lead' }])
    expect(read('/tradefours/learn', 'only-bass')).toEqual([{ type: 'learn', action: 'solo-bass' }])
  })

  it('play keys, write charts and metres, and ask', () => {
    expect(read('/tradefours/note/on', 60, 80, 2)).toEqual([{ type: 'noteOn', pitch: 60, velocity: 80, channel: 2 }])
    expect(read('/tradefours/note/off', 60)).toEqual([{ type: 'noteOff', pitch: 60, channel: 1 }])
    expect(read('/tradefours/chart', 'Dm7 | G7')).toEqual([{ type: 'chart', chart: 'Dm7 | G7' }])
    expect(read('/tradefours/metre', '7/8')).toEqual([{ type: 'metre', metre: '7/8' }])
    expect(read('/tradefours/bend', -8192, 3)).toEqual([{ type: 'bend', value: -8192, channel: 3 }])
    expect(read('/tradefours/bend', 8192)).toBeNull()
    expect(read('/tradefours/pressure', 9)).toEqual([{ type: 'pressure', value: 9, channel: 1 }])
    expect(read('/tradefours/key-pressure', 60, 9)).toEqual([{ type: 'keyPressure', pitch: 60, value: 9, channel: 1 }])
    expect(read('/tradefours/tell')).toEqual([{ type: 'report-all' }])
  })

  it('take numbers as floats and as texts', () => {
    const key = [{ type: 'noteOn', pitch: 60, velocity: 100, channel: 1 }]
    for (const values of [
      [60.0004, 99.6],
      ['60', '100'],
      [' 60.0', '99.7'],
    ]) {
      expect(read('/processnoteon', ...values)).toEqual(key)
      expect(read('/tradefours/note/on', ...values, '1')).toEqual(key)
    }
    const control = [{ type: 'control', controller: 41, value: 127, channel: 3 }]
    expect(read('/ccevent', '127', 41.2, '2', 0)).toEqual(control)
    expect(read('/tradefours/control', '41', 126.8, 3)).toEqual(control)
    expect(read('/tradefours/set/tempo', '97.5')).toEqual([{ type: 'set', setting: 'tempo', value: 97.5 }])
    expect(read('/tradefours/set/mute-bass', '1')).toEqual([{ type: 'set', setting: 'mute-bass', value: true }])
    expect(read('/tradefours/set/hand-over', '1')).toEqual([{ type: 'set', setting: 'hand-over', value: 'phrase' }])
    expect(read('/tradefours/move/tempo', '-2')).toEqual([{ type: 'nudge', setting: 'tempo', by: -2 }])
    expect(read('/tradefours/act/tap', '1')).toEqual([{ type: 'run', action: 'tap' }])
    expect(read('/tradefours/act/tap', '0')).toEqual([])
  })

  it('say what was refused, and what is taken', () => {
    const refusal = (address: string, ...values: OscValue[]) => refusalOf({ address, values })
    expect(refusal('/processnoteon', 300, 'loud', null)).toBe(
      'OSC to /processnoteon with 300 “loud” not a number was passed over: it takes pitch velocity (a key goes down).',
    )
    expect(refusal('/tradefours/set/tempo', 'fast')).toMatch(
      /with “fast” was .*: it takes \[value\] \(tempo: 20 to 400;/,
    )
    expect(refusal('/status.reply', 1)).toMatch(/^OSC to \/status\.reply was passed over, for nothing listens there: /)
    const nasty = refusal(`/\u001b[2J${'x'.repeat(10_000)}`)
    expect(nasty).toMatch(/^\P{Cc}*$/u)
    expect(nasty.length).toBeLessThan(200)
  })

  it.each<[string, ...OscValue[]]>([
    ['/tradefours/note/on', 128, 80],
    ['/tradefours/note/on', 60, Number.NaN],
    ['/tradefours/note/on', 'C4', 80],
    ['/tradefours/note/on', '', 80],
    ['/tradefours/note/on', true, 80],
    ['/tradefours/note/on', 127.2, 80],
    ['/tradefours/set/tempo', ''],
    ['/tradefours/set/tempo', '0x78'],
    ['/tradefours/move/tempo', true],
    ['/tradefours/note/on', 60, 80, 17],
    ['/tradefours/note/on', 60],
    ['/tradefours/chart', 7],
    ['/tradefours/chart', 'C'.repeat(10_001)],
    ['/tradefours/controller', 'toString'],
    ['/tradefours/set/toString', 1],
    ['/processnoteon'],
    ['/ccevent', 127, 41, 'x', 0],
    ['/changesong', -1],
    ['/constructor', 1],
    ['/status.reply', 1, 0, 0],
  ])('refuse %s %s %s', (...[address, ...values]) => {
    expect(read(address as string, ...values)).toBeNull()
  })

  it('want nothing that a session refuses, whatever the values', () => {
    const value = fc.oneof(fc.double(), fc.integer({ min: -2, max: 200 }), fc.string(), fc.boolean(), fc.constant(null))
    const message = fc.record({
      address: fc.constantFrom(...Object.keys(inputAddresses)),
      values: fc.array(value, { maxLength: 5 }),
    })
    fc.assert(
      fc.property(fc.array(message, { maxLength: 30 }), (messages) => {
        const input = createOscInput()
        let state = startSession()
        for (const each of messages) {
          for (const request of input(each) ?? []) {
            if (request.type !== 'report-all')
              state = step(state, { ...request, at: state.now + 0.01 } as SessionEvent).state
          }
        }
        expect(state.refused).toBe(0)
      }),
      { numRuns: runs(2000) },
    )
  })
})
