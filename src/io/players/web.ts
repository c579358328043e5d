import { createStore, get, keys, promisifyRequest } from 'idb-keyval'
import { readPlayer, writePlayer } from '../../improv/index.ts'
import type { PlayerStore } from './index.ts'

/** The memories of performers in the browser's own database: the text of a player's file each. */
export function browserPlayers(): PlayerStore {
  const store = createStore('tradefours-players', 'players')
  return {
    names: () => keys<string>(store),
    async read(name) {
      const text = await get<string>(name, store)
      return text === undefined ? null : readPlayer(text)
    },
    // Reading and writing are one transaction: another tab's comes before or after it.
    change: (name, change) =>
      store('readwrite', (players) => {
        const request = players.get(name)
        return new Promise((resolve, reject) => {
          request.onerror = () => reject(request.error)
          request.onsuccess = () => {
            try {
              const text: string | undefined = request.result
              const next = change(text === undefined ? null : readPlayer(text))
              if (next) players.put(writePlayer(next), name)
              else players.delete(name)
              promisifyRequest(players.transaction).then(() => resolve(next), reject)
            } catch (error) {
              reject(error)
            }
          }
        })
      }),
  }
}
