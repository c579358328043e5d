import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { violations } from './layers.ts'

const src = join(import.meta.dirname, '..', 'src')

function sourcesOfTheTree(): Map<string, string> {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\/.*\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$/.test(file))
  return new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]))
}

describe('the layer check', () => {
  it('finds nothing in the tree', () => {
    const sources = sourcesOfTheTree()
    expect(sources.size).toBeGreaterThan(20)
    expect(violations(sources)).toEqual([])
  })

  it.each([
    ['an import that goes up', 'music/a.ts', "import { x } from '../groove/b.ts'"],
    ['a type import that goes up', 'music/a.ts', "import type { X } from '../timing/b.ts'"],
    ['a re-export that goes up', 'timing/a.ts', "export * from '../cli/index.ts'"],
    ['a dynamic import that goes up', 'groove/a.ts', "await import('../io/midi-file/index.ts')"],
    ['an import of a computed name', 'groove/a.ts', 'await import(name)'],
    ['an import over a wall', 'models/a.ts', "import { tap } from '../timing/index.ts'"],
    ['a Node module in a pure room', 'session/a.ts', "import { readFileSync } from 'node:fs'"],
    ['a library with effects in a pure room', 'music/a.ts', "import { Command } from 'commander'"],
    ['chance in a pure room', 'groove/a.ts', 'export const roll = () => Math.random()'],
    ['chance by another spelling', 'groove/a.ts', "export const roll = () => Math['random']()"],
    ['chance under another name', 'groove/a.ts', 'const { random } = Math'],
    ['a clock in a pure room', 'timing/a.ts', 'export const now = () => Date.now()'],
    ['a clock under another name', 'timing/a.ts', 'const Clock = Date'],
    ['a timer in a pure room', 'timing/a.ts', 'setTimeout(() => {}, 1)'],
    ['another clock in a pure room', 'timing/a.ts', 'export const now = () => performance.now()'],
    ['the page in a pure room', 'music/a.ts', "document.title = 'x'"],
    ['a file outside the rooms', 'attic/a.ts', 'export const a = 1'],
  ])('fails on %s', (_, file, text) => {
    expect(violations(new Map([[file, text]]))).toHaveLength(1)
  })

  it.each([
    ['an import that goes down', 'groove/a.ts', "import { drums } from '../music/index.ts'"],
    ['a clock where devices are', 'devices/a.ts', 'export const now = () => Date.now()'],
    ['a name that only looks like a clock', 'music/a.ts', 'export type Take = { performance: number }'],
  ])('passes %s', (_, file, text) => {
    expect(violations(new Map([[file, text]]))).toEqual([])
  })
})
