import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir, uptime } from 'node:os'
import { join } from 'node:path'
import { createAutosave, folderStore, performanceEnding, performanceName, recover } from '../../io/storage/node.ts'
import { type Performance, PerformanceError, type SessionEvent, type SessionState } from '../../session/index.ts'
import { makeFolder, writeWholeFile } from '../files.ts'
import { InputError } from '../input-error.ts'

/** Stores the performance of a host in a folder, and finds one that was cut off. */
export type Recovery = {
  /** The file that it is stored in; null where nothing can be stored. */
  readonly path: string | null
  /** What was played before a crash, to go on with; null where the last one ended in order. */
  readonly recovered: Performance | null
  /** What is not as it should be, in a sentence: what a crash has left can't go on, or the folder can't be used; or null. */
  readonly trouble: string | null
  /** Of the chance in the performance. */
  readonly seed: number
  /** Takes an event and the state after it; nothing is stored yet. */
  write(event: SessionEvent, state: SessionState): void
  /** Stores what is waiting. */
  flush(): Promise<void>
  /** Stores the rest: it ended in order. */
  end(): Promise<void>
}

/**
 * Lies beside a performance while it is played, with its player's process in it, and since when the machine runs: whoever
 * finds one that nobody plays any more knows that it was cut off.
 */
const marker = '.playing'

/**
 * Begins a performance, or goes on with one that a crash, a cut or a `kill` ended. One that is damaged stays as it is. Where
 * the folder can't be used, the performance is stored in a new one among the system's temporary files, or, if that can't be
 * made either, nowhere: whoever is on stage plays.
 *
 * @param seed of a performance that begins.
 * @param spare where the temporary files are.
 */
export async function openRecovery(folder: string, seed: number, spare = tmpdir()): Promise<Recovery> {
  try {
    return await openIn(folder, seed)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const other = await mkdtemp(join(spare, 'tradefours-')).catch(() => null)
    const instead = other === null ? null : await openIn(other, seed).catch(() => null)
    if (instead) return { ...instead, trouble: `${error.message} What is played is stored in ${other} instead.` }
    return { ...nowhere, seed, trouble: `${error.message} Nothing that is played is stored.` }
  }
}

/** Stores nothing. */
const nowhere: Omit<Recovery, 'seed'> = {
  path: null,
  recovered: null,
  trouble: null,
  write() {},
  async flush() {},
  async end() {},
}

/** @throws InputError with a sentence when the folder can't be used. */
async function openIn(folder: string, seed: number): Promise<Recovery> {
  await makeFolder(folder)
  const store = folderStore(folder)
  const player = new TextEncoder().encode(`${process.pid} ${await bootId()}\n`)
  const cutOff = await claimCutOff(folder, await store.names(), player)
  let recovered: Performance | null = null
  let trouble: string | null = null
  try {
    recovered = cutOff === null ? null : await recover(store, cutOff)
  } catch (error) {
    if (!(error instanceof PerformanceError)) throw error
    trouble = `Another performance begins, and the one that was cut off stays in ${folder}: ${error.message}`
    await rm(join(folder, cutOff + marker))
  }
  const name = cutOff !== null && recovered ? cutOff : await claimNew(folder, player)
  const mark = join(folder, name + marker)
  const itsSeed = recovered?.seed ?? seed
  const autosave = createAutosave(store, name, itsSeed)
  return {
    path: join(folder, name + performanceEnding),
    recovered,
    trouble,
    seed: itsSeed,
    write: autosave.append,
    flush: autosave.flush,
    async end() {
      await autosave.flush()
      await rm(mark, { force: true })
    },
  }
}

/** Marks a performance that begins, with a name that no other has, though it began in the same second. */
async function claimNew(folder: string, player: Uint8Array): Promise<string> {
  const files = await readdir(folder)
  const name = performanceName(new Date())
  const claim = async (tried: string) =>
    !files.includes(tried + performanceEnding) && (await leaveMark(join(folder, tried + marker), player))
  let tried = name
  for (let nth = 2; !(await claim(tried)); nth++) tried = `${name} (${nth})`
  return tried
}

/** Leaves a mark where there is none. Returns whether there was none. */
async function leaveMark(mark: string, player: Uint8Array): Promise<boolean> {
  try {
    await writeFile(mark, player, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    // It says in a sentence why it can't.
    await writeWholeFile(mark, player)
  }
  return true
}

/**
 * Marks the last of these performances that nobody plays any more and nobody ended. The marks of others stay, for the next
 * host that starts; where nothing was played, they are taken away.
 */
async function claimCutOff(
  folder: string,
  performances: readonly string[],
  player: Uint8Array,
): Promise<string | null> {
  const marks = (await readdir(folder)).filter((file) => file.endsWith(marker)).sort()
  let cutOff: string | null = null
  for (const file of marks.reverse()) {
    const mark = join(folder, file)
    const name = file.slice(0, -marker.length)
    if (await isPlayed(mark)) continue
    if (!performances.includes(name)) await rm(mark, { force: true })
    else if (cutOff === null && (await claimMark(mark, player))) cutOff = name
  }
  return cutOff
}

/**
 * Claims the mark of a process that is gone. Of hosts that start together only one can: meanwhile the mark has another
 * name. Returns whether it did.
 */
async function claimMark(mark: string, player: Uint8Array): Promise<boolean> {
  const claimed = `${mark}.${randomUUID()}`
  try {
    await rename(mark, claimed)
  } catch {
    return false
  }
  try {
    // Since it was looked at, another host may have claimed it.
    if (await isPlayed(claimed)) return false
    await writeWholeFile(claimed, player)
    return true
  } finally {
    await rename(claimed, mark)
  }
}

/** Whether the process that left a mark is still there. After the machine has started anew, another may have its number. */
async function isPlayed(mark: string): Promise<boolean> {
  const text = await readFile(mark, 'utf8').catch(() => null)
  // What can't be read is none of ours, such as a folder, or has just been claimed.
  if (text === null) return true
  const [player, boot] = text.trim().split(' ')
  if (!(await isOfThisStart(mark, boot))) return false
  // It is just being written.
  if (text === '') return true
  const pid = Number(player)
  if (!(pid > 0) || pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether a mark was left since the machine was started. Where that has no name, the clock has to do, which may be set. */
async function isOfThisStart(mark: string, boot: string | undefined): Promise<boolean> {
  const now = await bootId()
  if (boot && now) return boot === now
  const found = await stat(mark).catch(() => null)
  return found === null || found.mtimeMs >= Date.now() - 1000 * uptime()
}

/** What the system calls the time since the machine was started; nothing where it is not Linux. */
async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim()
}
