/**
 * `node bench/engines.js [--quick] [--json FILE]`: our engine against the others, in Node and in Chromium. README.md says what
 * is measured.
 */
/** @import { Name } from './report.js' */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build, run } from '../scripts/build.js'

const { quick, json } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'string' } } }).values
const bench = import.meta.dirname
const dist = join(bench, 'dist')
const patience = quick
  ? { warmUpMs: 100, roundsMs: 1000, leastRounds: 2, mostRounds: 20 }
  : { warmUpMs: 500, roundsMs: 8000, leastRounds: 5, mostRounds: 50 }
const starts = quick ? 1 : 3

build()
install()

// Only now is there something to import.
const { openChromium } = await import('./chromium.js')
const { bundle } = await import('./bundle.js')
const { writeCheckpoint } = await import('./checkpoint.js')
const { floor } = await import('./floor.js')
const { inTurn, race } = await import('./race.js')
const { contenders, report } = await import('./report.js')
const { serve } = await import('./server.js')
const { shapes, stepBytes } = await import('./shapes.js')

const names = /** @type {Name[]} */ (Object.keys(contenders))
await rm(dist, { recursive: true, force: true })
await bundle(dist, { engine: 'engine.js', ...Object.fromEntries(names.map((name) => [name, `contenders/${name}.js`])) })
const asc = join(bench, '..', 'node_modules', 'assemblyscript', 'bin', 'asc.js')
const wasm = '-O3 --noAssert --enable simd --runtime stub --importMemory'.split(' ')
run(process.execPath, [asc, join(bench, 'assembly', 'read.ts'), '-o', join(dist, 'floor.wasm'), ...wasm])
const server = await serve(bench)
const floorAddress = `${server.address}/dist/floor.wasm`
const models = await inTurn(shapes, async (shape) => {
  const folder = `dist/models/${shapes.indexOf(shape)}`
  await writeCheckpoint(join(bench, folder), shape)
  return { shape, address: `${server.address}/${folder}` }
})

const results = {
  machine: `${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`,
  engineBytes: gzipped(join(dist, 'engine.js')),
  node: await inNode(),
  chromium: await inChromium(),
}
server.close()
console.info(report(results))
if (json) writeFileSync(json, JSON.stringify(results))

/** Installs this package's own dependencies, when they are not there. */
function install() {
  const changedAt = (/** @type {string} */ file) => (existsSync(file) ? statSync(file).mtimeMs : 0)
  const installed = changedAt(join(bench, 'node_modules', '.package-lock.json'))
  if (installed >= changedAt(join(bench, 'package-lock.json'))) return
  run('npm', ['ci', '--prefix', 'bench', '--ignore-scripts', '--loglevel=error'])
}

/** Everyone's times in this thread, shape by shape. */
async function inNode() {
  const log = console.log
  console.log = console.warn = () => {} // MusicRNN logs every load, TensorFlow.js its greeting
  const here = await inTurn(names, async (name) => [name, (await import(`./contenders/${name}.js`)).default])
  const players = Object.fromEntries(here)
  const times = await inTurn(models, ({ shape, address }) => {
    progress(`Node: ${shape.name}`)
    return race((name, method, ...args) => players[name][method](...args), names, address, shape, patience)
  })
  console.log = log
  return { times, floors: await inTurn(shapes, (shape) => floor(floorAddress, stepBytes(shape))) }
}

/** Everyone's times in workers, and what only a page can tell. */
async function inChromium() {
  const browser = await openChromium(`${server.address}/page.html`)
  const times = await inTurn(models, ({ shape, address }) => {
    progress(`Chromium: ${shape.name}`)
    return browser.withPage((call) =>
      race((name, ...question) => call('ask', name, ...question), names, address, shape, patience),
    )
  })

  const floors = await inTurn(shapes, (shape) =>
    browser.withPage((call) => call('floor', floorAddress, stepBytes(shape))),
  )

  progress('Chromium: from starting to the first result')
  const firsts = await inTurn(models, async ({ shape, address }) => {
    const times = await inTurn(Array.from({ length: starts }), () =>
      inTurn(names, (name) => browser.withPage((call) => call('first', name, address, shape))),
    )
    return byName((name) => times.map((round) => round[names.indexOf(name)]))
  })

  const bytes = await inTurn(names, async (name) => {
    server.served.clear()
    await browser.withPage((call) => call('first', name, models[0].address, models[0].shape))
    const code = [...server.served].filter((path) => /\/(dist|node_modules)\/(?!models\/)/.test(path))
    return code.reduce((sum, path) => sum + gzipped(join(bench, path)), 0)
  })

  progress('Chromium: stalls of the main thread')
  const { shape, address } = models[1]
  /** @type {{ where: 'worker' | 'page', name: Name }[]} */
  const situations = [
    { where: 'worker', name: 'ours' },
    { where: 'page', name: 'ours' },
    { where: 'page', name: 'magenta-wasm' },
    { where: 'page', name: 'magenta-cpu' },
  ]
  const stalls = await inTurn(situations, async ({ where, name }) => {
    const times = where === 'worker' && !quick ? 40 : 1
    const longest = await browser.withPage((call) => call('stall', where, name, times, address, shape))
    return { where, name, longest }
  })
  await browser.close()
  return {
    version: browser.version,
    times,
    floors,
    firsts,
    bytes: byName((name) => bytes[names.indexOf(name)]),
    stalls,
  }
}

/** @template T @param {(name: Name) => T} value */
function byName(value) {
  return /** @type {Record<Name, T>} */ (Object.fromEntries(names.map((name) => [name, value(name)])))
}

function gzipped(/** @type {string} */ file) {
  return gzipSync(readFileSync(file), { level: 9 }).length
}

function progress(/** @type {string} */ what) {
  process.stderr.write(`${what} …\n`)
}
