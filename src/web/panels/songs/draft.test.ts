import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { song } from '../../../../test/songs.ts'
import { readSongs } from '../../../session/index.ts'
import {
  type DraftSong,
  fileName,
  moved,
  newSong,
  playable,
  renamed,
  songFile,
  troubleWith,
  typedNumber,
  without,
  withSection,
} from './draft.ts'

describe('a song that is written', () => {
  it('can be played from the beginning', () => {
    expect(troubleWith(newSong('New', 'one'))).toBeNull()
  })

  it.each<[string, (song: DraftSong) => DraftSong, string, RegExp]>([
    [
      'a tempo',
      (song) => withSection(song, 1, { tempo: 'fast' }),
      'sections.1.tempo',
      /^must be a number from 20 to 400\.$/,
    ],
    ['a metre', (song) => withSection(song, 0, { metre: '4/3' }), 'sections.0.metre', /^can’t be read/],
    ['a chart', (song) => withSection(song, 0, { chart: 'Dm7 | H' }), 'sections.0.chart', /“H” in measure 2/],
    ['a setting', (song) => withSection(song, 0, { set: { swing: 1 } }), 'sections.0.set.swing', /0.5 to 0.75\.$/],
    ['a title', (song) => ({ ...song, title: 'a'.repeat(201) }), 'title', /^must have 200 letters at most\.$/],
    ['what follows', (song) => withSection(song, 0, { next: 'gone' }), '', /^goes on from “1” to “gone”/],
  ])('says what is wrong with %s, and where', (_, change, path, message) => {
    const trouble = troubleWith(change(song([{}, {}])))
    expect(trouble?.path).toBe(path)
    expect(trouble?.message).toMatch(message)
  })

  it('leaves a field out that is emptied', () => {
    const changed = withSection(song([{ tempo: 99, metre: '4/4' }]), 0, { tempo: undefined })
    expect(changed.sections[0]).toEqual({ name: '1', metre: '4/4' })
  })

  it('is still led to where a section has another name', () => {
    const changed = renamed(song([{ next: '2' }, {}, { next: '2' }]), 1, 'bridge')
    expect(changed.sections.map(({ next }) => next)).toEqual(['bridge', undefined, 'bridge'])
    expect(troubleWith(changed)).toBeNull()
  })

  it('is led to as before where two sections had the name', () => {
    const changed = renamed(song([{ next: 'a' }, { name: 'a' }, { name: 'a' }]), 1, 'b')
    expect(changed.sections[0]?.next).toBe('a')
    expect(troubleWith(changed)).toBeNull()
  })

  it('is read back from its file as it was, alone or in a set list', () => {
    const folder = 'examples/songs'
    for (const file of readdirSync(folder)) {
      const songs = readSongs(readFileSync(`${folder}/${file}`, 'utf8'))
      expect(readSongs(songFile(songs, 'Set list').text), file).toEqual(songs)
    }
  })

  it('is not played while another one of its set list can’t be', () => {
    const good = song([{}])
    expect(playable([good, good])).not.toBeNull()
    expect(playable([good, withSection(good, 0, { tempo: 0 })])).toBeNull()
  })
})

describe('a list', () => {
  it('has the same items wherever one is moved', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.nat(),
        fc.integer({ min: -50, max: 50 }),
        (list, at, by) => {
          const from = at % list.length
          const next = moved(list, from, by)
          expect([...next].sort()).toEqual([...list].sort())
          const to = Math.min(list.length - 1, Math.max(0, from + by))
          expect(next[to]).toBe(list[from])
          expect(without(next, to)).toEqual(without(list, from))
        },
      ),
    )
  })
})

it('a number that is typed is that number, or stays as it is typed', () => {
  expect(['', ' ', '120', '98,5', '98.', '1e2', 'fast'].map(typedNumber)).toEqual([
    undefined,
    undefined,
    120,
    98.5,
    98,
    100,
    'fast',
  ])
})

it('a title makes a name for a file, in any language', () => {
  expect(['All bass', 'Über & out!', '夜の歌', '***'].map(fileName)).toEqual(['all-bass', 'über-out', '夜の歌', 'song'])
})
