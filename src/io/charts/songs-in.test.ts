import { expect, it } from 'vitest'
import { irealLink } from '../../../test/charts.ts'
import { song } from '../../../test/songs.ts'
import { songsIn } from './songs-in.ts'

const titles = async (...input: Parameters<typeof songsIn>) => (await songsIn(...input)).songs.map(({ title }) => title)

it('songs are read from our files, and from charts of every format', async () => {
  const ours = song([{ chart: 'C' }])
  expect(await songsIn(JSON.stringify(ours))).toEqual({ title: null, songs: [ours], notices: [] })
  expect(await titles(new TextEncoder().encode(JSON.stringify(ours)), 'a.json')).toEqual(['Song'])
  expect(await titles('{title: Waltz}\n[C] la [F] la', 'a.cho')).toEqual(['Waltz'])
  expect(await titles('Title: Blues\n| C7 | F7 |')).toEqual(['Blues'])
})

it('a playlist is read without the songs that can’t be, which are named', async () => {
  const link = irealLink(
    [
      { title: 'One', music: 'T44C   Z' },
      { title: 'Drums', music: 'T44x   Z' },
      { title: 'Two', music: 'T44C   |QQ  Z' },
    ],
    'Tonight',
  )
  const { title, songs, notices } = await songsIn(link)
  expect([title, ...songs.map((each) => each.title)]).toEqual(['Tonight', 'One', 'Two'])
  expect(notices.some((notice) => notice.includes('“Drums”'))).toBe(true)
})

it('a file that is not a song is refused with the rest of a sentence', async () => {
  await expect(songsIn('{}', 'bad.json')).rejects.toThrow(/^is not a valid song/)
  await expect(songsIn('')).rejects.toThrow(/^is empty/)
})
