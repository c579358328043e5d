import { afterEach, describe, expect, it } from 'vitest'
import { newPlayer, withEvening, writePlayer } from '../../improv/index.ts'
import { writeMidi } from '../../io/midi-file/index.ts'
import { browserPlayers } from '../../io/players/web.ts'
import { fourFour } from '../../music/index.ts'
import type { Device } from '../../runtime/index.ts'
import { timeline } from '../../timing/index.ts'
import { openPlayer } from './player.ts'

const store = browserPlayers()
afterEach(async () => {
  for (const name of await store.names()) await store.change(name, () => null)
  localStorage.clear()
})

/** The page's memory of performers, once it is there. */
async function opened() {
  const devices: Device[] = []
  const player = openPlayer((device) => devices.push(device))
  await expect.poll(() => devices.length).toBe(1)
  return player
}

const note = { pitch: 60, velocity: 90, since: 0.5, beats: 0.5, place: 0, chord: null }

describe('the page’s memory of a performer', () => {
  it('learns from files of every kind, and says which one it can’t use', async () => {
    const player = await opened()
    const notes = [60, 64, 67].map((pitch, beat) => ({ pitch, velocity: 90, beat, beats: 0.5 }))
    const tracks = [{ name: '', channel: 1, notes }]
    const midi = writeMidi({ metre: fourFour, timeline: timeline(120), length: 4, tracks })
    const other = withEvening(newPlayer('Bo'), { id: 'one', day: '2026-11-30', notes: [note, note] })
    const files = [new File([new Uint8Array(midi)], 'solo.mid'), new File([writePlayer(other)], 'bo.player.json')]
    expect(await player.learn(...files)).toBeNull()
    expect(
      player
        .player()
        ?.evenings.map(({ notes }) => notes.length)
        .sort(),
    ).toEqual([2, 3])
    expect(await player.learn(new File(['Dear Sir'], 'letter.mid'))).toContain('letter.mid')
    expect(await player.learn(new File(['{}'], 'no.player.json'))).toContain('no.player.json is not a player’s file')
    expect((await store.read('Me'))?.evenings).toHaveLength(2)
  })

  it('knows several performers by their names, remembers who played last, and forgets who wants it', async () => {
    const player = await opened()
    await player.choose('Cleo')
    await player.learn(
      new File([writePlayer(withEvening(newPlayer(''), { id: 'a', day: '2026-11-30', notes: [note] }))], 'a.json'),
    )
    await player.choose('Me')
    await player.choose('Cleo')
    expect([player.name.value, player.names.value, player.player()?.evenings.length]).toEqual([
      'Cleo',
      ['Cleo', 'Me'],
      1,
    ])
    expect((await opened()).name.value).toBe('Cleo')
    await player.forgetPlayer()
    expect([player.player()?.evenings, await store.names()]).toEqual([[], []])
  })
})
