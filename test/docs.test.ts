import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { afterAll, describe, expect, it } from 'vitest'
import { type Block, blocks, pages, proseOf, root } from '../scripts/docs/blocks.ts'
import { entries } from '../scripts/docs/library.ts'
import { argumentsIn, knownOptions, readersFolder } from '../scripts/docs/shell.ts'
import { controllers, readPerformance, readSongs } from '../src/session/index.ts'
import { text as panelText } from '../src/web/panels/text.ts'
import { text as stageText } from '../src/web/text.ts'
import { runCli } from './run-cli.ts'

/** What long runs wrote, of other commands. */
const reports = ['docs/benchmarks.md', 'docs/soak.md', 'docs/evaluation.md', 'docs/midi-corpus.md']

/** Pages whose texts are tried elsewhere, or can't be: `test/reference.test.ts` makes the first of them anew. */
const printed = ['docs/reference/cli.md', ...reports]

const folders = new Map<string, string>()
afterAll(() => {
  for (const folder of folders.values()) rmSync(folder, { recursive: true })
})

/** The folder in which the lines of a page are typed: what one leaves there, the next one finds. */
function folderOf(page: string): string {
  const performance = blocks.find((block) => block.page === page && block.language === 'jsonl')?.text
  const folder =
    folders.get(page) ?? readersFolder(performance === undefined ? {} : { 'first.tradefours': performance })
  folders.set(page, folder)
  return folder
}

const lastPrinted = new Map<string, string>()

/** What the command line prints when somebody types its arguments in a folder. */
async function typed(args: readonly string[], folder: string): Promise<string> {
  const here = process.cwd()
  process.chdir(folder)
  try {
    const { status, out, err } = await runCli(...args)
    expect([status, err]).toEqual([0, ''])
    return out
  } finally {
    process.chdir(here)
  }
}

/** How a block of each language is tried. */
const tries: Readonly<Record<string, (block: Block) => void | Promise<void>>> = {
  js({ page, text }) {
    // The library's pages hold its examples, which `library.long.test.ts` runs.
    if (entries.some((entry) => page === `docs/reference/${entry.page}`)) return
    const said = text.trimEnd().split('\n// ').at(-1)
    const args = ['--input-type=module', '--eval', text]
    expect(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).trim()).toBe(said)
  },
  async sh({ page, text }) {
    for (const line of text.trim().split('\n')) {
      const args = argumentsIn(line)
      if (args !== null) lastPrinted.set(page, await typed(args, folderOf(page)))
    }
  },
  text({ page, text }) {
    if (!printed.includes(page)) expect(text).toBe(lastPrinted.get(page))
  },
  json({ text }) {
    expect(readSongs(JSON.stringify(songAround(JSON.parse(text)))).length).toBeGreaterThan(0)
  },
  jsonl({ text }) {
    expect(readPerformance(text).events.length).toBeGreaterThan(0)
  },
  /** Signatures, which the reference's test makes anew. */
  ts({ page, text }) {
    expect(parseSync(`${page}.d.ts`, text).errors).toEqual([])
  },
  /** A drawing. */
  ''({ text }) {
    expect(text).toMatch(/[─│►]/)
  },
}

/** A song or a set list as it is; what is shown of one, in the smallest song that has it. */
function songAround(shown: Record<string, unknown>): object {
  if ('format' in shown) return shown
  const { next } = shown
  const sections = [{ name: 'shown', ...shown }, ...(next === undefined ? [] : [{ name: next }])]
  return { format: 'tradefours-song', version: 1, title: 'Shown', sections }
}

describe('every block of code', () => {
  it.each(blocks)('of $page, line $line, does what the page says', async (block) => {
    expect(tries).toHaveProperty([block.language])
    await tries[block.language]?.(block)
  })
})

describe.each([...pages.keys()])('%s', (page) => {
  const prose = proseOf(page)

  it('links to what is there', () => {
    for (const [, target = ''] of prose.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page : join(dirname(page), path)
      expect(existsSync(join(root, file)), `${file} is there`).toBe(true)
      if (anchor !== undefined) expect(anchorsOf(file), file).toContain(anchor)
    }
  })

  it('names commands and options that there are', () => {
    const codes = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
    const options = codes.filter((code) => code.startsWith('--')).map((code) => code.split(/[ =]/)[0] ?? '')
    if (!reports.includes(page)) expect(options.filter((option) => !knownOptions.has(option))).toEqual([])
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    for (const code of codes) {
      const [, script] = code.match(/^npm (?:run )?([\w-]+)/) ?? []
      if (script !== undefined) expect(Object.keys(scripts)).toContain(script)
      const [, file] = code.match(/^node ([\w/-]+\.js)/) ?? []
      if (file !== undefined) expect(existsSync(join(root, file)), file).toBe(true)
    }
  })
})

describe.each([...pages.keys()].filter((page) => page.startsWith('docs/how-to/')))('%s', (page) => {
  it('quotes what the program says', () => {
    const quotes = [...proseOf(page).matchAll(/^> (.+)$/gm)].map(([, quote]) => quote)
    expect(quotes.filter((quote) => !sources().includes(quote ?? ''))).toEqual([])
  })

  it('names what stands on the page', () => {
    const names = [...proseOf(page).matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name)
    expect(names.filter((name) => !/[.,]$/.test(name) && !onThePage.has(name))).toEqual([])
  })
})

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  const headings = readFileSync(join(root, file), 'utf8').matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}

let known = ''

/** The sources of what runs. */
function sources(): string {
  if (known === '') {
    const src = join(root, 'src')
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    const run = files.filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    known = run.map((file) => readFileSync(join(src, file), 'utf8')).join('\n')
  }
  return known
}

/** All that the page says. */
const onThePage = new Set<unknown>([
  ...textsOf(stageText),
  ...textsOf(panelText),
  ...Object.values(controllers).map(({ label }) => label),
])

function textsOf(texts: object): unknown[] {
  return Object.values(texts).flatMap((each) => (each && typeof each === 'object' ? textsOf(each) : [each]))
}
