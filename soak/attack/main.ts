import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { assault, type Stand } from './assault.ts'
import { doors } from './doors.ts'

/** A door that says nothing for so long has been broken, in milliseconds. */
const patienceMs = 60_000

/** Cases between two signs of life. */
const wave = 1000

/** What one child may take of memory, in MiB. */
const mostMemory = 512

const run = fileURLToPath(new URL('../attack.js', import.meta.url))

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
  if (values.inside) return inside(values.door ?? '', from, cases)
  let broken = 0
  for (const { name } of tried) {
    const { stands, end } = await outside(name, from, cases)
    const findings = stands.flatMap((stand) => stand.findings)
    const refused = stands.reduce((sum, stand) => sum + stand.refused, 0)
    const slowest = Math.max(0, ...stands.map(({ slowestMs }) => slowestMs))
    const done = Math.min(cases, stands.length * wave)
    process.stdout.write(
      `${name.padEnd(14)}${done} cases, ${refused} refused, slowest ${slowest.toFixed(1)} ms${end}\n`,
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
  const child = spawn(process.execPath, [`--max-old-space-size=${mostMemory}`, run, ...args], {
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
