import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { docOf, firstSentence } from './docstring.ts'
import { type Signature, signaturesOf } from './signature.ts'

/** Something that a module exports. */
export type Export = Signature & {
  /** Its docstring as it is written, as Markdown, and its first sentence. */
  readonly comment: string
  readonly doc: string
  readonly meaning: string
}

/** What a module exports, with what it takes over from others, by name. */
export function exportsOf(path: string): Export[] {
  const text = readFileSync(path, 'utf8')
  const { program, comments } = parseSync(path, text)
  const docBefore = (start: number) =>
    comments.find(({ value, end }) => value.startsWith('*') && /^\s*$/.test(text.slice(end, start)) && end <= start)
  return program.body
    .flatMap((statement): Export[] => {
      if (statement.type === 'ExportAllDeclaration') return exportsOf(join(dirname(path), statement.source.value))
      if (statement.type !== 'ExportNamedDeclaration') return []
      const { declaration, source, specifiers } = statement
      if (declaration) {
        const comment = docBefore(statement.start)?.value ?? ''
        const said = { comment, doc: docOf(comment), meaning: firstSentence(comment) }
        return signaturesOf(declaration, text, comment).map((signature) => ({ ...signature, ...said }))
      }
      const names = specifiers.flatMap(({ local }) => ('name' in local ? [local.name] : []))
      const all = source ? exportsOf(join(dirname(path), source.value)) : []
      return all.filter(({ name }) => names.includes(name))
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}
