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
    ['an import that goes up', 'music/a.ts', "import { x } from '../groove/index.ts'"],
    ['a type import that goes up', 'music/a.ts', "import type { X } from '../timing/index.ts'"],
    ['a re-export that goes up', 'timing/a.ts', "export * from '../cli/index.ts'"],
    ['a dynamic import that goes up', 'groove/a.ts', "await import('../io/midi-file/index.ts')"],
    ['an import of a computed name', 'groove/a.ts', 'await import(name)'],
    ['an import of a forbidden neighbour', 'models/a.ts', "import { tap } from '../timing/index.ts'"],
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
    ['an import past an index', 'groove/a.ts', "import { x } from '../music/note.ts'"],
    ['a type import past an index', 'session/a.ts', "import type { X } from '../improv/trade.ts'"],
    ['an import past the index of a folder of devices', 'web/a.ts', "import { x } from '../devices/midi/message.ts'"],
    ['an import past the index of a neighbour', 'devices/osc/a.ts', "import { x } from '../midi/message.ts'"],
    ['an import past the index of a room in a room', 'improv/a.ts', "import { x } from './biases/range.ts'"],
    ['an import of the index behind an index', 'session/a.ts', "import { x } from '../improv/biases/index.ts'"],
    ['an import of itself', 'music/a.ts', "export * from './a.ts'"],
  ])('fails on %s', (_, file, text) => {
    expect(violations(new Map([[file, text]]))).toHaveLength(1)
  })

  it.each([
    ['an import that goes down', 'groove/a.ts', "import { drums } from '../music/index.ts'"],
    ['a clock where devices are', 'devices/a.ts', 'export const now = () => Date.now()'],
    ['an import in its own room', 'improv/biases/a.ts', "import { x } from '../soloist.ts'"],
    ['an import of the index of a room in a room', 'improv/a.ts', "import { x } from './biases/index.ts'"],
    ['an import of a folder of devices', 'web/a.ts', "import { x } from '../devices/midi/index.ts'"],
    [
      'an import of a folder’s entry file for Node',
      'cli/host/a.ts',
      "import { x } from '../../runtime/worker/node.ts'",
    ],
    ['an import of a room of one file', 'devices/audio/a.ts', "import { x } from '../../io/wav.ts'"],
    ['an import between folders of the page', 'web/a.ts', "import { x } from './panels/score.tsx'"],
    ['a name that only looks like a clock', 'music/a.ts', 'export type Take = { performance: number }'],
  ])('passes %s', (_, file, text) => {
    expect(violations(new Map([[file, text]]))).toEqual([])
  })

  it.each([
    ['two files', { 'music/a.ts': "import { b } from './b.ts'", 'music/b.ts': "import { a } from './a.ts'" }],
    ['two files and types', { 'music/a.ts': "import type { B } from './b.ts'", 'music/b.ts': "import './a.ts'" }],
    ['a dynamic import', { 'web/a.ts': "import './b.ts'", 'web/b.ts': "await import('./a.ts')" }],
    [
      'three files and an index',
      {
        'music/index.ts': "export * from './a.ts'",
        'music/a.ts': "import { b } from './b.ts'",
        'music/b.ts': "import { a } from './index.ts'",
      },
    ],
  ])('fails on a circle of %s', (_, files) => {
    const names = Object.keys(files).sort().join(', ')
    expect(violations(new Map(Object.entries(files)))).toEqual([`${names}: import each other in a circle`])
  })
})
