import { describe, expect, it } from 'vitest'
import { randomSoloist } from '../../test/fakes/soloist.ts'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { newPlayer, notesOf, type PastNote, type Player, type Soloist, withEvening } from '../improv/index.ts'
import type { PlayerStore } from '../io/players/index.ts'
import { createPlayerRecorder } from './index.ts'

/** A store that keeps in memory, and refuses while it is full. */
function memoryStore(known: readonly Player[] = []) {
  const kept = new Map(known.map((player) => [player.name, player]))
  const store = {
    kept,
    isFull: false,
    names: async () => [...kept.keys()],
    read: async (name) => kept.get(name) ?? null,
    async change(name, change) {
      if (store.isFull) throw new Error('full')
      const next = change(kept.get(name) ?? null)
      if (next) kept.set(name, next)
      else kept.delete(name)
      return next
    },
  } satisfies PlayerStore & Record<string, unknown>
  return store
}

const old = { id: 'old', day: '2026-01-01', notes: [{ ...note(0, 50), since: null, place: 0, chord: null }] }
const anna = withEvening(newPlayer('Anna'), old)

/** A recorder, and a performer whom it follows. */
async function evening(store = memoryStore([anna])) {
  const troubles: unknown[] = []
  let evenings = 0
  const recorder = createPlayerRecorder({
    store,
    name: 'Anna',
    newEvening: () => ({ id: `tonight ${evenings++}`, day: '2026-11-30' }),
    onTrouble: (error) => troubles.push(error),
  })
  const learnt: PastNote[] = []
  const soloist: Soloist = {
    ...randomSoloist(),
    forgetPerformer: () => learnt.splice(0),
    learn: (played) => learnt.push(...played),
  }
  recorder.meet(soloist)
  await recorder.flush()
  const play = (performer: Performer, pitches: readonly number[], from = 0) => {
    const seen = performer.effects.length
    performer.play(pitches.map((pitch, index) => note(from + index, pitch, 0.5)))
    for (const effect of performer.effects.slice(seen)) {
      recorder.observe?.({ type: 'tick', at: effect.at }, [effect], performer.state)
    }
  }
  const ids = () => store.kept.get('Anna')?.evenings.map(({ id, notes }) => `${id}: ${notes.length}`) ?? null
  return { recorder, store, troubles, learnt, play, ids }
}

describe('a recorder of what a performer plays', () => {
  it('gives phrases what both have played this evening, and what the performer played before, but for a guest', async () => {
    const { recorder, play } = await evening()
    const performer = new Performer().act('play')
    const pitches = () => {
      const { session, performer } = recorder.remembered()
      return [session, performer].map((notes) => notes.map(({ pitch }) => pitch))
    }
    play(performer, [60, 62])
    expect(pitches()).toEqual([[60, 62], [50]])
    await recorder.flush()
    expect(pitches()).toEqual([[60, 62], [50]])
    performer.act('guest', true)
    play(performer, [64], 2)
    expect(pitches()).toEqual([[60, 62], []])
  })

  it('stores the evening beside what is known, and tells the soloist all of it, a little at a time', async () => {
    const { recorder, play, ids, learnt } = await evening()
    const performer = new Performer().act('play')
    play(performer, [60, 62, 64])
    for (let wake = 0; wake < 400; wake++) recorder.wake?.(null)
    await recorder.flush()
    expect(ids()).toEqual(['old: 1', 'tonight 0: 3'])
    recorder.wake?.(null)
    expect(learnt.map(({ pitch }) => pitch)).toEqual([50, 60, 62, 64])
    play(performer, [65], 3)
    await recorder.end?.()
    expect(ids()).toEqual(['old: 1', 'tonight 0: 4'])
  })

  it('keeps nothing of a guest', async () => {
    const { recorder, play, ids } = await evening()
    play(new Performer().act('guest', true).act('play'), [60, 62, 64])
    await recorder.flush()
    expect([ids(), notesOf(recorder.player).length]).toEqual([['old: 1'], 1])
  })

  it('forgets the evening, and goes on with another; and forgets the performer', async () => {
    const { recorder, play, ids } = await evening()
    const performer = new Performer().act('play')
    play(performer, [60, 62, 64])
    await recorder.flush()
    await recorder.forgetEvening()
    expect(ids()).toEqual(['old: 1'])
    play(performer, [70, 71], 8)
    await recorder.flush()
    expect(ids()).toEqual(['old: 1', 'tonight 1: 2'])
    await recorder.forgetPlayer()
    expect([ids(), recorder.player]).toEqual([null, newPlayer('Anna')])
  })

  it('loses nothing where the store is full, and of two performers keeps each one’s own', async () => {
    const { recorder, store, play, ids, troubles } = await evening()
    const performer = new Performer().act('play')
    store.isFull = true
    play(performer, [60, 62])
    await recorder.flush()
    expect([ids(), `${troubles.at(-1)}`]).toEqual([['old: 1'], 'Error: full'])
    store.isFull = false
    await recorder.choose('Bo')
    play(performer, [70], 8)
    await recorder.flush()
    expect([ids(), troubles.at(-1)]).toEqual([['old: 1', 'tonight 0: 2'], null])
    expect(store.kept.get('Bo')?.evenings.map(({ notes }) => notes.length)).toEqual([1])
  })

  it('adds what others know', async () => {
    const { recorder, play, ids } = await evening()
    play(new Performer().act('play'), [60])
    await recorder.add([{ ...old, id: 'import' }])
    expect(ids()?.sort()).toEqual(['import: 1', 'old: 1', 'tonight 0: 1'])
  })
})
