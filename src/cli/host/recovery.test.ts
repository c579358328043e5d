import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPerformance, type SessionEvent, startSession, writePerformance } from '../../session/index.ts'
import { openRecovery } from './recovery.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recovery-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const evening = '2026-01-01 20.00.00'
const key: SessionEvent = { type: 'noteOn', at: 1, pitch: 60, velocity: 80 }
const bootIdFile = '/proc/sys/kernel/random/boot_id'
const whole = writePerformance({ seed: 5, events: [key] })

/** Leaves what a cut leaves: the file as it was then, and the mark of a process that is gone. */
function cutOff(text: string, name = evening, mark = '0\n'): void {
  writeFileSync(join(folder, `${name}.tradefours`), text)
  writeFileSync(join(folder, `${name}.playing`), mark)
}

describe('whoever keeps a performance', () => {
  it('goes on with one that was cut off', async () => {
    cutOff(whole)
    const { recovered, trouble, seed, path } = await openRecovery(folder, 1)
    expect([recovered?.events, trouble, seed, path]).toEqual([[key], null, 5, join(folder, `${evening}.tradefours`)])
  })

  it('goes on with each of several that were cut off together, the last one first', async () => {
    cutOff(whole)
    cutOff(writePerformance({ seed: 6, events: [key] }), '2026-01-01 21.00.00')
    writeFileSync(join(folder, '2026-01-01 22.00.00.playing'), '0\n')
    const seeds: number[] = []
    for (const began of [1, 2, 3]) {
      const recovery = await openRecovery(folder, began)
      await recovery.end()
      seeds.push(recovery.seed)
    }
    expect(seeds).toEqual([6, 5, 3])
    expect(readdirSync(folder).filter((file) => file.endsWith('.playing'))).toEqual([])
  })

  it.runIf(existsSync(bootIdFile))(
    'knows who plays, and who did before the machine was started, by no clock',
    async () => {
      const mark = join(folder, `${evening}.playing`)
      cutOff(whole, evening, `${process.ppid} ${readFileSync(bootIdFile, 'utf8')}`)
      utimesSync(mark, 0, 0)
      const another = await openRecovery(folder, 1)
      expect(another.recovered).toBeNull()
      await another.end()
      writeFileSync(mark, `${process.ppid} 4e8a6c1e-another-start\n`)
      expect((await openRecovery(folder, 1)).recovered?.seed).toBe(5)
    },
  )

  it('goes on with what was cut off alone, though another starts at the same time', async () => {
    // So many that it takes long to read them.
    cutOff(writePerformance({ seed: 5, events: Array<SessionEvent>(50_000).fill(key) }))
    const module = new URL('../../../dist/cli/host/recovery.js', import.meta.url).href
    const program = `
      import { openRecovery } from ${JSON.stringify(module)}
      console.log('ready')
      process.stdin.once('data', async () => {
        const { seed } = await openRecovery(${JSON.stringify(folder)}, 1)
        console.log(seed)
      })`
    const hosts = [1, 2].map(() => {
      const host = spawn(process.execPath, ['--input-type=module', '--eval', program], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      return { host, lines: createInterface(host.stdout)[Symbol.asyncIterator]() }
    })
    const said = () => Promise.all(hosts.map(async ({ lines }) => (await lines.next()).value))
    expect(await said()).toEqual(['ready', 'ready'])
    for (const { host } of hosts) host.stdin.write('begin')
    const seeds = await said()
    for (const { host } of hosts) host.kill()
    expect(seeds.sort()).toEqual(['1', '5'])
  })

  it.each([
    ['nothing', ''],
    ['zeros', '\0'.repeat(300)],
    ['half a head', '{"trade'],
    ['a damaged line', `${whole}\0\0\n${JSON.stringify(key)}\n`],
  ])('begins another where a power cut has left %s, leaves that as it is, and says so', async (_, text) => {
    cutOff(text)
    const { recovered, trouble, seed, path } = await openRecovery(folder, 1)
    expect([recovered, seed]).toEqual([null, 1])
    expect(trouble).toMatch(/^Another performance begins, .*2026-01-01 20\.00\.00 is (not a performance|damaged).*\.$/)
    expect(readFileSync(join(folder, `${evening}.tradefours`), 'utf8')).toBe(text)
    const marks = readdirSync(folder).filter((file) => file.endsWith('.playing'))
    expect(marks.map((mark) => join(folder, mark))).toEqual([path?.replace('.tradefours', '.playing')])
  })

  it('keeps each in a file of its own, however soon one follows another', async () => {
    const seeds: number[] = []
    for (const seed of [1, 2, 3]) {
      const recovery = await openRecovery(folder, seed)
      recovery.write(key, startSession())
      await recovery.end()
      seeds.push(readPerformance(readFileSync(recovery.path ?? '', 'utf8')).seed)
    }
    expect(seeds).toEqual([1, 2, 3])
    expect(readdirSync(folder)).toHaveLength(3)
  })

  it('leaves folders that are called as its files are', async () => {
    mkdirSync(join(folder, `${evening}.tradefours`))
    writeFileSync(join(folder, `${evening}.playing`), '0\n')
    mkdirSync(join(folder, 'morning.playing'))
    const { recovered, trouble } = await openRecovery(folder, 1)
    expect([recovered, trouble]).toEqual([null, null])
    expect(readdirSync(folder)).toEqual(expect.arrayContaining([`${evening}.tradefours`, 'morning.playing']))
  })

  it('keeps it among the temporary files where the folder can’t be used, and says so', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const { path, trouble, write, end } = await openRecovery(file, 1, folder)
    write(key, startSession())
    await end()
    expect(trouble).toMatch(
      /file can't be written: it is not a folder\. .* What is played is stored in .*tradefours-\w+ instead\.$/,
    )
    expect(path).toContain(join(folder, 'tradefours-'))
    expect(readPerformance(readFileSync(path ?? '', 'utf8')).events).toEqual([key])
  })

  it('plays where nothing can be kept anywhere, and says so', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const { path, trouble, recovered, seed, write, flush, end } = await openRecovery(file, 1, file)
    write(key, startSession())
    await flush()
    await end()
    expect([path, recovered, seed]).toEqual([null, null, 1])
    expect(trouble).toMatch(/file can't be written: it is not a folder\. .* Nothing that is played is stored\.$/)
  })
})
