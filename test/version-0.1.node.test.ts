import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { recover } from '../src/io/storage/index.ts'
import { stateAfter } from '../src/runtime/index.ts'
import { readSongs } from '../src/session/index.ts'
import { sectionOf, stageWith } from './songs.ts'

const folder = join(import.meta.dirname, 'version-0.1')

it.each(readdirSync(folder))('%s, a song of version 0.1, opens and plays', (file) => {
  const songs = readSongs(readFileSync(join(folder, file), 'utf8'))
  const sections = songs.flatMap((song) => song.sections.map(({ name }) => name))
  const performer = stageWith(...songs)
  expect(sectionOf(performer)).toBe(sections[0])
  expect(performer.act('play').wait(4).state.transport.playing).toBe(true)
})

it('a performance that version 0.1 stored is recovered, and goes on', async () => {
  const stored = gunzipSync(readFileSync(join(import.meta.dirname, 'replays', 'flow-5-4.jsonl.gz'))).toString()
  const store = { read: async () => stored, names: async () => [], append: async () => {}, remove: async () => {} }
  const found = (await recover(store, 'an evening')) ?? expect.fail('nothing was stored')
  const { now, material } = stateAfter(found)
  expect(now).toBe(found.events.at(-1)?.at)
  expect(material.loops.bass?.notes.length).toBeGreaterThan(0)
})
