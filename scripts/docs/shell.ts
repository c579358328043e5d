import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandsOf, createProgram } from '../../src/cli/program.ts'
import { root } from './blocks.ts'

/** What stands in for files that a reader has. */
const standIns = {
  examples: 'examples',
  'bassline.mid': 'examples/bassline.mid',
  'call.mid': 'examples/solo.mid',
  'rhythm.mid': 'examples/solo.mid',
  'attention_rnn.mag': 'src/models/oracles/bundles/attention-first-cell.mag',
  'path/to/drum_kit_rnn': 'weights/drums',
}

/** A folder with what the lines of a page name. */
export function readersFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'reader-'))
  for (const [name, from] of Object.entries(standIns)) cpSync(join(root, from), join(folder, name), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/**
 * What a line of a shell tells the command line to do, as far as that ends by itself and opens no port; else looks
 * whether it could be done.
 *
 * @returns the arguments; null where it was only looked at.
 * @throws Error for a line that can't be done.
 */
export function argumentsIn(line: string): string[] | null {
  const [program, ...args] = wordsOf(line)
  if (program === 'npm') return checkScript(args)
  if (program !== 'npx' || args.shift() !== 'tradefours') throw new Error(`Nobody tries lines like this one: ${line}`)
  parse(args)
  const opensPorts = args.length === 0 || args[0]?.startsWith('-') || (args[0] === 'host' && !args.includes('--list'))
  return opensPorts ? null : args
}

/** The words of a line, without its comment. */
function wordsOf(line: string): string[] {
  const words = line.replace(/\s#.*$/, '').match(/"[^"]*"|\S+/g) ?? []
  return words.map((word) => word.replace(/^"(.*)"$/, '$1'))
}

function checkScript([command = '', script = command]: readonly string[]): null {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const name = command === 'run' ? script : command
  if (!Object.hasOwn(scripts, name)) throw new Error(`package.json has no script ${name}`)
  return null
}

/** Reads arguments by the real definitions, and does nothing. */
function parse(args: readonly string[]): void {
  const program = createProgram()
  for (const command of commandsOf(program)) command.action(() => {}).configureOutput({ writeErr: () => {} })
  program.parse(args, { from: 'user' })
}

/** Every option of every command, such as `--json`. */
export const knownOptions: ReadonlySet<string> = new Set([
  '--help',
  ...commandsOf(createProgram()).flatMap(({ options }) => options.flatMap(({ long }) => long ?? [])),
])
