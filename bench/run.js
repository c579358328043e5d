/**
 * `npm run bench`: every benchmark, one after the other; each writes its part of docs/benchmarks.md anew. With names, such
 * as `npm run bench -- stage loop`, only those.
 *
 * All of them take an hour and a quarter, on a machine that does nothing else.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, type } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** A benchmark: its file, its heading, what it measures, and how to read the results. @typedef {{ name: string, title: string, says: string, means?: string, flags?: string[] }} Bench */

/** @type {readonly Bench[]} */
const benches = [
  {
    name: 'first-load',
    title: 'The first visit',
    says: 'The page on loopback, in a new browser; sizes against their budgets.',
  },
  {
    name: 'stage',
    title: 'A key on the stage',
    says:
      'From the bytes at a MIDI input to the note at a MIDI output, in Chromium, 16 keys a second; first alone, then while the ' +
      'drum model makes grooves without a pause in its worker.',
    means:
      'The target is 1 ms for 99 of 100 keys. Real time includes what other programs take. On two cores, which draw, run the ' +
      'models and play at once, it is close: 0.8 to 1.1 ms in live mode, and up to 2 beside other programs or in the ' +
      'first hundreds of keys, while V8 warms up. The page’s processor time includes none of that. Tasks over 5 ms are frames ' +
      'that are drawn in software, with grooves or without.',
  },
  {
    name: 'session',
    title: 'A key in the session',
    says: 'The pure function alone, in Node, with the shipped soloist.',
  },
  {
    name: 'turn',
    title: 'A turn of the machine’s own',
    says:
      'Four measures, from the question to the answer, in a worker, with memories of 500 notes of the session and 1,000 of the ' +
      'performer; processor time of all threads.',
    means:
      'A turn that is counted in measures is asked for half a second before it begins, and one that a rest may begin 0.3 s before. ' +
      'However long a call is, its last 64 notes are heard. The first turn of an evening is slower, while V8 warms up.',
  },
  {
    name: 'scale',
    title: 'An evening as it grows',
    says:
      'What it costs to handle events, to store, to load and to wake up, from a thousand events to a million, charts of up to 2,000 ' +
      'measures, and loops of up to 2,048 notes; microseconds of processor time.',
    means:
      '![What an evening costs as it grows, by tens](scale.svg)\n\nWhat an event costs to handle, to store and to load does not grow ' +
      'with the evening, and what a session remembers has an end. Twenty or two hundred times as many measures or notes cost a few ' +
      'times as much: nothing grows faster than the music. A stage wakes up 40 times a second.',
    flags: ['--svg', join(import.meta.dirname, '..', 'docs', 'scale.svg')],
  },
  {
    name: 'loop',
    title: 'A loop on the stage',
    says: 'Ten minutes in real time, with 200 grooves: every start that the page schedules with Web Audio, against the grid.',
  },
  {
    name: 'host',
    title: 'A loop on the host',
    says:
      'Half an hour of 7/8 at 180 by OSC over UDP, at a listener in another process, while grooves are made without a pause and ' +
      'keys are answered; beside plain timers in the same run.',
    means:
      'The target for loop notes is 1 ms for 99 of 100, and no drift. Here a key shares its thread with the plain timers, and ' +
      'the drum model always uses the other of two cores.',
  },
  {
    name: 'supercollider',
    title: 'A loop in SuperCollider',
    says:
      'Clicks of examples/supercollider, measured in scsynth’s samples: with a lead, where scsynth waits for the time of a ' +
      'bundle, and without; then the whole band at its loudest. JACK’s dummy driver replaces a sound card.',
  },
  {
    name: 'engines',
    title: 'The engine and its peers',
    says: 'The same networks, the same tokens, one thread each, in turn. [bench/README.md](../bench/README.md) says how.',
    means:
      'Weights that do not fit a core’s cache, such as the 13 MB that melody 2×512 needs, are read from memory at each step, at a ' +
      'little over half the speed of reading alone. That slows a fast engine more than a slow one; on a machine with larger caches ' +
      'the engine was 2.5 times as fast as onnxruntime-web there. The time to the first result grows with the weights; the largest ' +
      'network that is shipped has 4.8 MB of them.',
  },
]

const { positionals } = parseArgs({ allowPositionals: true })
const unknown = positionals.find((name) => !benches.some((bench) => bench.name === name))
if (unknown)
  throw new Error(`There is no benchmark ${unknown}: name one of ${benches.map(({ name }) => name).join(', ')}.`)

const machine = `${cpus().length} × ${cpus()[0]?.model}, ${type()}, Node ${process.versions.node}`

const head = `# Benchmarks

Written by \`npm run bench\`, part by part. Compare figures of one run, not milliseconds of two machines. What the models
play, and how well, is in [evaluation.md](evaluation.md).`

const page = join(import.meta.dirname, '..', 'docs', 'benchmarks.md')
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue
  const text = await measured(bench)
  const others = readFileSync(page, 'utf8').split(/^(?=## )/m)
  const sections = benches.map((each) =>
    each === bench ? section(bench, text) : others.find((other) => other.startsWith(`## ${each.title}\n`)),
  )
  const parts = [head, ...sections].flatMap((part) => part?.trim() ?? [])
  writeFileSync(page, `${parts.join('\n\n')}\n`)
}

/** Runs a benchmark and returns what it prints. A failure shows there, and in the exit code. */
async function measured(/** @type {Bench} */ { name, flags = [] }) {
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.js`), ...flags], {
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
