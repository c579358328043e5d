import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { docOf } from './docstring.ts'
import { type Export, exportsOf } from './exports.ts'
import { table } from './table.ts'

const root = join(import.meta.dirname, '..', '..')

/** A way into the package, and the module that it leads to. */
export type Entry = {
  /** Such as `tradefours/groove`. */
  readonly name: string
  readonly source: string
  /** The page that describes it, from `docs/reference/`. */
  readonly page: string
  /** Its example, from the root. */
  readonly example: string
}

/** The package's entry points, as its `package.json` has them. */
export const entries: readonly Entry[] = Object.entries(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: Record<string, { types?: string }> })
    .exports,
).flatMap(([path, { types }]) => {
  if (types === undefined) return []
  const source = join(root, types.replace('./dist/', 'src/').replace(/\.d\.ts$/, '.ts'))
  const slug = path.slice(2)
  return [{ name: `tradefours/${slug}`, source, page: `library/${slug}.md`, example: `examples/library/${slug}.js` }]
})

/** `docs/reference/library.md`: the entry points of the package. */
export function libraryDocs(): string {
  const rows = entries.map(({ name, source, page }) => [
    `[\`${name}\`](${page})`,
    headOf(source).split('\n\n')[0] ?? '',
  ])
  return `# The library

Installing the package \`tradefours\` brings the library with its types. It runs in Node 20.19 and later; all entry points but \`checkpoints\` and
\`storage\` also run in the browser. Each has a page: an example, which is a file of \`examples/library/\`, and all that it exports.

${table(['import', 'what is in it'], rows)}

- **Plain data in, plain data out.** Notes, grooves, charts and sessions are values that nothing changes. A function takes first what it
  works on, then what it goes by, then options.
- **Time and chance are handed in.** The same seed gives the same music on every machine.
- **Units are in the types:** \`Beats\` are quarter notes in every metre, \`Steps\` places on a grid, \`Seconds\` times on a clock that you
  choose.
- **Errors.** A programmer's mistake throws at once. Whatever reads files throws an error whose message is a sentence for the user.
- **What may change.** Before 1.0.0, a minor version may change the library: [CHANGELOG.md](../../CHANGELOG.md) says what, and how to follow.

[README.md](../../README.md#the-library) has programs to start from, and [ARCHITECTURE.md](../../ARCHITECTURE.md) explains how the rooms work
together.
`
}

/** The page of an entry point: its example, and each export with its signature and what its docstring says. */
export function entryDocs({ name, source, example }: Entry): string {
  const all = exportsOf(source)
  const called = all.filter(({ kind }) => kind !== 'type')
  const types = all.filter(({ kind }) => kind === 'type')
  const code = existsSync(join(root, example)) ? readFileSync(join(root, example), 'utf8') : ''
  return `# ${name}

${headOf(source)}

## Example

\`\`\`js
${code}\`\`\`

## Functions and values

${called.map(exportDocs).join('\n\n')}
${typesDocs(types)}`
}

function typesDocs(types: readonly Export[]): string {
  if (types.length === 0) return ''
  const all = types.map(({ comment, text }) => `/*${comment}*/\n${text}`).join('\n\n')
  return `\n## Types\n\n\`\`\`ts\n${all.replace(/\{@link (\w+)\}/g, '$1')}\n\`\`\`\n`
}

function exportDocs({ name, text, doc }: Export): string {
  return `### ${name}\n\n\`\`\`ts\n${text}\n\`\`\`\n\n${doc}`
}

/** `test/public-surface.txt`: the names that each entry point exports, and what they are. */
export function publicSurface(): string {
  return entries
    .map(({ name, source }) => [name, ...exportsOf(source).map((each) => `  ${each.kind} ${each.name}`)].join('\n'))
    .join('\n\n')
    .concat('\n')
}

/** What a module says of itself above everything else, without its name. */
function headOf(source: string): string {
  const [, comment = ''] = /^\/\*\*(.*?)\*\//s.exec(readFileSync(source, 'utf8')) ?? []
  return docOf(comment).replace(/^`[\w/-]+`: (.)/, (_, first) => first.toUpperCase())
}
