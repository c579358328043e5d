import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { cliDocs } from '../scripts/docs/cli.ts'
import { exportsOf } from '../scripts/docs/exports.ts'
import { entries, libraryDocs } from '../scripts/docs/library.ts'
import { oscDocs } from '../scripts/docs/osc.ts'
import { eventSchema } from '../src/session/event-schema.ts'

it.each([
  ['reference/cli.md', cliDocs],
  ['reference/library.md', libraryDocs],
  ['osc.md', oscDocs],
])('docs/%s is what the code says: node scripts/make-docs.js writes it anew', async (page, docs) => {
  await expect(docs()).toMatchFileSnapshot(`../docs/${page}`)
})

it.each(entries())('the reference knows all that $name exports, and says what it means', async ({ source }) => {
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
  const known = eventSchema.options.map(({ entries: { type, at, ...fields } }) => [
    type.literal,
    Object.entries(fields).map(([name, schema]) => `${name}${schema.type === 'optional' ? '?' : ''}`),
  ])
  expect(shown).toEqual(known)
})
