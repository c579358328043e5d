/**
 * `npm run bench`: every benchmark, one after the other; each writes its part of docs/benchmarks.md anew. With names, such
 * as `npm run bench -- stage loop`, only those.
 *
 * All of them take an hour and a quarter, and a machine that does nothing else.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, type } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** What it is, what is measured, and what is to be known of what comes out. @typedef {{ name: string, title: string, says: string, means?: string }} Bench */

/** @type {readonly Bench[]} */
const benches = [
  {
    name: 'first-load',
    title: 'What a stranger waits for',
    says: 'The stage on loopback, in a browser that knows nothing yet; sizes against their budgets.',
  },
  {
    name: 'stage',
    title: 'A key on the stage',
    says:
      'From the arrival of bytes at a MIDI input to the note at a MIDI output, in Chromium, 16 keys a second; first alone, then ' +
      'while the drum model makes one groove after the other in its worker.',
    means:
      'The promise is 1 ms for 99 of 100 keys. The clock on the wall has in it what other programs take, and on two cores, which ' +
      'draw, think and play at once, it is a near thing: 0.9 to 1.2 ms in live mode with grooves, and up to 2 beside other ' +
      'programs or in the first hundreds of keys, while V8 warms up. What the page takes of a processor has not. Tasks over 5 ms of their own are frames that are drawn in software: ' +
      'they come without grooves, too.',
  },
  {
    name: 'session',
    title: 'A key in the session',
    says: 'The pure function alone, in Node, with the shipped soloist.',
  },
  {
    name: 'loop',
    title: 'A loop on the stage',
    says: 'Ten minutes in real time, 200 grooves meanwhile: every start that the page asks of Web Audio, held against the grid.',
  },
  {
    name: 'host',
    title: 'A loop on a rig',
    says:
      'Half an hour of 7/8 at 180 by OSC over UDP, at a listener in a process of its own, while one groove after the other is ' +
      'made and keys are answered; beside plain timers in the same run.',
    means:
      'Of the notes of loops the promise is 1 ms for 99 of 100, and no drift. A key shares its thread with the plain timers here, ' +
      'and on two cores the drum model, which never rests, has the other.',
  },
  {
    name: 'supercollider',
    title: 'A loop in SuperCollider',
    says:
      'Clicks of examples/supercollider, sought in the samples that scsynth plays: with a lead, where scsynth waits for the ' +
      'time of a bundle, and without; then the whole band as hard as it can. JACK’s dummy driver stands in for a sound card.',
  },
  {
    name: 'engines',
    title: 'The engine and its peers',
    says: 'The same networks, the same tokens, one thread each, in turn. [bench/README.md](../bench/README.md) says how.',
    means:
      'Where weights do not fit the cache of a core, as the 14 MB of melody 2×512 seldom do, each step reads them from memory, ' +
      'about 50 GB a second here, and whoever computes less cleverly loses less by it; on a machine with larger caches the engine ' +
      'was 2.5 times as fast as onnxruntime-web there. What the first result takes grows with the weights; the largest network ' +
      'that is shipped has 4.8 MB of them.',
  },
]

const { positionals } = parseArgs({ allowPositionals: true })
const unknown = positionals.find((name) => !benches.some((bench) => bench.name === name))
if (unknown)
  throw new Error(`There is no benchmark ${unknown}: name one of ${benches.map(({ name }) => name).join(', ')}.`)

const machine = `${cpus().length} × ${cpus()[0]?.model}, ${type()}, Node ${process.versions.node}`

const head = `# Benchmarks

Written by \`npm run bench\`, part by part. Trust the comparisons within one run, not milliseconds of two machines. What the models
play, and how well, is in [evaluation.md](evaluation.md).`

const page = join(import.meta.dirname, '..', 'docs', 'benchmarks.md')
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue
  const text = await measured(bench.name)
  const others = readFileSync(page, 'utf8').split(/^(?=## )/m)
  const sections = benches.map((each) =>
    each === bench ? section(bench, text) : others.find((other) => other.startsWith(`## ${each.title}\n`)),
  )
  const parts = [head, ...sections].flatMap((part) => part?.trim() ?? [])
  writeFileSync(page, `${parts.join('\n\n')}\n`)
}

/** What a benchmark prints, which is shown meanwhile; one that fails is told of there, and by the exit status. */
async function measured(/** @type {string} */ name) {
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.js`)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  let text = ''
  for await (const part of child.stdout) {
    process.stdout.write(part)
    text += part
  }
  const [status] = await ended
  if (status === 0) return text.trim()
  process.exitCode = 1
  return `${text}\nIt failed.`.trim()
}

/** @param {Bench} bench @param {string} text */
function section({ name, title, says, means }, text) {
  const shown = text.includes('\n|') ? text : `\`\`\`text\n${text}\n\`\`\``
  const about = `\`node bench/${name}.js\`, ${new Date().toISOString().slice(0, 10)}, ${machine}: ${says}`
  return [`## ${title}`, about, shown, means].filter(Boolean).join('\n\n')
}
