import { createStore, del, entries, get, keys, set } from 'idb-keyval'
import type { PerformanceStore } from './autosave.ts'

/** A piece of a performance: its name, and which piece it is. */
type PieceKey = readonly [name: string, piece: number]

/**
 * Performances in the browser's own database (IndexedDB), a piece for each time that something was appended.
 *
 * @param onDeleted called where the browser, or its user, has deleted what was appended before.
 */
export function browserStore(onDeleted: () => void = () => {}): PerformanceStore {
  const pieces = createStore('tradefours', 'performances')
  const pieceKeys = async (name: string) =>
    (await keys<[string, number]>(pieces)).filter(([of]) => of === name).sort(([, a], [, b]) => a - b)
  const lastPieces = new Map<string, number>()
  return {
    async names() {
      return [...new Set((await keys<[string, number]>(pieces)).map(([name]) => name))]
    },
    async read(name) {
      const found = (await entries<[string, number], string>(pieces))
        .filter(([[of]]) => of === name)
        .sort(([[, a]], [[, b]]) => a - b)
      return found.length > 0 ? found.map(([, text]) => text).join('') : null
    },
    async append(name, text, head = '') {
      const last = lastPieces.get(name)
      const isDeleted = last !== undefined && (await get([name, last] as [string, number], pieces)) === undefined
      if (isDeleted) onDeleted()
      const piece = isDeleted ? 0 : (last ?? (await pieceKeys(name)).at(-1)?.[1] ?? -1) + 1
      const key: PieceKey = [name, piece]
      await set(key as [string, number], piece === 0 ? head + text : text, pieces)
      lastPieces.set(name, piece)
    },
    async remove(name) {
      for (const key of await pieceKeys(name)) await del(key, pieces)
      lastPieces.delete(name)
    },
  }
}
