import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { assault, type Stand } from './run.ts'
import { doors } from './targets.ts'

/** A door that says nothing for so long has been broken, in milliseconds. */
const patienceMs = 60_000

/** Cases between two signs of life. */
const wave = 1000

/** What one child may take of heap, and of memory in all, buffers included, in MiB. */
const mostHeap = 512
const mostMemory = 1024

const run = fileURLToPath(new URL('../fuzz.js', import.meta.url))

/** Tries every door, each in a process of its own, and reports. Returns the exit status: 1 where one gave way. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cases: { type: 'string', default: '100000' },
      from: { type: 'string', default: '1' },
      door: { type: 'string' },
      inside: { type: 'boolean', default: false },
    },
  })
  const [cases, from] = [Number(values.cases), Number(values.from)]
  const tried = doors.filter(({ name }) => values.door === undefined || name === values.door)
  if (tried.length === 0)
    return wrong(`There is no door ${values.door}: name one of ${doors.map(({ name }) => name).join(', ')}.`)
  if (!(cases > 0) || !Number.isSafeInteger(from))
    return wrong('Cases, and the number of the first, are whole numbers.')
  if (values.inside) return inside(values.door ?? '', from, cases)
  let broken = 0
  for (const { name } of tried) {
    const { stands, end } = await outside(name, from, cases)
    const findings = stands.flatMap((stand) => stand.findings)
    const refused = stands.reduce((sum, stand) => sum + stand.refused, 0)
    const slowest = Math.max(0, ...stands.map(({ slowestMs }) => slowestMs))
    const memory = Math.max(0, ...stands.map(({ memoryMiB }) => memoryMiB))
    if (memory > mostMemory) findings.push({ number: from, what: `or one after it took ${memory} MiB` })
    const done = Math.min(cases, stands.length * wave)
    process.stdout.write(
      `${name.padEnd(14)}${done} cases, ${refused} refused, slowest ${slowest.toFixed(1)} ms, ${memory} MiB${end}\n`,
    )
    for (const { number, what } of findings) process.stdout.write(`  case ${number}: ${what}\n`)
    if (findings.length > 0 || end !== '') broken++
  }
  process.stdout.write(broken === 0 ? 'Every door holds.\n' : `${broken} doors gave way.\n`)
  return broken === 0 ? 0 : 1
}

/** In the child: tries a door wave by wave, and tells after each. */
async function inside(name: string, from: number, cases: number): Promise<number> {
  const door = doors.find((each) => each.name === name)
  if (!door) return 2
  for (let done = 0; done < cases; done += wave) {
    process.send?.(await assault(door, from + done, Math.min(wave, cases - done)))
  }
  return 0
}

/** In the parent: watches over a child. */
async function outside(name: string, from: number, cases: number): Promise<{ stands: Stand[]; end: string }> {
  const args = ['--inside', '--door', name, '--from', `${from}`, '--cases', `${cases}`]
  const child = spawn(process.execPath, [`--max-old-space-size=${mostHeap}`, run, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const stands: Stand[] = []
  const where = () => `, in or after case ${from + stands.length * wave}`
  let hangs = false
  const watch = () =>
    setTimeout(() => {
      hangs = true
      child.kill('SIGKILL')
    }, patienceMs)
  let timer = watch()
  child.on('message', (stand: Stand) => {
    clearTimeout(timer)
    timer = watch()
    stands.push(stand)
  })
  const [code] = await new Promise<[number | null]>((resolve) => child.on('close', (status) => resolve([status])))
  clearTimeout(timer)
  if (hangs) return { stands, end: `: HANGS${where()}` }
  return { stands, end: code === 0 ? '' : `: DIED${where()}` }
}

function wrong(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}
