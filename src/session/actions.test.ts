import { describe, expect, it } from 'vitest'
import { Performer } from '../../test/performer.ts'
import {
  actionIds,
  actions,
  isAmount,
  isChoice,
  type SessionInput,
  type Setting,
  type SettingValue,
  settingIds,
  settings,
  startSession,
  step,
} from './index.ts'

const listed: Record<string, { readonly label: string; readonly key?: string }> = { ...actions, ...settings }
const keys = Object.values(listed).flatMap(({ key }) => key ?? [])

/** The rows of a computer's keyboard that play as a piano. */
const pianoKeys = [...'ASDFGHJKLWETYUOPZXCV'].map((letter) => `Key${letter}`)

describe('the list of actions', () => {
  it('names each of them once', () => {
    expect(new Set(actionIds).size).toBe(actionIds.length)
    expect(actionIds).toHaveLength(Object.keys(listed).length)
  })

  it('has ids that addresses and files can hold', () => {
    for (const id of actionIds) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })

  it('says what each of them does, in words that differ', () => {
    const labels = Object.values(listed).map(({ label }) => label)
    expect(new Set(labels).size).toBe(labels.length)
    for (const label of labels) expect(label).toMatch(/^[a-z][a-z', -]+$/)
  })

  it('gives no key to two of them, and none that plays', () => {
    expect(new Set(keys).size).toBe(keys.length)
    for (const key of keys) expect(pianoKeys).not.toContain(key.replace('Shift+', ''))
  })
})

describe.each(settingIds)('the setting %s', (id) => {
  const setting: Setting = settings[id]
  const valueAfter = (performer: Performer, input: object) =>
    performer.do({ setting: id, ...input } as SessionInput).state.settings[id]
  const set = (performer: Performer, value: SettingValue) => valueAfter(performer, { type: 'set', value })
  const nudge = (performer: Performer, by: number) => valueAfter(performer, { type: 'nudge', by })
  const toggle = (performer: Performer) => valueAfter(performer, { type: 'toggle' })
  const [first, last] = endsOf(setting)

  it('begins at a value that it may have', () => {
    expect(new Performer().state.settings[id]).toBe(setting.initial)
    expect(set(new Performer(), setting.initial)).toBe(setting.initial)
  })

  it('goes no further than its ends', () => {
    const performer = new Performer()
    for (const far of [1e300, 1e6, Number(last) + 1e-9]) {
      if (isAmount(setting)) {
        expect(set(performer, far)).toBe(last)
        expect(set(performer, -far)).toBe(first)
      }
      expect(nudge(performer, 1e300)).toBe(last)
      expect(nudge(performer, -1e300)).toBe(first)
    }
    expect(performer.state.refused).toBe(0)
  })

  it('keeps what it is at where the value is of another kind', () => {
    for (const value of [true, 'a word', 1]) {
      const performer = new Performer()
      if (typeof value !== typeof setting.initial || value === 'a word') {
        expect(set(performer, value)).toBe(setting.initial)
      }
    }
  })

  it('goes a step on when it is toggled, and comes round', () => {
    const performer = new Performer()
    const values = [set(performer, first)]
    while (values.length < 1000) {
      const value = toggle(performer)
      if (value === first) break
      values.push(value)
    }
    expect(new Set(values).size).toBe(values.length)
    if (isAmount(setting)) expect(values).toEqual([...values].sort((a, b) => Number(a) - Number(b)))
    else expect(values).toEqual(isChoice(setting) ? setting.words : [false, true])
    expect(values.at(-1)).toBe(last)
    expect(performer.state.settings[id]).toBe(first)
  })

  it('moves by steps, forth and back', () => {
    const performer = new Performer()
    const before = isAmount(setting) ? set(performer, (Number(first) + Number(last)) / 2) : set(performer, first)
    const moved = nudge(performer, 1)
    expect(moved).not.toBe(before)
    if (isAmount(setting)) {
      if (setting.step) expect(moved).toBe(Number(before) + setting.step)
      expect(Number(moved)).toBeGreaterThan(Number(before))
      expect(nudge(performer, -1)).toBeCloseTo(Number(before), 9)
    } else expect(nudge(performer, -1)).toBe(before)
  })
})

function endsOf(setting: Setting): readonly [SettingValue, SettingValue] {
  if (isAmount(setting)) return [setting.least, setting.most]
  return isChoice(setting) ? [setting.words[0] ?? '', setting.words.at(-1) ?? ''] : [false, true]
}

describe('an act of version 0.1', () => {
  const played = (...acts: readonly { readonly action: string; readonly value?: number; readonly by?: number }[]) =>
    acts.reduce((state, act) => step(state, { type: 'act', at: 0, ...act } as never).state, startSession())

  it('runs, sets, moves and switches over, under the names of its time', () => {
    expect(played({ action: 'tempo', value: 90 }, { action: 'tempo', by: 1 }).settings.tempo).toBe(91)
    expect(played({ action: 'only-solo' }).settings['solo-lead']).toBe(true)
    expect(played({ action: 'record-bass' }).recording.armed).toMatchObject({ track: 'bass', overdub: false })
    expect(played({ action: 'no-such-thing' }).refused).toBe(1)
  })
})
