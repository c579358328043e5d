import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

it.each([
  ['what is no JSON', '{"cc 90": "ta'],
  ['an unknown control', '{"cc 300": "play"}'],
  ['an unknown action', '{"cc 30": "explode"}'],
])(
  '%s is said, does not keep anybody from playing, and is set aside before something else is learnt',
  async (_, text) => {
    const path = join(folder, 'controls.json')
    writeFileSync(path, text)
    const controls = await openMidiMappings(folder)
    expect(controls.bindings).toEqual({})
    expect(controls.trouble).toMatch(/^The learnt mappings are not loaded: .*controls\.json .*\.$/s)
    await controls.store({ 'cc 1': 'tap' })
    await controls.store({ 'cc 2': 'tap' })
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ 'cc 1': 'tap', 'cc 2': 'tap' })
    expect(readFileSync(join(folder, 'controls.damaged.json'), 'utf8')).toBe(text)
  },
)

it('a folder in the place of learnt controls is said, and nothing that there is gets lost', async () => {
  mkdirSync(join(folder, 'controls.json'))
  const controls = await openMidiMappings(folder)
  expect(controls.trouble).toMatch(
    /^The learnt mappings are not loaded: .*controls\.json can't be read: it is a folder\./,
  )
})

it('what can’t be stored is a sentence', async () => {
  writeFileSync(join(folder, 'file'), '')
  const controls = await openMidiMappings(join(folder, 'file'))
  expect(controls.trouble).toBeNull()
  await expect(controls.store({ 'cc 1': 'tap' })).rejects.toThrow(/can't be written: it is not a folder/)
})
