import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { cliDocs } from '../scripts/docs/cli.ts'
import { exportsOf } from '../scripts/docs/exports.ts'
import { entries, entryDocs, libraryDocs, publicSurface } from '../scripts/docs/library.ts'
import { oscDocs } from '../scripts/docs/osc.ts'
import { songsDocs } from '../scripts/docs/songs.ts'
import { sessionFeatures } from '../src/session/session.ts'

it.each([
  ['reference/cli.md', cliDocs],
  ['reference/library.md', libraryDocs],
  ['osc.md', oscDocs],
  ['songs.md', songsDocs],
])('docs/%s is what the code says: node scripts/make-docs.js writes it anew', async (page, docs) => {
  await expect(docs()).toMatchFileSnapshot(`../docs/${page}`)
})

it.each(entries)('docs/reference/$page is what the code says', async (entry) => {
  await expect(entryDocs(entry)).toMatchFileSnapshot(`../docs/reference/${entry.page}`)
})

it('the library exports the same names as before: node scripts/make-docs.js takes a change over', async () => {
  await expect(publicSurface()).toMatchFileSnapshot('public-surface.txt')
})

it.each(entries)('the reference knows all that $name exports, and says what it means', async ({ source }) => {
  const known = exportsOf(source)
  const values = known.filter(({ kind }) => kind !== 'type').map(({ name }) => name)
  expect(values).toEqual(Object.keys(await import(source)).sort())
  expect(known.filter(({ meaning }) => meaning === '')).toEqual([])
})

it('docs/reference/session-format.md has every event with its fields, and no other', () => {
  const page = readFileSync(new URL('../docs/reference/session-format.md', import.meta.url), 'utf8')
  const [, rows = ''] = page.split('## The events')
  const shown = [...rows.matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)].map(([, type, fields = '']) => [
    type,
    [...fields.matchAll(/`(\w+)`(\?)?/g)].map(([, name, mark = '']) => `${name}${mark}`),
  ])
  const known = Object.entries(sessionFeatures.events).map(([type, { schema }]) => {
    const { type: _, ...fields } = entriesOf(schema)
    return [type, Object.entries(fields).map(([name, { type }]) => `${name}${type === 'optional' ? '?' : ''}`)]
  })
  expect(shown).toEqual(known)
})

type Entries = Readonly<Record<string, { readonly type: string }>>

/** The fields of an object, or of each variant of one. */
function entriesOf(schema: object): Entries {
  const { entries, options = [] } = schema as { entries?: Entries; options?: readonly object[] }
  return entries ?? entriesOf(options[0] ?? {})
}
