import { posix } from 'node:path'
import { type Node, type ParseResult, parseSync, Visitor } from 'oxc-parser'
import { circles } from './circles.ts'

/** The rooms, which are the layers of the code, from the lowest to the highest; imports only go down. */
const rooms = [
  'music',
  'timing',
  'models',
  'groove',
  'band',
  'improv',
  'session',
  'io',
  'devices',
  'runtime',
  'web',
  'cli',
]

/** Rooms that a room must not import although they are lower. */
const forbiddenNeighbours: Record<string, readonly string[]> = { models: ['timing'], groove: [], cli: ['web'] }

/** Rooms up to this one are pure: time, randomness and devices are handed in. */
const lastPure = rooms.indexOf('session')

/** Libraries of pure functions that the pure rooms may use. */
const pureLibraries = ['valibot']

/** What would let a clock, chance or a device into a pure room. */
const impureGlobals = new Set([
  ...['Date', 'performance', 'crypto', 'setTimeout', 'setInterval', 'queueMicrotask'],
  ...['process', 'console', 'document', 'window', 'navigator', 'globalThis', 'self', 'fetch'],
])

/** Rooms that open onto their folders: whoever comes from outside imports the index of the folder that is meant. */
const openFolders = ['devices', 'io']

/** Rooms whose files may all be imported, by whoever may import the room. */
const openRooms = ['web', 'cli']

/** The files by which a folder is imported: its index, what is only for Node or the page, and the script of a thread. */
const entryFiles = /^(index|node|web|[a-z-]+-worker)\.tsx?$/
const platformEntryFiles = /^(node|web|[a-z-]+-worker)\.tsx?$/

/** A source, and the modules that it imports. */
type Source = {
  readonly file: string
  readonly program: ParseResult['program']
  readonly imports: readonly string[]
}

/**
 * The breaches of the layers' order in some sources, each as a sentence: imports that go up, impure rooms, files that
 * import each other in a circle (types count), and imports past a room's index.
 *
 * @param texts file names below `src/`, such as `music/note.ts`, and their texts.
 */
export function violations(texts: ReadonlyMap<string, string>): string[] {
  const sources: Source[] = []
  const broken: string[] = []
  for (const [file, text] of texts) {
    const { program, module, errors } = parseSync(file, text)
    if (errors.length > 0) broken.push(`${file}: can't be parsed`)
    const imports = [
      ...module.staticImports.map((each) => each.moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
      ),
      ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start + 1, end - 1)),
    ]
    sources.push({ file, program, imports: [...new Set(imports)] })
  }
  const files = new Set(texts.keys())
  return [
    ...broken,
    ...sources.flatMap(levelViolations),
    ...sources.flatMap((source) => indexViolations(source, files)),
    ...circleViolations(sources),
  ]
}

/** The file, below `src/`, that a relative import means. */
function targetOf(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier)
}

/** Imports that go up, and what a pure room must not use. */
function levelViolations({ file, program, imports }: Source): string[] {
  const room = file.split('/')[0] ?? ''
  const level = rooms.indexOf(room)
  if (level < 0) return [`${file}: ${room} is not one of the rooms`]
  const found: string[] = []
  for (const specifier of imports) {
    if (specifier.startsWith('.')) {
      const target = targetOf(file, specifier).split('/')[0] ?? ''
      const up = rooms.indexOf(target) > level || rooms.indexOf(target) < 0
      if (up || forbiddenNeighbours[room]?.includes(target)) found.push(`${file}: ${room} must not import ${target}`)
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

/** Imports of what lies behind another room's index. */
function indexViolations({ file, imports }: Source, files: ReadonlySet<string>): string[] {
  return imports.flatMap((specifier) => {
    const target = targetOf(file, specifier)
    if (!specifier.startsWith('.') || !isBehindIndex(file, target, files)) return []
    return [`${file}: must not reach past an index, to ${target}`]
  })
}

function isBehindIndex(file: string, target: string, files: ReadonlySet<string>): boolean {
  const path = target.split('/')
  if (openRooms.includes(path[0] ?? '')) return false
  return path.slice(0, -1).some((_, depth) => {
    const room = path.slice(0, depth + 1).join('/')
    if (file.startsWith(`${room}/`)) return false
    const [name = '', ...deeper] = path.slice(depth + 1)
    if (deeper.length > 0) return !openFolders.includes(room) && !platformEntryFiles.test(deeper.at(-1) ?? '')
    // A file in an open folder that has no index is imported by its own name.
    return !entryFiles.test(name) && !(openFolders.includes(room) && !files.has(`${room}/index.ts`))
  })
}

function circleViolations(sources: readonly Source[]): string[] {
  const edges = new Map(
    sources.map(({ file, imports }) => [
      file,
      imports.filter((specifier) => specifier.startsWith('.')).map((specifier) => targetOf(file, specifier)),
    ]),
  )
  return circles(edges).map((circle) => `${circle.join(', ')}: import each other in a circle`)
}

function nameOf(property: Node): string | undefined {
  if (property.type === 'Identifier') return property.name
  return property.type === 'Literal' ? String(property.value) : undefined
}
