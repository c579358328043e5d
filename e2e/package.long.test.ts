import { execFileSync, execSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blocks } from '../scripts/docs/blocks.ts'
import { entries } from '../scripts/docs/library.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { name, dependencies, optionalDependencies, exports } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)

/** The README's blocks of a language. */
const readmeBlocks = (wanted: string) =>
  blocks.flatMap(({ page, language, text }) => (page === 'README.md' && language === wanted ? [text] : []))
const readmePrograms = readmeBlocks('js')
/** The programs of every page but the library's, which are files of the package. */
const allPrograms = blocks.flatMap(({ language, page, text }) =>
  language === 'js' && !page.startsWith('docs/reference/library/') ? [text] : [],
)

/** The most that an installed package may take, in bytes. */
const mostBytes = 20_000_000

// A folder with a space in its name, as many musicians have.
const folder = mkdtempSync(join(tmpdir(), 'two words '))
const installed = join(folder, 'node_modules', name)
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--omit=optional']
/** What npm says against the package as it installs it. */
let complaints: string
let packed: { readonly filename: string; readonly unpackedSize: number; readonly files: readonly { path: string }[] }

beforeAll(() => {
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  packed = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }))[0]
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  complaints = spawnSync('npm', ['install', ...quiet, join(folder, packed.filename)], {
    cwd: folder,
    encoding: 'utf8',
  }).stderr
})

afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: string[]) =>
  execFileSync('npx', ['--no-install', name, ...args], { cwd: folder, encoding: 'utf8' })

describe('the package', () => {
  it('has models and sounds once, no tests, and is within its size', () => {
    const paths = packed.files.map(({ path }) => path)
    for (const path of ['weights/solo/group1-shard1of1', 'sounds/bank.json']) {
      expect(paths.filter((each) => each.endsWith(path))).toEqual([`dist/stage/${path}`])
    }
    expect(paths.filter((path) => /\.test\.|(^|\/)test\/|kernel\.wasm$|\/\.(built|staged)$/.test(path))).toEqual([])
    expect(packed.unpackedSize).toBeLessThan(mostBytes)
  })

  it('is installed without a warning, and runs nothing as it is installed', () => {
    expect(complaints).toBe('')
    const atInstall = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare']
    const { scripts } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    expect(Object.keys(scripts).filter((script) => atInstall.includes(script))).toEqual([])
  })

  it('has nothing that publint objects to', async () => {
    const { messages } = await publint({ pkgDir: installed, pack: false, strict: true })
    expect(messages).toEqual([])
  })

  it('imports nothing that is not installed with it', () => {
    const known = [...Object.keys(dependencies), ...Object.keys(optionalDependencies)]
    const modules = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.js') && !file.startsWith('stage/'))
    expect(modules.length).toBeGreaterThan(100)
    const unknown = modules.flatMap((file) => {
      const text = readFileSync(join(installed, 'dist', file), 'utf8')
      const { module } = parseSync(file, text)
      const specifiers = [
        ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
        // A computed one is for an add-on, which may be missing.
        ...module.dynamicImports.flatMap(
          ({ moduleRequest: { start, end } }) => /^'(.*)'$/.exec(text.slice(start, end))?.[1] ?? [],
        ),
      ]
      return specifiers.filter(
        (each) => !each.startsWith('.') && !isBuiltin(each) && !known.some((one) => `${each}/`.startsWith(`${one}/`)),
      )
    })
    expect(unknown).toEqual([])
  })

  it('makes a groove in an empty folder', () => {
    cpSync(join(root, 'examples', 'seven.mid'), join(folder, 'seven.mid'))
    expect(run('groove', 'seven.mid')).toMatch(/^7\/8/)
  })

  it('serves the page, with models and sounds', async () => {
    const server = spawn(process.execPath, [join(installed, 'bin', 'tradefours.js'), '--no-open'], { cwd: folder })
    try {
      let said = ''
      server.stdout.on('data', (part) => {
        said += part
      })
      await expect.poll(() => said, { timeout: 30_000 }).toMatch(/http:\S+/)
      const [address = ''] = said.match(/http:\S+/) ?? []
      for (const path of ['', 'weights/solo/config.json', 'sounds/bank.json']) {
        const answer = await fetch(address + path)
        expect([path, answer.status]).toEqual([path, 200])
        await answer.arrayBuffer()
      }
    } finally {
      server.kill()
      await once(server, 'exit')
    }
  })

  it('prints no error when its reader closes the pipe', async () => {
    const program = spawn(process.execPath, [join(installed, 'bin', 'tradefours.js'), 'host', '--help'])
    program.stdout.destroy()
    let said = ''
    program.stderr.on('data', (part) => {
      said += part
    })
    const [status] = await once(program, 'close')
    expect([status, said]).toEqual([0, ''])
  })

  it('has what its pages link to', () => {
    const pages = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'))
    expect(pages.length).toBeGreaterThan(20)
    const links = pages.flatMap((page) =>
      [...readFileSync(join(installed, page), 'utf8').matchAll(/\]\((?![a-z]+:|#)([^)\s#]+)/g)].map(([, target = '']) =>
        join(dirname(page), target),
      ),
    )
    expect(links.filter((link) => !existsSync(join(installed, link)))).toEqual([])
  })

  it('does what the README shows with the examples, where they are in an installed package', () => {
    const lines = readmeBlocks('sh')
      .flatMap((text) => text.split('\n'))
      .filter((line) => line.startsWith(`npx ${name} `) && line.includes('examples/'))
    expect(lines.length).toBeGreaterThan(2)
    for (const line of lines) {
      const [command = ''] = line.replaceAll('examples/', `node_modules/${name}/examples/`).split(' # ')
      execSync(command.replace('npx', 'npx --no-install'), { cwd: folder, stdio: 'pipe' })
    }
  })

  it('runs the programs of the README', () => {
    cpSync(join(installed, 'examples'), join(folder, 'examples'), { recursive: true })
    expect(readmePrograms.length).toBeGreaterThan(0)
    for (const text of readmePrograms) {
      const said = execFileSync(process.execPath, ['--input-type=module', '--eval', text], {
        cwd: folder,
        encoding: 'utf8',
      })
      expect(said.trim()).toBe(text.trimEnd().split('\n// ').at(-1))
    }
  })

  it('runs the examples of the library', () => {
    for (const { example } of entries) {
      const said = execFileSync(process.execPath, [join(installed, example)], { cwd: folder, encoding: 'utf8' })
      const lines = readFileSync(join(root, example), 'utf8').trimEnd().split('\n')
      const promised = lines.slice(lines.findLastIndex((line) => !line.startsWith('// ')) + 1)
      expect(said.trim().split('\n')).toEqual(promised.map((line) => line.slice(3)))
    }
  })

  it('lets programs that are written by its docs compile in strict mode, and play', () => {
    cpSync(join(root, 'e2e', 'programs'), join(folder, 'programs'), { recursive: true })
    const files = readdirSync(join(folder, 'programs'))
    const options = ['--module', 'nodenext', '--target', 'es2022', '--strict', '--noUncheckedIndexedAccess']
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules', '@types'), '--skipDefaultLibCheck']
    const sources = files.map((file) => join(folder, 'programs', file))
    execFileSync(process.execPath, [tsc, '--singleThreaded', ...options, ...types, ...sources], {
      cwd: folder,
      stdio: 'pipe',
    })
    const said = files.map((file) => {
      const program = join(folder, 'programs', file.replace(/\.ts$/, '.js'))
      return [file, execFileSync(process.execPath, [program], { cwd: folder, encoding: 'utf8' }).trim()]
    })
    expect(said).toEqual([
      ['jukebox.ts', '8 measures of bossa in out.mid: Bass, Chords, Drums'],
      ['metronome.ts', '7 clicks, the first one louder'],
      ['sparring.ts', 'You: C4 E4 G4 C5. It: 4 notes, all of C7 or its scale'],
    ])
  })

  it.each(['bundler', 'nodenext'])(
    'has types that the programs of README and docs agree with in strict mode, where modules are resolved as %s',
    (moduleResolution) => {
      const entries = Object.keys(exports).map((path) => `${name}${path.slice(1)}`)
      const uses = entries.map((entry, index) => `import * as room${index} from '${entry}'\nvoid room${index}`)
      // A missing name must be an error: otherwise nothing here was checked.
      const wrong = `// @ts-expect-error\nimport { nobody } from '${name}/groove'\nvoid nobody`
      const programs = [[...uses, wrong].join('\n'), ...allPrograms]
      const files = programs.map((text, index) => {
        writeFileSync(join(folder, `${index}.ts`), `${text}\nexport {}\n`)
        return `${index}.ts`
      })
      const compilerOptions = {
        ...{ module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext', moduleResolution, target: 'es2022' },
        ...{ strict: true, noEmit: true, skipDefaultLibCheck: true },
        ...{ types: ['node'], typeRoots: [join(root, 'node_modules', '@types')] },
      }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
      expect(() => execFileSync(process.execPath, [tsc, '--singleThreaded', '-p', folder])).not.toThrow()
    },
  )
})
