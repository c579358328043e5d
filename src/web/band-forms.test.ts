import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSongs } from '../session/index.ts'
import { bandForms } from './band-forms.ts'
import { text } from './panels/text.ts'

const folder = join(import.meta.dirname, '../../examples/band')

it('the forms of the page are those of the examples, by the names that the page shows', () => {
  const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  const titles = (songs: typeof bandForms) => songs.map(({ title }) => title)
  const examples = files.flatMap((file) => readSongs(file))
  expect(new Set(titles(bandForms))).toEqual(new Set(titles(examples)))
  for (const form of bandForms) expect(examples).toContainEqual(form)
  expect(titles(bandForms)).toEqual(text.settings.playing.bandForms)
})
