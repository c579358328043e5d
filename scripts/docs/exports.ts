import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseSync, type Statement } from 'oxc-parser'

/** Something that a module exports. */
export type Export = { readonly name: string; readonly kind: Kind; readonly meaning: string }

type Kind = 'function' | 'value' | 'type' | 'class'

/** What a module exports, with what it takes over from others, by name: the first sentence of each docstring. */
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
        const meaning = firstSentence(docBefore(statement.start)?.value ?? '')
        return namesOf(declaration).map(([name, kind]) => ({ name, kind, meaning }))
      }
      const names = specifiers.flatMap(({ local }) => ('name' in local ? [local.name] : []))
      const all = source ? exportsOf(join(dirname(path), source.value)) : []
      return all.filter(({ name }) => names.includes(name))
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

function namesOf(declaration: Statement): [string, Kind][] {
  switch (declaration.type) {
    case 'FunctionDeclaration':
      return declaration.id ? [[declaration.id.name, 'function']] : []
    case 'ClassDeclaration':
      return declaration.id ? [[declaration.id.name, 'class']] : []
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return [[declaration.id.name, 'type']]
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id, init }): [string, Kind][] => {
        const kind = init?.type === 'ArrowFunctionExpression' ? 'function' : 'value'
        return id.type === 'Identifier' ? [[id.name, kind]] : []
      })
    default:
      return []
  }
}

/** The first sentence of a docstring, on a line. */
function firstSentence(docstring: string): string {
  const text = docstring
    .replace(/^\s*\*+ ?/gm, '')
    .replace(/\{@link ([\w.]+)\}/g, '`$1`')
    .split(/^@|\n\s*\n/m)[0] as string
  const line = text.replace(/\s+/g, ' ').trim()
  return line.match(/^.*?[.?!](?= [A-Z]|$)/)?.[0] ?? line
}
