import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeLocks } from '../../../test/fakes/locks.ts'
import type { PerformanceStore } from '../../io/storage/index.ts'
import {
  type Performance,
  readPerformance,
  type SessionEvent,
  startSession,
  writePerformance,
} from '../../session/index.ts'
import { text } from '../text.ts'
import { createPerformances } from './performances.ts'

/** What the visitor is given. */
const files: Blob[] = []

beforeEach(() => {
  files.length = 0
  vi.stubGlobal('navigator', { locks: createFakeLocks() })
  vi.stubGlobal('document', { createElement: () => ({ click() {} }) })
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => `blob:${files.push(file as Blob)}`)
})

/** A browser that stores what it is given, unless it is told to refuse. */
function browser() {
  const texts = new Map<string, string>()
  const is = { refusing: false }
  const asked = async <Answer>(answer: () => Answer): Promise<Answer> => {
    if (is.refusing) throw new DOMException('There is no room.', 'QuotaExceededError')
    return answer()
  }
  const store: PerformanceStore = {
    names: () => asked(() => [...texts.keys()]),
    read: (name) => asked(() => texts.get(name) ?? null),
    append: (name, more, head = '') => asked(() => void texts.set(name, (texts.get(name) ?? head) + more)),
    remove: (name) => asked(() => void texts.delete(name)),
  }
  return { texts, is, store }
}

const key = (at: number): SessionEvent => ({ type: 'noteOn', pitch: 60, velocity: 90, at })
const stop = (at: number): SessionEvent => ({ type: 'run', action: 'stop', at })

/** Somebody who plays on a page whose browser stores performances. */
function visitor(store: PerformanceStore) {
  const begun: (Performance | number)[] = []
  const performances = createPerformances(store, {
    begin: (from) => begun.push(from),
    end: () => performances.write(stop(9), startSession()),
    renderWav: async () => new Uint8Array(),
  })
  const saved = async () => {
    await performances.save()
    return readPerformance((await files.at(-1)?.text()) ?? '')
  }
  return { performances, begun, saved, play: (at: number) => performances.write(key(at), startSession()) }
}

describe('what is played', () => {
  it('is kept under names of its own, however fast others begin', async () => {
    const { texts, store } = browser()
    const tabs = [visitor(store), visitor(store)]
    for (const { performances, play } of tabs) {
      play(1)
      await performances.startAnew()
      play(2)
      await performances.startAnew()
    }
    expect(texts.size).toBe(4)
    for (const written of texts.values()) expect(readPerformance(written).events).toHaveLength(2)
    expect(tabs[1]?.performances.stored.value).toHaveLength(4)
    for (const { begunAt } of tabs[1]?.performances.stored.value ?? []) expect(begunAt.getTime()).not.toBeNaN()
  })

  it('is nothing where nothing was', async () => {
    const { texts, store } = browser()
    const { performances } = visitor(store)
    await performances.startAnew()
    await performances.startAnew()
    expect(texts.size).toBe(0)
    expect(performances.stored.value).toEqual([])
  })

  it('is gone on with where it ended', async () => {
    const { store } = browser()
    const { performances, begun, play, saved } = visitor(store)
    play(1)
    await performances.startAnew()
    expect(await performances.continue(performances.stored.value[0]?.name ?? '')).toBeNull()
    play(10)
    expect((begun.at(-1) as Performance).events).toEqual([key(1), stop(9)])
    expect((await saved()).events).toEqual([key(1), stop(9), key(10)])
  })

  it('is a file where the browser stores nothing, and not left before it is one', async () => {
    const { is, store } = browser()
    is.refusing = true
    const { performances, begun, play, saved } = visitor(store)
    play(1)
    expect(await performances.startAnew()).toBe(text.storage.refused)
    expect([performances.trouble.value, begun.length]).toEqual([text.storage.refused, 1])
    play(2)
    expect((await saved()).events).toEqual([key(1), key(2)])
    expect(await performances.startAnew()).toBeNull()
    expect(begun).toHaveLength(2)
  })

  it('is whole in a file when the room has run out in the middle, and is stored when there is some again', async () => {
    const { texts, store } = browser()
    const { performances, play, saved } = visitor(store)
    play(1)
    await saved()
    const append = vi.spyOn(store, 'append')
    append.mockRejectedValueOnce(new Error('There is no room.'))
    play(2)
    expect((await saved()).events).toEqual([key(1), key(2)])
    expect(performances.trouble.value).toBe(text.storage.refused)
    play(3)
    await saved()
    expect(performances.trouble.value).toBeNull()
    expect([...texts.values()].map((written) => readPerformance(written).events)).toEqual([[key(1), key(2), key(3)]])
  })
})

describe('what a browser has stored', () => {
  it('is stored anew, whole, where the browser has deleted it meanwhile', async () => {
    const { texts, store } = browser()
    const { performances, play, saved } = visitor(store)
    play(1)
    await performances.flush()
    texts.clear()
    play(2)
    await performances.flush()
    expect([...texts.values()].map((written) => readPerformance(written).events)).toEqual([[key(1), key(2)]])
    await performances.startAnew()
    const [name = ''] = texts.keys()
    await performances.continue(name)
    texts.clear()
    play(10)
    expect((await saved()).events).toEqual([key(1), key(2), stop(9), key(10)])
  })

  it('is offered until something is played, and again when the page is opened anew', async () => {
    const { texts, store } = browser()
    const first = visitor(store)
    first.play(1)
    await first.performances.startAnew()
    const [name = ''] = texts.keys()
    const second = visitor(store).performances
    await vi.waitUntil(() => second.last.value !== null)
    second.write({ type: 'tick', at: 1 }, startSession())
    expect(second.last.value?.name).toBe(name)
    second.write(key(2), startSession())
    expect(second.last.value).toBeNull()
  })

  it('is nothing to go on with, or to delete, while another tab plays it', async () => {
    const { texts, store } = browser()
    const [one, other] = [visitor(store), visitor(store)]
    one.play(1)
    await one.performances.flush()
    const [name = ''] = texts.keys()
    expect(await other.performances.continue(name)).toBe(text.storage.elsewhere)
    expect(await other.performances.forget(name)).toBe(text.storage.elsewhere)
    expect(visitor(store).performances.stored.value).toEqual([])
    await one.performances.startAnew()
    expect(await other.performances.continue(name)).toBeNull()
    expect(await one.performances.continue(name)).toBe(text.storage.elsewhere)
  })

  it('is at risk from the first note that the browser refuses until there is room, or a file', async () => {
    const { is, store } = browser()
    const { performances, play, saved } = visitor(store)
    const risks = [performances.isAtRisk()]
    is.refusing = true
    play(1)
    await performances.flush()
    risks.push(performances.isAtRisk())
    await saved()
    risks.push(performances.isAtRisk())
    play(2)
    await performances.flush()
    risks.push(performances.isAtRisk())
    is.refusing = false
    play(3)
    await performances.flush()
    expect([...risks, performances.isAtRisk()]).toEqual([false, true, false, true, false])
  })
})

describe('a performance that is opened', () => {
  const file = (contents: string) => new File([contents], 'evening.tradefours')

  it('goes on and is kept here, too', async () => {
    const { texts, store } = browser()
    const { performances, begun, play, saved } = visitor(store)
    const performance = { seed: 7, events: [key(1)] }
    expect(await performances.open(file(writePerformance(performance)))).toBeNull()
    expect(begun.at(-1)).toEqual(performance)
    play(2)
    expect(await saved()).toEqual({ seed: 7, events: [key(1), key(2)] })
    expect(readPerformance([...texts.values()].at(-1) ?? '')).toEqual({ seed: 7, events: [key(1), key(2)] })
  })

  it('is a sentence where it can’t be read', async () => {
    const { is, store } = browser()
    const { performances } = visitor(store)
    expect(await performances.open(file('?'))).toMatch(/^evening.tradefours is not a performance/)
    const lost = file('')
    vi.spyOn(lost, 'text').mockRejectedValue(new DOMException('It was moved.', 'NotReadableError'))
    expect(await performances.open(lost)).toBe(text.storage.gone)
    expect(await performances.continue('nowhere')).toBe(text.storage.gone)
    is.refusing = true
    expect(await performances.continue('nowhere')).toBe(text.storage.gone)
  })
})
