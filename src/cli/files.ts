import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { chmod, lstat, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { type MidiSong, maxMidiBytes, readMidi } from '../io/midi-file/index.ts'
import { readFileStart } from '../io/read-file-start.ts'
import { InputError, named } from './input-error.ts'

/**
 * Reads a MIDI file. What is wrong with it although it can be read is said on the way.
 *
 * @throws InputError with a sentence that names the file and what to do.
 */
export async function readMidiFile(path: string): Promise<MidiSong> {
  const bytes = await readFile(path, maxMidiBytes + 1)
  const song = named(path, () => readMidi(bytes))
  for (const notice of song.notices) process.stderr.write(`${path} ${notice}\n`)
  return song
}

/**
 * Reads a text.
 *
 * @throws InputError with a sentence when it can't be read, or is longer than `limit` bytes.
 */
export async function readText(path: string, limit: number): Promise<string> {
  const bytes = await readFile(path, limit + 1)
  if (bytes.length <= limit) return new TextDecoder().decode(bytes)
  const most = limit < 1 << 20 ? `${limit >> 10} KiB` : `${limit >> 20} MiB`
  throw new InputError(`${path} is larger than ${most}: choose another file.`)
}

/**
 * Writes a file whole or not at all: what stood there before stays until the new bytes are complete. A link stays, and
 * leads to the new file; a pipe or a device gets the bytes as they come.
 *
 * @param bytes all at once, or as they come.
 * @param mode who may read and write a file that is new.
 * @throws InputError with a sentence when it can't be written.
 */
export async function writeWholeFile(
  path: string,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  mode = 0o666,
): Promise<void> {
  try {
    const place = await realpath(path).catch(() => path)
    const there = await lstat(place).catch(() => null)
    if (there && !there.isFile()) await writeFile(place, bytes, { mode })
    else await replaceFile(place, bytes, there?.mode ?? null, mode)
  } catch (error) {
    // What makes the bytes has troubles of its own.
    throw (error as NodeJS.ErrnoException).code ? fileError(error, path, 'written') : error
  }
}

/** Writes another file, which then takes the place of the one that is there. */
async function replaceFile(
  path: string,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  oldMode: number | null,
  newMode: number,
): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`
  const stopHearing = removeAtSignals(unfinished)
  try {
    await writeFile(unfinished, bytes, { flag: 'wx', mode: oldMode ?? newMode })
    // Some disks know no modes.
    if (oldMode !== null) await chmod(unfinished, oldMode).catch(() => {})
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {})
    throw error
  } finally {
    stopHearing()
  }
}

/**
 * Removes a file when a signal ends this program before it is finished. Whoever hears a signal already goes on, and
 * finishes it.
 *
 * @returns what ends that.
 */
function removeAtSignals(path: string): () => void {
  const signals = endingSignals.filter((signal) => process.listenerCount(signal) === 0)
  const stop = () => {
    for (const signal of signals) process.off(signal, end)
  }
  const end = (signal: NodeJS.Signals) => {
    stop()
    rmSync(path, { force: true })
    process.kill(process.pid, signal)
  }
  for (const signal of signals) process.on(signal, end)
  return stop
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Makes a folder where there is none.
 *
 * @throws InputError with a sentence when it can't be made.
 */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error) => {
    throw fileError(error, path, 'written')
  })
}

async function readFile(path: string, limit: number): Promise<Uint8Array> {
  return await readFileStart(path, limit).catch((error) => {
    throw fileError(error, path, 'read')
  })
}

const causes: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it is not a folder',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'permission is denied',
  ENOSPC: 'the disk is full',
  ETIMEDOUT: 'nothing comes out of it',
  EROFS: 'the disk is read-only',
}

/** A file can't be read or written, as a sentence. */
export function fileError(error: unknown, path: string, done: 'read' | 'written'): InputError {
  if (path.trim() === '') return new InputError('The path of a file is empty: name a file.')
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
  return new InputError(`${path} can't be ${done}: ${causes[code] ?? code}. Check the path.`)
}
