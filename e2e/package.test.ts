import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const { name, dependencies, optionalDependencies, exports } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)

/** What an installed package may weigh, in bytes. */
const mostBytes = 20_000_000

// A folder with a space in its name, as many a musician has.
const folder = mkdtempSync(join(tmpdir(), 'a rig '))
const installed = join(folder, 'node_modules', name)
const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--omit=optional', '--loglevel=error']
let packed: { readonly filename: string; readonly unpackedSize: number; readonly files: readonly { path: string }[] }

beforeAll(() => {
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  packed = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }))[0]
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  execFileSync('npm', ['install', ...quiet, join(folder, packed.filename)], { cwd: folder })
})

afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: string[]) =>
  execFileSync('npx', ['--no-install', name, ...args], { cwd: folder, encoding: 'utf8' })

describe('the package', () => {
  it('has models and sounds once, no tests, and keeps to its size', () => {
    const paths = packed.files.map(({ path }) => path)
    for (const path of ['weights/solo/group1-shard1of1', 'sounds/bank.json']) {
      expect(paths.filter((each) => each.endsWith(path))).toEqual([`dist/stage/${path}`])
    }
    expect(paths.filter((path) => /\.test\.|(^|\/)test\/|kernel\.wasm$|\/\.(built|staged)$/.test(path))).toEqual([])
    expect(packed.unpackedSize).toBeLessThan(mostBytes)
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
    const strangers = modules.flatMap((file) => {
      const text = readFileSync(join(installed, 'dist', file), 'utf8')
      const { module } = parseSync(file, text)
      const specifiers = [
        ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
        // A computed one is of an add-on, which may be missing.
        ...module.dynamicImports.flatMap(
          ({ moduleRequest: { start, end } }) => /^'(.*)'$/.exec(text.slice(start, end))?.[1] ?? [],
        ),
      ]
      return specifiers.filter(
        (each) => !each.startsWith('.') && !isBuiltin(each) && !known.some((one) => `${each}/`.startsWith(`${one}/`)),
      )
    })
    expect(strangers).toEqual([])
  })

  it('makes a groove in an empty folder', () => {
    cpSync(join(root, 'examples', 'seven.mid'), join(folder, 'seven.mid'))
    expect(run('groove', 'seven.mid')).toMatch(/^7\/8/)
  })

  it('puts its visitor in front of the stage, with models and sounds', async () => {
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

  it('has nothing to say to a reader who has had enough', async () => {
    const program = spawn(process.execPath, [join(installed, 'bin', 'tradefours.js'), 'host', '--help'])
    program.stdout.destroy()
    let said = ''
    program.stderr.on('data', (part) => {
      said += part
    })
    const [status] = await once(program, 'close')
    expect([status, said]).toEqual([0, ''])
  })

  it('runs the programs of the README', () => {
    cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true })
    const programs = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```js\n([\s\S]*?)```/g)]
    expect(programs.length).toBeGreaterThan(0)
    for (const [, text = ''] of programs) {
      const said = execFileSync(process.execPath, ['--input-type=module', '--eval', text], {
        cwd: folder,
        encoding: 'utf8',
      })
      expect(said.trim()).toBe(text.trimEnd().split('\n// ').at(-1))
    }
  })

  it.each(['bundler', 'nodenext'])('has types for whoever resolves modules as %s', (moduleResolution) => {
    const entries = Object.keys(exports).map((path) => `${name}${path.slice(1)}`)
    const uses = entries.map((entry, index) => `import * as room${index} from '${entry}'\nvoid room${index}`)
    // A name that is not there must be found missing, or nothing here has been looked at.
    const wrong = `// @ts-expect-error\nimport { nobody } from '${name}/groove'\nvoid nobody`
    writeFileSync(join(folder, 'rig.ts'), [...uses, wrong].join('\n'))
    const compilerOptions = {
      ...{ module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext', moduleResolution, target: 'es2022' },
      ...{
        strict: true,
        noEmit: true,
        skipDefaultLibCheck: true,
        types: ['node'],
        typeRoots: [join(root, 'node_modules', '@types')],
      },
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['rig.ts'] }))
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    expect(() =>
      execFileSync(process.execPath, [tsc, '--singleThreaded', '-p', folder], { encoding: 'utf8' }),
    ).not.toThrow()
  })
})
