import type { Class, Function as FunctionNode, ParamPattern, Statement, VariableDeclarator } from 'oxc-parser'

/** A piece of a source's syntax tree. */
type Piece = { readonly start: number; readonly end: number } | null | undefined

/** Something that a module exports: how it is declared, without what it does. */
export type Signature = { readonly name: string; readonly kind: Kind; readonly text: string }

type Kind = 'function' | 'value' | 'type' | 'class'

/**
 * What a statement declares, each as a declaration file has it.
 *
 * @param comment its docstring, which has the names of parameters that are taken apart.
 */
export function signaturesOf(declaration: Statement, source: string, comment: string): Signature[] {
  const text = (piece: Piece) => onLine(source, piece)
  const told = [...comment.matchAll(/@param (\w+)/g)].map(([, name = '']) => name)
  switch (declaration.type) {
    case 'FunctionDeclaration': {
      const name = declaration.id?.name ?? ''
      return [{ name, kind: 'function', text: `function ${name}${callOf(declaration, text, told)}` }]
    }
    case 'ClassDeclaration':
      return [{ name: declaration.id?.name ?? '', kind: 'class', text: classOf(declaration, source) }]
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return [{ name: declaration.id.name, kind: 'type', text: source.slice(declaration.start, declaration.end) }]
    case 'VariableDeclaration':
      return declaration.declarations.flatMap((each) => variablesOf(each, text))
    default:
      return []
  }
}

type Text = (piece: Piece) => string

/** So long a value is shown as it is. */
const shortValue = 100

function variablesOf({ id, init }: VariableDeclarator, text: Text): Signature[] {
  if (id.type !== 'Identifier') return []
  const { name } = id
  const type = text(id.typeAnnotation)
  if (init?.type === 'ArrowFunctionExpression' && type === '') {
    return [{ name, kind: 'function', text: `function ${name}${callOf(init, text)}` }]
  }
  const value = text(init)
  const shown = type || (value.length <= shortValue ? ` = ${value}` : '')
  return [{ name, kind: 'value', text: `const ${name}${shown}` }]
}

/** A class without what its members do. */
function classOf({ id, superClass, body }: Class, source: string): string {
  const text = (piece: Piece) => onLine(source, piece)
  const members = body.body.flatMap((member) => {
    if (member.type === 'PropertyDefinition') {
      const isShown = member.accessibility !== 'private' && member.key.type === 'Identifier' && member.typeAnnotation
      return isShown ? [`${member.readonly ? 'readonly ' : ''}${text(member.key)}${text(member.typeAnnotation)}`] : []
    }
    if (member.type !== 'MethodDefinition' || member.accessibility === 'private') return []
    const kind = member.kind === 'get' ? 'get ' : ''
    return [`${kind}${text(member.key)}${callOf(member.value, text)}`]
  })
  const head = `class ${id?.name}${superClass ? ` extends ${text(superClass)}` : ''}`
  return members.length === 0 ? `${head} {}` : `${head} {\n${members.map((each) => `  ${each}`).join('\n')}\n}`
}

type Called = Pick<FunctionNode, 'typeParameters' | 'params' | 'returnType'>

/** How a function is called: its parameters with their types, and what comes back. */
function callOf({ typeParameters, params, returnType }: Called, text: Text, told: readonly string[] = []): string {
  const written = params.map((param) => paramOf(param, text, told))
  return `${text(typeParameters)}(${written.join(', ')})${text(returnType)}`
}

function paramOf(param: ParamPattern, text: Text, told: readonly string[]): string {
  if (param.type === 'TSParameterProperty' || param.type === 'RestElement') return text(param)
  const isOptional = param.type === 'AssignmentPattern'
  const pattern = isOptional ? param.left : param
  const type = text(pattern.typeAnnotation) || (isOptional ? `: ${typeOf(param.right)}` : '')
  const mark = isOptional || (pattern.type === 'Identifier' && pattern.optional) ? '?' : ''
  return `${pattern.type === 'Identifier' ? pattern.name : namedBy(type, told)}${mark}${type}`
}

/** The type of what stands in for a parameter that has none. */
function typeOf(value: { type: string; value?: unknown }): string {
  return value.type === 'Literal' ? typeof value.value : 'number'
}

/** A parameter that is taken apart is called as its type is, `groove: Groove`, or as its docstring calls it, `brief: DrummerBrief`. */
function namedBy(type: string, told: readonly string[]): string {
  const [, named] = /^: (?:Pick<)?([A-Z]\w*)/.exec(type) ?? []
  if (named === undefined) return 'options'
  const short = told.find((name) => named.toLowerCase().endsWith(name.toLowerCase()))
  return short ?? `${named[0]?.toLowerCase()}${named.slice(1)}`
}

/** A piece of a source on one line, without its comments. */
function onLine(source: string, piece: Piece): string {
  if (!piece) return ''
  return source
    .slice(piece.start, piece.end)
    .replace(/\/\*.*?\*\/|\/\/.*$/gms, '')
    .replace(/(?<=[^\s{(,|&<=])\n\s*(?=(readonly )?\w+\??:)/g, '; ')
    .replace(/\s+/g, ' ')
    .replace(/([([<]) /g, '$1')
    .replace(/,? ([)\]>])/g, '$1')
    .replace(/([:=]) \| /g, '$1 ')
}
