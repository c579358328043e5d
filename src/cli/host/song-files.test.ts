import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { irealLink } from '../../../test/charts.ts'
import { song } from '../../../test/songs.ts'
import { songsFor } from './song-files.ts'

let folder: string
let book: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'songs-'))
  book = join(folder, 'songs')
  mkdirSync(book)
  writeFileSync(join(folder, 'ours.json'), JSON.stringify(song([{ chart: 'C' }])))
  writeFileSync(join(folder, 'empty.txt'), '')
  writeFileSync(join(book, 'blues.txt'), 'Title: Blués in F\nF7 | Bb7')
  writeFileSync(
    join(book, 'tonight.html'),
    irealLink(
      ['Blue one', 'Red'].map((title) => ({ title, music: 'T44C   Z' })),
      'Tonight',
    ),
  )
  writeFileSync(join(book, 'broken.mxl'), 'PK')
})
afterAll(() => rmSync(folder, { recursive: true }))

const titles = async (...wanted: string[]) => (await songsFor(wanted, book)).map(({ title }) => title)

describe('the songs that the host begins with', () => {
  it('are none where nobody names any', async () => {
    expect(await songsFor([], join(folder, 'nowhere'))).toEqual([])
  })

  it('come from files of every kind, in their order', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    expect(await titles(join(book, 'tonight.html'), join(folder, 'ours.json'))).toEqual(['Blue one', 'Red', 'Song'])
    write.mockRestore()
  })

  it('come from the book by words of their titles; what can’t be read there is named', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    expect(await titles('BLUES')).toEqual(['Blués in F'])
    expect(await titles('blue', 'red')).toEqual(['Blués in F', 'Blue one', 'Red'])
    expect(String(write.mock.calls[0]?.[0])).toMatch(/^broken.mxl is left out: /)
    write.mockRestore()
  })

  it('are refused with a sentence where there are none', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await expect(titles('green')).rejects.toThrow(/^green is neither a file nor the title of a song in /)
    await expect(titles(join(folder, 'empty.txt'))).rejects.toThrow(/empty.txt is empty: /)
    write.mockRestore()
  })
})
