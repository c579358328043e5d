import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The path of a program that is needed to drive a browser.
 *
 * @param places names, or whole paths.
 * @throws Error that says what to install where there is none.
 */
export function findProgram(whose: string, debianPackage: string, places: readonly string[]): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = places.flatMap((place) => (place.startsWith('/') ? place : folders.map((each) => join(each, place))))
  const path = paths.find(isExecutable)
  if (path === undefined) throw new Error(`${whose} is not installed: on Debian, apt install ${debianPackage}`)
  return path
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A program that runs until it is ended. */
export type Running = {
  /** The number of its process. */
  readonly pid: number
  /** What it said to be ready. */
  readonly said: string
  end(): Promise<void>
}

/**
 * Starts a program, and waits until it says that it is ready, on its outputs or its third stream. One that never says so is not
 * waited for.
 *
 * @throws Error with what it said, where it ends instead.
 */
export async function startProgram(
  path: string,
  args: readonly string[],
  { ready, env }: { readonly ready?: RegExp; readonly env?: NodeJS.ProcessEnv },
): Promise<Running> {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], env })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    for (const stream of child.stdio) {
      stream?.on('data', (bytes) => {
        said += bytes
        if (ready?.test(said)) resolve()
      })
    }
    if (!ready) child.once('spawn', resolve)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${path} ended before it was ready: ${said}`)))
  })
  return { pid: child.pid ?? 0, said: ready?.exec(said)?.[1] ?? '', end: () => ended(child) }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill()
  })
}
