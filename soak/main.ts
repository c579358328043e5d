import { parseArgs } from 'node:util'
import type { Violations } from './invariants/violations.ts'
import { checkGrowth, reportText } from './page/report.ts'
import { simulateInBrowser } from './page/simulation.ts'
import type { StartSoaked } from './page/soaked-browser.ts'
import { soakedChromium } from './page/soaked-chromium.ts'
import { soakedFirefox } from './page/soaked-firefox.ts'
import { megabytes, report, sceneCounts } from './report.ts'
import { type Simulation, simulate } from './simulation.ts'

const usage = `npm run soak -- [--minutes 120] [--seed 1] [--json]
npm run soak -- --browser|--firefox [--minutes 15] [--seed 1] [--stay]

Simulates a performer who plays everything there is, and checks invariants all the time.

  --minutes N   how long the performance is, in minutes of music
  --seed N      another seed is another performance
  --json        prints one JSON value
  --browser     plays the real page in Chromium, in real time; otherwise it runs as fast as it can
  --firefox     plays the real page in Firefox, in real time
  --stay        never reloads the page: growth shows after a quarter of an hour
  --help        shows this`

/** How much the heap may grow, in bytes an hour: the noise of the measurement is about as large. */
const steepest = 2e6

type Servers = Pick<typeof import('../scripts/stage-server.js'), 'openStageServer' | 'serveBuiltStage'>

/**
 * Simulates, reports, and returns the exit code: 1 where an invariant was violated, 2 for a wrong option.
 *
 * @param servers serve the page, and start Chromium; they are handed in because Vite's runner, which runs this file, ends
 *   after its imports.
 */
export async function main(args: readonly string[], servers: Servers): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      browser: { type: 'boolean', default: false },
      firefox: { type: 'boolean', default: false },
      minutes: { type: 'string' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      stay: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return say(usage)
  const { openStageServer, serveBuiltStage } = servers
  const start = values.firefox
    ? soakedFirefox(serveBuiltStage)
    : values.browser
      ? soakedChromium(openStageServer)
      : null
  const [minutes, seed] = [Number(values.minutes ?? (start ? 15 : 120)), Number(values.seed)]
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) return say(`--minutes and --seed take numbers.\n\n${usage}`, 2)
  return start ? inBrowser(start, seed, minutes, values.stay) : asFastAsItGoes(seed, minutes, values.json)
}

async function inBrowser(start: StartSoaked, seed: number, minutes: number, stays: boolean): Promise<number> {
  const simulation = await simulateInBrowser(start, seed, 60 * minutes, stays)
  checkGrowth(simulation)
  return say(reportText(simulation, seed), exitCode(simulation.violations))
}

async function asFastAsItGoes(seed: number, minutes: number, isJson: boolean): Promise<number> {
  const began = performance.now()
  const simulation = await simulate(seed, 60 * minutes)
  const realSeconds = (performance.now() - began) / 1000
  const { heap, violations } = simulation
  if (heap.slope !== null && heap.slope > steepest)
    violations.add('memory does not grow', `it grows by ${megabytes(heap.slope)} MB an hour`)
  const output = isJson ? JSON.stringify(json(simulation, seed, realSeconds)) : text(simulation, seed, realSeconds)
  return say(output, exitCode(violations))
}

function exitCode({ counts }: Violations): number {
  return counts.size > 0 ? 1 : 0
}

function json({ heap, violations, ...simulation }: Simulation, seed: number, realSeconds: number) {
  const { slope, samples } = heap
  return {
    ...{ seed, realSeconds, ...simulation, heapBytesPerHour: slope, heapBytes: samples.map(({ value }) => value) },
    ...{ violations: Object.fromEntries(violations.counts), first: violations.first },
  }
}

function text(simulation: Simulation, seed: number, realSeconds: number): string {
  const { heap, violations, keyMs, scenes } = simulation
  const last = heap.samples.at(-1)
  const rows: [string, string | number][] = [
    ['seed', seed],
    ['minutes of music', (simulation.seconds / 60).toFixed(1)],
    ['real time', `${realSeconds.toFixed(0)} s`],
    [
      'events',
      `${simulation.events}, ${Math.round(simulation.events / realSeconds)} a second, and ${simulation.wakes} wake-ups`,
    ],
    ['keys sounded', simulation.notes],
    ['notes of loops', `${simulation.loopNotes}, ${simulation.compared} of them compared`],
    ['missed', simulation.missed],
    ['hanging', simulation.hanging],
    ['refused', simulation.refused],
    ['late', `${simulation.latenessMs.toFixed(3)} ms at most`],
    [
      'key to sound',
      `median ${keyMs.median.toFixed(3)} ms, p99 ${keyMs.p99.toFixed(3)} ms, most ${keyMs.most.toFixed(3)} ms`,
    ],
    ['model answers', simulation.answers],
    ['threads killed', `${simulation.kills}, replaced ${simulation.restarts}`],
    ['sessions recovered', simulation.recovered],
    [
      'heap',
      last
        ? `${megabytes(last.value)} MB, ${heap.slope === null ? 'too short for a slope' : `${megabytes(heap.slope)} MB an hour`}`
        : 'not measured',
    ],
    ['scenes', sceneCounts(scenes)],
  ]
  return report(rows, violations)
}

function say(message: string, code = 0): number {
  process.stdout.write(`${message}\n`)
  return code
}
