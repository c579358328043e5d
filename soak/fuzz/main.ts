import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Result, run } from './run.ts'
import { targets } from './targets.ts'

const usage = `npm run fuzz -- [--target NAME] [--cases 100000] [--from 1]

Mutates good input of every kind that comes from outside, and checks that each reader accepts or refuses it within 2 s of
processor time and 1 GiB of memory. Each target runs in a process of its own.

  --target NAME   only this target
  --cases N       how many cases for each target
  --from N        the number of the first case; a case is the same each time
  --help          shows this

Targets: ${targets.map(({ name }) => `'${name}'`).join(' ')}`

/** A child that reports nothing for so long hangs, in milliseconds. */
const patienceMs = 60_000

/** How many cases a child runs between two reports. */
const batch = 100

/** The heap and the whole memory that a child may take, buffers included, in MiB. */
const mostHeap = 512
const mostMemory = 1024

const script = fileURLToPath(new URL('../fuzz.js', import.meta.url))

/** Fuzzes the targets and reports. Returns the exit code: 1 where something was found, 2 for a wrong option. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cases: { type: 'string', default: '100000' },
      from: { type: 'string', default: '1' },
      target: { type: 'string' },
      child: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  const [cases, from] = [Number(values.cases), Number(values.from)]
  const chosen = targets.filter(({ name }) => values.target === undefined || name === values.target)
  if (chosen.length === 0) return wrong(`There is no target ${values.target}.\n\n${usage}`)
  if (!(cases > 0) || !Number.isSafeInteger(from)) return wrong(`--cases and --from take whole numbers.\n\n${usage}`)
  if (values.child) return runAsChild(values.target ?? '', from, cases)
  let failed = 0
  for (const { name } of chosen) {
    const { results, end } = await runInChild(name, from, cases)
    const findings = results.flatMap((result) => result.findings)
    const refused = results.reduce((sum, result) => sum + result.refused, 0)
    const slowest = Math.max(0, ...results.map(({ slowestMs }) => slowestMs))
    const memory = Math.max(0, ...results.map(({ memoryMiB }) => memoryMiB))
    if (memory > mostMemory) findings.push({ number: from, what: `or a later one took ${memory} MiB` })
    const done = Math.min(cases, results.length * batch)
    process.stdout.write(
      `${name.padEnd(23)}${done} cases, ${refused} refused, slowest ${slowest.toFixed(1)} ms, ${memory} MiB${end}\n`,
    )
    for (const { number, what } of findings) process.stdout.write(`  case ${number}: ${what}\n`)
    if (findings.length > 0 || end !== '') failed++
  }
  process.stdout.write(failed === 0 ? 'Every target passed.\n' : `${failed} targets failed.\n`)
  return failed === 0 ? 0 : 1
}

/** In the child: runs a target batch by batch, and reports after each. */
async function runAsChild(name: string, from: number, cases: number): Promise<number> {
  const target = targets.find((each) => each.name === name)
  if (!target) return 2
  for await (const result of run(target, from, cases, batch)) process.send?.(result)
  return 0
}

/** In the parent: runs a target in a child, and ends the child if it hangs. */
async function runInChild(name: string, from: number, cases: number): Promise<{ results: Result[]; end: string }> {
  const args = ['--child', '--target', name, '--from', `${from}`, '--cases', `${cases}`]
  const child = spawn(process.execPath, [`--max-old-space-size=${mostHeap}`, script, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const results: Result[] = []
  const where = () => `, in or after case ${from + results.length * batch}`
  let hangs = false
  const watch = () =>
    setTimeout(() => {
      hangs = true
      child.kill('SIGKILL')
    }, patienceMs)
  let timer = watch()
  child.on('message', (result: Result) => {
    clearTimeout(timer)
    timer = watch()
    results.push(result)
  })
  const [code] = await new Promise<[number | null]>((resolve) => child.on('close', (status) => resolve([status])))
  clearTimeout(timer)
  if (hangs) return { results, end: `: HANGS${where()}` }
  return { results, end: code === 0 ? '' : `: DIED${where()}` }
}

function wrong(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}
