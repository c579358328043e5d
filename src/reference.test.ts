import { expect, it } from 'vitest'
import { cliDocs } from './testing/docs/cli.ts'
import { exportsOf } from './testing/docs/exports.ts'
import { entries, libraryDocs } from './testing/docs/library.ts'

it.each([
  ['cli.md', cliDocs],
  ['library.md', libraryDocs],
])('docs/reference/%s is what the code says: node scripts/make-docs.js writes it anew', async (page, docs) => {
  await expect(docs()).toMatchFileSnapshot(`../docs/reference/${page}`)
})

it.each(entries())('the reference knows all that $name exports, and says what it means', async ({ source }) => {
  const known = exportsOf(source)
  const values = known.filter(({ kind }) => kind !== 'type').map(({ name }) => name)
  expect(values).toEqual(Object.keys(await import(source)).sort())
  expect(known.filter(({ meaning }) => meaning === '')).toEqual([])
})
