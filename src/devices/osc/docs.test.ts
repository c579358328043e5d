import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { oscDocs } from './docs.ts'

it('docs/osc.md is what the lists of addresses say: node scripts/make-osc-docs.js writes it anew', () => {
  expect(readFileSync(new URL('../../../docs/osc.md', import.meta.url), 'utf8')).toBe(oscDocs())
})
