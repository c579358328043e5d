import { describe, expect, it } from 'vitest'
import { Performer } from '../../test/performer.ts'
import { actionIds, type Dial, type DialId, dialIds, dials, type Trigger, triggers } from './index.ts'

const listed: Record<string, Trigger | Dial> = { ...triggers, ...dials }
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

describe.each(dialIds)('the dial %s', (id: DialId) => {
  const { least, most, initial, step, words }: Dial = dials[id]
  const set = (performer: Performer, value?: number, by?: number) =>
    performer.do({ type: 'act', action: id, ...(value !== undefined && { value }), ...(by !== undefined && { by }) })
      .state.settings[id]

  it('begins at a value that it may have', () => {
    expect(set(new Performer(), initial)).toBe(initial)
    expect(new Performer().state.settings[id]).toBe(initial)
    if (words) expect(words).toHaveLength(most - least + 1)
  })

  it.each([1e300, 1e6, most + 1e-9])('goes no further than its ends, whether set or moved by %d', (far) => {
    const performer = new Performer()
    expect(set(performer, far)).toBe(most)
    expect(set(performer, -far)).toBe(least)
    expect(set(performer, undefined, 1e300)).toBe(most)
    expect(set(performer, undefined, -1e300)).toBe(least)
    expect(performer.state.refused).toBe(0)
  })

  it('goes on without a value, and comes round', () => {
    const performer = new Performer()
    const values = [set(performer, least)]
    while (values.length < 1000) {
      const value = set(performer)
      if (value === least) break
      values.push(value)
    }
    expect(values).toEqual([...new Set(values)].sort((a, b) => a - b))
    expect(values.at(-1)).toBe(most)
    expect(performer.state.settings[id]).toBe(least)
  })

  it('moves by steps, forth and back', () => {
    const performer = new Performer()
    const middle = set(performer, least + (most - least) / 2)
    const moved = set(performer, undefined, 1)
    if (step) expect(moved).toBe(Math.min(most, middle + step))
    else expect(moved).toBeGreaterThan(middle)
    if (moved > middle) expect(set(performer, undefined, -1)).toBeCloseTo(middle, 9)
  })
})
