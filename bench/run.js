/**
 * `npm run bench`: every benchmark, one after the other, written into docs/benchmarks.md with the commands beside them.
 * With names, such as `npm run bench -- stage loop`, only those are run, and nothing is written.
 *
 * It takes an hour and a quarter, and a machine that does nothing else.
 */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** @typedef {{ name: string, title: string, args?: string[], says: string }} Bench */

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
    says: 'The same networks, the same tokens, one thread each, in turn. bench/README.md says how.',
  },
]

const { positionals } = parseArgs({ allowPositionals: true })
const unknown = positionals.find((name) => !benches.some((bench) => bench.name === name))
if (unknown)
  throw new Error(`There is no benchmark ${unknown}: name one of ${benches.map(({ name }) => name).join(', ')}.`)

const sections = []
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue
  sections.push(section(bench, await measured(bench.name)))
}
if (positionals.length === 0) {
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'benchmarks.md'), `${[head(), ...sections].join('\n\n')}\n`)
}

/** What a benchmark prints, which is shown meanwhile. @param {string} name */
async function measured(name) {
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.js`)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  for await (const part of child.stdout) {
    process.stdout.write(part)
    text += part
  }
  return text.trim()
}

/** @param {Bench} bench @param {string} text */
function section({ name, title, says }, text) {
  const shown = text.includes('\n|') ? text : `\`\`\`text\n${text}\n\`\`\``
  return `## ${title}\n\n\`node bench/${name}.js\`: ${says}\n\n${shown}`
}

function head() {
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  const machine = `${cpus().length} × ${cpus()[0]?.model}, ${gibibytes} GiB, ${type()} ${release()}, Node ${process.versions.node}`
  return `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}; ${machine}. Trust the comparisons within one run, not
milliseconds of two machines. What the models play, and how well, is in [evaluation.md](evaluation.md).`
}
