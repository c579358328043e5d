/**
 * Brings `dist/` up to date with the sources: installs the packages when they are missing or older than
 * the lock file, then compiles when a source is newer than the last build. Costs some milliseconds when
 * there is nothing to do, and prints nothing unless something is wrong.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** @param {string} path */
const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)

/** @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
export function run(command, args, env = process.env) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

/** Installs the packages that the lock file names, when they are not there. */
export function install() {
  const installed = changedAt(join(root, 'node_modules', '.package-lock.json'))
  if (installed < changedAt(join(root, 'package-lock.json')))
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
}

/** Compiles the model engine's kernel to WebAssembly, as bytes in a module, when it has changed. */
function buildKernel() {
  const source = 'src/models/kernel/assembly/index.ts'
  const generated = join(root, 'src', 'models', 'kernel', 'kernel.generated.ts')
  if (changedAt(generated) > changedAt(join(root, source))) return
  const wasm = join(root, 'dist', 'kernel.wasm')
  const asc = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js')
  const options = '-O3 --converge --noAssert --enable simd --runtime stub --importMemory'.split(' ')
  run(process.execPath, [asc, source, '-o', wasm, ...options])
  const bytes = [...readFileSync(wasm)].join(', ')
  writeFileSync(generated, `/** Compiled from assembly/. */\nexport const kernelBytes = new Uint8Array([${bytes}])\n`)
}

/** @param {...string} places files and folders, from the project's own. */
const newestIn = (...places) => Math.max(...places.flatMap(filesIn).map((file) => changedAt(join(root, file))))

/** @param {string} place @returns {string[]} */
function filesIn(place) {
  if (!existsSync(join(root, place))) return []
  if (!statSync(join(root, place)).isDirectory()) return [place]
  return readdirSync(join(root, place), { recursive: true, encoding: 'utf8' }).map((file) => join(place, file))
}

/** Compiles the sources into `dist/`, when they have changed since the last time. */
export function build() {
  install()
  buildKernel()
  const dist = join(root, 'dist')
  const stamp = join(dist, '.built')
  if (newestIn('src', 'tsconfig.build.json') < changedAt(stamp)) return
  // What a source has left that is no more would be packed.
  for (const place of existsSync(dist) ? readdirSync(dist) : []) {
    if (!/^(stage|\.staged)$/.test(place)) rmSync(join(dist, place), { recursive: true })
  }
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  // `npm run check` checks the types; on one thread, each is worked out once.
  run(process.execPath, [tsc, '--noCheck', '--singleThreaded', '-p', 'tsconfig.build.json'])
  writeFileSync(stamp, '')
}

/** Bundles the stage into `dist/stage/`, with its models and sounds, when something of it has changed. */
export function buildStage() {
  const stamp = join(root, 'dist', '.staged')
  const staged = changedAt(stamp)
  if (existsSync(join(root, 'dist', 'stage')) && newestIn('src', 'weights', 'sounds', 'vite.stage.config.ts') < staged)
    return
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  // Vite's module runner, which some scripts use before this, sets NODE_ENV to development.
  const env = { ...process.env, NODE_ENV: 'production' }
  run(process.execPath, [vite, 'build', '--config', 'vite.stage.config.ts'], env)
  writeFileSync(stamp, '')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build()
  buildStage()
}
