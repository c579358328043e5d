import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { createAutosave, folderStore, performanceEnding, performanceName, recover } from '../../ports/storage/node.ts'
import { type Effect, type Performance, PerformanceError, type SessionEvent } from '../../session/index.ts'
import { makeFolder, writeWholeFile } from '../files.ts'

/** Keeps the performance of a rig in a folder. */
export type Keeper = {
  /** The file that it is kept in. */
  readonly path: string
  /** What was played before a crash, to go on with; null where the last one ended in order. */
  readonly recovered: Performance | null
  /** Why what a crash has left can't go on, in a sentence; null where it can, or nothing is left. */
  readonly trouble: string | null
  /** Of the chance in the performance. */
  readonly seed: number
  keep(event: SessionEvent, effects: readonly Effect[]): void
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
 * Begins a performance, or goes on with one that a crash, a cut or a `kill` ended. One that is damaged stays as it is.
 *
 * @param seed of a performance that begins.
 * @throws InputError with a sentence when the folder can't be used.
 */
export async function openKeeper(folder: string, seed: number): Promise<Keeper> {
  await makeFolder(folder)
  const store = folderStore(folder)
  const cutOff = await cutOffName(folder, await store.names())
  let recovered: Performance | null = null
  let trouble: string | null = null
  try {
    recovered = cutOff === null ? null : await recover(store, cutOff)
  } catch (error) {
    if (!(error instanceof PerformanceError)) throw error
    trouble = `Another performance begins, and the one that was cut off stays in ${folder}: ${error.message}`
    await rm(join(folder, cutOff + marker))
  }
  const name = cutOff !== null && recovered ? cutOff : newName(await readdir(folder))
  const mark = join(folder, name + marker)
  await writeWholeFile(mark, new TextEncoder().encode(`${process.pid} ${await bootId()}\n`))
  const autosave = createAutosave(store, name, recovered ? null : seed)
  return {
    path: join(folder, name + performanceEnding),
    recovered,
    trouble,
    seed: recovered?.seed ?? seed,
    keep: autosave.keep,
    flush: autosave.flush,
    async end() {
      await autosave.flush()
      await rm(mark, { force: true })
    },
  }
}

/** A name that none of a folder's files has, though another performance began in the same second. */
function newName(files: readonly string[]): string {
  const name = performanceName(new Date())
  const isTaken = (tried: string) => files.includes(tried + performanceEnding) || files.includes(tried + marker)
  let tried = name
  for (let nth = 2; isTaken(tried); nth++) tried = `${name} (${nth})`
  return tried
}

/**
 * The last of these performances that nobody plays any more and nobody ended. The marks of others stay, for the next host
 * that starts; where nothing was played, they are taken away.
 */
async function cutOffName(folder: string, performances: readonly string[]): Promise<string | null> {
  const marked = (await readdir(folder))
    .filter((file) => file.endsWith(marker))
    .map((file) => file.slice(0, -marker.length))
  const left: string[] = []
  for (const name of marked.sort()) if (!(await isPlayed(join(folder, name + marker)))) left.push(name)
  for (const name of left) if (!performances.includes(name)) await rm(join(folder, name + marker), { force: true })
  return left.findLast((name) => performances.includes(name)) ?? null
}

/** Whether the process that left a mark is still there. After the machine has started anew, another may have its number. */
async function isPlayed(mark: string): Promise<boolean> {
  const { mtimeMs } = await stat(mark)
  // What can't be read, such as a folder, is none of ours, and stays.
  const text = await readFile(mark, 'utf8').catch(() => null)
  if (text === null) return true
  const [player, boot] = text.trim().split(' ')
  const pid = Number(player)
  const now = await bootId()
  // Where the system gives its start no name, the clock has to do, though it may be set.
  const isOfNow = boot && now ? boot === now : mtimeMs >= Date.now() - 1000 * uptime()
  if (!isOfNow || !(pid > 0) || pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** What the system calls the time since the machine was started; nothing where it is not Linux. */
async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim()
}
