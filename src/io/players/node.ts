import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { maxPlayerBytes, type Player, PlayerError, readPlayer, writePlayer } from '../../improv/index.ts'
import { readFileStart } from '../read-file-start.ts'
import type { PlayerStore } from './index.ts'

/** The ending of a player's file. */
const playerEnding = '.player.json'

/** Whoever has a lock for longer has crashed: a change takes milliseconds. */
const staleMs = 5000
const pauseMs = 20

/**
 * The memories of performers as files in a folder, which is made when it is needed.
 *
 * @throws RangeError for a name that would leave the folder.
 */
export function folderPlayers(folder: string): PlayerStore {
  const pathOf = (name: string) => {
    if (/^[^/\\\0]+$/.test(name) && !name.startsWith('.')) return join(folder, name + playerEnding)
    throw new RangeError(`“${name}” can't be a performer's name: use letters, digits and spaces.`)
  }
  const read = async (name: string): Promise<Player | null> => {
    try {
      return readPlayer(new TextDecoder().decode(await readFileStart(pathOf(name), maxPlayerBytes + 1)))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error instanceof PlayerError ? new PlayerError(`${pathOf(name)} ${error.message}`) : error
    }
  }
  return {
    async names() {
      const files = await readdir(folder).catch(() => [])
      return files.filter((file) => file.endsWith(playerEnding)).map((file) => file.slice(0, -playerEnding.length))
    },
    read,
    async change(name, change) {
      const path = pathOf(name)
      await mkdir(folder, { recursive: true })
      return await locked(`${path}.lock`, async () => {
        const next = change(await read(name))
        if (next) await replace(path, writePlayer(next))
        else await rm(path, { force: true })
        return next
      })
    },
  }
}

/** Writes a file whole or not at all. */
async function replace(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`
  try {
    await writeFile(unfinished, text, { flag: 'wx', mode: 0o600, flush: true })
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** Does something while nobody else does it who knows the same lock. */
async function locked<Result>(lock: string, work: () => Promise<Result>): Promise<Result> {
  const mine = randomUUID()
  while (!(await take(lock, mine))) {
    const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > staleMs) await rm(lock, { force: true })
    else await pause(pauseMs)
  }
  try {
    return await work()
  } finally {
    if ((await readFile(lock, 'utf8').catch(() => '')) === mine) await rm(lock, { force: true })
  }
}

/** Whether the lock was free, and is taken now. */
async function take(lock: string, mine: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx')
    await file.writeFile(mine)
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
