import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newPlayer, notesOf, withEvening } from '../../improv/index.ts'
import { folderPlayers } from './node.ts'

const note = { pitch: 60, velocity: 90, since: 0.5, beats: 0.5, place: 0, chord: null }
const evening = (id: string) => ({ id, day: '2026-11-30', notes: [note, note] })

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'tradefours-')), 'players')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

describe('performers in a folder', () => {
  it('lose nothing where several write at once, and leave nothing but their file', async () => {
    const writers = [folderPlayers(folder), folderPlayers(folder)]
    const ids = Array.from({ length: 12 }, (_, index) => `evening ${index}`)
    await Promise.all(
      ids.map((id, index) =>
        writers[index % 2]?.change('Anna', (kept) => withEvening(kept ?? newPlayer('Anna'), evening(id))),
      ),
    )
    const player = await folderPlayers(folder).read('Anna')
    expect(player?.evenings.map(({ id }) => id).sort()).toEqual(ids.sort())
    expect(notesOf(player ?? newPlayer(''))).toHaveLength(24)
    expect(readdirSync(folder)).toEqual(['Anna.player.json'])
    expect(await folderPlayers(folder).names()).toEqual(['Anna'])
  })

  it('are removed when they are forgotten, and nobody is known who is not there', async () => {
    const players = folderPlayers(folder)
    expect([await players.names(), await players.read('Bo')]).toEqual([[], null])
    await players.change('Bo', () => newPlayer('Bo'))
    expect(await players.change('Bo', () => null)).toBeNull()
    expect(await players.names()).toEqual([])
  })

  it('wait for nobody who crashed long ago, and say which file is damaged', async () => {
    const players = folderPlayers(folder)
    await players.change('Bo', () => newPlayer('Bo'))
    const lock = join(folder, 'Bo.player.json.lock')
    writeFileSync(lock, 'somebody')
    utimesSync(lock, 0, 0)
    expect(await players.change('Bo', (kept) => kept)).toEqual(newPlayer('Bo'))
    writeFileSync(join(folder, 'Bo.player.json'), '{"format":"tradefours-player","vers')
    await expect(players.read('Bo')).rejects.toThrow('Bo.player.json is damaged')
    await expect(players.change('../Bo', () => null)).rejects.toThrow(RangeError)
  })
})
