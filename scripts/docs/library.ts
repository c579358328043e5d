import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportsOf } from './exports.ts'
import { table } from './table.ts'

const root = join(import.meta.dirname, '..', '..')

/** A way into the package, and the module that it leads to. */
type Entry = { readonly name: string; readonly source: string }

/** The package's entry points, as its `package.json` has them. */
export function entries(): Entry[] {
  const { exports }: { exports: Record<string, { types?: string }> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  return Object.entries(exports).flatMap(([path, { types }]) => {
    if (types === undefined) return []
    const source = join(root, types.replace('./dist/', 'src/').replace(/\.d\.ts$/, '.ts'))
    return [{ name: `tradefours${path.slice(1)}`, source }]
  })
}

/** `docs/reference/library.md`: what each entry point of the package exports. */
export function libraryDocs(): string {
  return `# The library

This page lists what each entry point exports, with the first sentence of its docstring. Your editor shows the whole docstring,
with units and errors. [README.md](../../README.md#the-library) has programs to start from, and
[ARCHITECTURE.md](../../ARCHITECTURE.md) explains how the rooms work together.

${entries().map(entryDocs).join('\n\n')}
`
}

function entryDocs({ name, source }: Entry): string {
  const rows = exportsOf(source).map(({ name, kind, meaning }) => [`\`${name}\``, kind, meaning])
  return `## ${name}\n\n${table(['export', 'kind', 'meaning'], rows)}`
}
