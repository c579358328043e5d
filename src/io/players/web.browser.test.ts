import { expect, it, vi } from 'vitest'
import { newPlayer, withEvening } from '../../improv/index.ts'
import { browserPlayers } from './web.ts'

const note = { pitch: 60, velocity: 90, since: 0.5, beats: 0.5, place: 0, chord: null }
const evening = (id: string) => ({ id, day: '2026-11-30', notes: [note] })

it('performers in a browser lose nothing where two tabs write at once, or the browser is full', async () => {
  const tabs = [browserPlayers(), browserPlayers()]
  const ids = Array.from({ length: 10 }, (_, index) => `evening ${index}`)
  const add = (index: number, id: string) =>
    tabs[index % 2]?.change('Anna', (kept) => withEvening(kept ?? newPlayer('Anna'), evening(id)))
  await Promise.all(ids.map((id, index) => add(index, id)))
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await expect(add(0, 'one too many')).rejects.toThrow('full')
  put.mockRestore()
  expect((await browserPlayers().read('Anna'))?.evenings.map(({ id }) => id).sort()).toEqual(ids.sort())
  expect(await tabs[0]?.change('Anna', () => null)).toBeNull()
  expect([await tabs[1]?.names(), await tabs[1]?.read('Anna')]).toEqual([[], null])
})
