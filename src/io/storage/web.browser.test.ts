import { describe, expect, it, vi } from 'vitest'
import { browserStore } from './web.ts'

describe('performances in a browser', () => {
  it('have what was appended, under their names, and each its head', async () => {
    const store = browserStore()
    for (const [name, text] of [
      ['x', '1\n'],
      ['y', '2\n'],
      ['x', '3\n'],
    ] as const)
      await store.append(name, text, '0\n')
    expect([await store.names(), await store.read('x'), await store.read('z')]).toEqual([['x', 'y'], '0\n1\n3\n', null])
    for (const name of await store.names()) await store.remove(name)
    expect([await store.names(), await store.read('x')]).toEqual([[], null])
  })

  it('lose nothing where one piece could not be written, and the page was loaded again', async () => {
    const before = browserStore()
    await before.append('full', '1\n')
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await expect(before.append('full', '2\n')).rejects.toThrow('full')
    put.mockRestore()
    await before.append('full', '2\n')
    await before.append('full', '3\n')
    const after = browserStore()
    await after.append('full', '4\n')
    expect(await after.read('full')).toBe('1\n2\n3\n4\n')
    await after.remove('full')
  })

  it('are written anew from their heads, and say so, where the browser has deleted them', async () => {
    const onDeleted = vi.fn()
    const store = browserStore(onDeleted)
    for (const text of ['1\n', '2\n']) await store.append('gone', text)
    await browserStore().remove('gone')
    await store.append('gone', '3\n', '0\n')
    await store.append('gone', '4\n', '0\n')
    expect(onDeleted).toHaveBeenCalledTimes(1)
    expect(await store.read('gone')).toBe('0\n3\n4\n')
    await store.remove('gone')
  })

  it('go on after pieces of which one is missing', async () => {
    const store = browserStore()
    for (const text of ['1\n', '2\n', '3\n']) await store.append('gap', text)
    const request = indexedDB.open('tradefours')
    await new Promise((resolve) => request.addEventListener('success', resolve))
    const pieces = request.result.transaction('performances', 'readwrite').objectStore('performances')
    await new Promise((resolve) => pieces.delete(['gap', 1]).addEventListener('success', resolve))
    request.result.close()
    await browserStore().append('gap', '4\n')
    expect(await store.read('gap')).toBe('1\n3\n4\n')
    await store.remove('gap')
  })
})
