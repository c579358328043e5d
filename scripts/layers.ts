import { posix } from 'node:path'
import { type Node, parseSync, Visitor } from 'oxc-parser'

/** The rooms from the bottom of the house to its top; imports only go down. */
const rooms = ['music', 'timing', 'models', 'groove', 'improv', 'session', 'io', 'devices', 'runtime', 'web', 'cli']

/** Neighbours that must not know each other. */
const walls: Record<string, readonly string[]> = { models: ['timing'], groove: [], cli: ['web'] }

/** Rooms up to this one are pure: time, randomness and devices are handed in. */
const lastPure = rooms.indexOf('session')

/** Libraries of pure functions that the pure rooms may use. */
const pureLibraries = ['tonal', 'valibot']

/** What would let a clock, chance or a device into a pure room. */
const impureGlobals = new Set([
  ...['Date', 'performance', 'crypto', 'setTimeout', 'setInterval', 'queueMicrotask'],
  ...['process', 'console', 'document', 'window', 'navigator', 'globalThis', 'self', 'fetch'],
])

/**
 * The breaches of the house's order in some sources, each as a sentence.
 *
 * @param sources file names below `src/`, such as `music/note.ts`, and their texts.
 */
export function violations(sources: ReadonlyMap<string, string>): string[] {
  return [...sources].flatMap(([file, text]) => fileViolations(file, text))
}

function fileViolations(file: string, text: string): string[] {
  const room = file.split('/')[0] ?? ''
  const level = rooms.indexOf(room)
  if (level < 0) return [`${file}: ${room} is no room of the house`]
  const { program, module, errors } = parseSync(file, text)
  if (errors.length > 0) return [`${file}: can't be parsed`]
  const found: string[] = []

  const imports = [
    ...module.staticImports.map((each) => each.moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start + 1, end - 1)),
  ]
  for (const specifier of imports) {
    if (specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(file), specifier).split('/')[0] ?? ''
      const up = rooms.indexOf(target) > level || rooms.indexOf(target) < 0
      if (up || walls[room]?.includes(target)) found.push(`${file}: ${room} must not import ${target}`)
    } else if (level <= lastPure && !pureLibraries.includes(specifier)) {
      found.push(`${file}: ${room} is pure and must not import ${specifier}`)
    }
  }
  if (level <= lastPure) {
    const use = (node: Node | null, property?: Node) => {
      if (node?.type !== 'Identifier') return
      const random = node.name === 'Math' && (property === undefined || nameOf(property) === 'random')
      if (random) found.push(`${file}: ${room} is pure and must not use Math.random`)
      if (impureGlobals.has(node.name)) found.push(`${file}: ${room} is pure and must not use ${node.name}`)
    }
    new Visitor({
      MemberExpression: ({ object, property }) => use(object, property),
      CallExpression: ({ callee }) => use(callee),
      NewExpression: ({ callee }) => use(callee),
      VariableDeclarator: ({ init }) => use(init),
    }).visit(program)
  }
  return found
}

function nameOf(property: Node): string | undefined {
  if (property.type === 'Identifier') return property.name
  return property.type === 'Literal' ? String(property.value) : undefined
}
