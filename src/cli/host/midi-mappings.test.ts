import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openMidiMappings } from './midi-mappings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'controls-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('what controls learn one right after the other is all kept, beside what they had learnt', async () => {
  const path = join(folder, 'controls.json')
  writeFileSync(path, '{"cc 90": "tap"}')
  const controls = await openMidiMappings(folder)
  const all = Array.from({ length: 30 }, (_, number) => `cc ${number}`)
  await Promise.all(all.map((control) => controls.store({ [control]: 'play' })))
  expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')))).toEqual(['cc 90', ...all])
})
